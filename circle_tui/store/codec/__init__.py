"""How a circle's values look as documents of its file, and what a document must be to be read.

Invariant: what is read is data from outside and is checked; what is written could be read back.
Nothing else in the program knows the format of the file.
"""
