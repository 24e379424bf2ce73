"""Tests: core (rules), store (files), tui (screens), program (the real thing in a terminal)."""
