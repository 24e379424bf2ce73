"""The screens of circle-tui.

Invariant: a key becomes an action, and an action asks the rules: for a move on the live meeting,
whose screen's one reactive `meeting` carries the result down into widgets, or for an act between
two meetings. Widgets know no meeting, no file and no clock.
"""
