"""Converts a circle's values to the documents of its file, and back.

Invariant: everything that is read is checked, and everything that is written can be read back. No
other package knows the format of the file.
"""
