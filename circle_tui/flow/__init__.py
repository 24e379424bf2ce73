"""The application's flow: what follows when something is asked that no command does.

Invariant: it opens files and decides where things lead, and draws and says nothing itself. Every
user interface performs the same replies.
"""
