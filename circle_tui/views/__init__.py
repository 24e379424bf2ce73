"""What each screen says and offers, as frozen values that any face can show.

Invariant: pure. A state and a moment give a view; every sentence, key and condition that can be
read off a screen comes from here.
"""
