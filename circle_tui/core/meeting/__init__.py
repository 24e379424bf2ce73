"""The live meeting: its events, its commands, and the replay that turns events into a meeting.

Invariant: a meeting has no state besides what replaying its events gives.
"""
