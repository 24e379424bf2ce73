"""The moments at which dates are typed and said in tests."""

from datetime import UTC, datetime

USUAL = datetime(2026, 3, 19, 10, 0, tzinfo=UTC)
"""The date that a circle would usually meet on next; its time is taken where none is typed."""
NOW = datetime(2026, 3, 5, 10, 58, tzinfo=UTC)
