"""What each screen says and offers, as frozen values that any face can show.

Invariant: a view is a pure function of a state and a moment. Every sentence, key and condition that
a screen shows comes from here.
"""
