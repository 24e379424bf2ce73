"""The screens of circle-tui.

Invariant: a screen draws a view and performs what the view's actions say; it decides nothing.
Widgets know no meeting, no file and no clock.
"""
