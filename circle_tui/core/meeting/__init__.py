"""The live meeting: its events, its commands, and the replay that turns events into a meeting.

Invariant: a meeting is the replay of its events and nothing else.
"""
