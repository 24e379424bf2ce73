"""The screens of circle-tui.

Law: a key becomes an action, an action a move on the live meeting; the screen's one reactive
`meeting` carries the result down into widgets. Widgets know no meeting, no file and no clock.
"""
