"""What leaves the house: who came, for leads and members alike.

Invariant: it is made of reviews, which hold facts alone; nothing that anybody said can be written
here.
"""
