"""The one way in which a rule says no.

Law: a refusal is one clear sentence for people, and whoever was refused has changed nothing.
"""


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """What was asked cannot be done; `str()` is the sentence that says why, or what to do."""
