"""Attendance reports as text, CSV, JSON, SVG and Parquet, the same for leads and members.

Invariant: reports are made from reviews, which hold facts only; nothing that a member said can be
written here.
"""
