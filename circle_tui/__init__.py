"""circle-tui carries a live peer circle through its meeting on a shared terminal."""

__version__ = "0.1.0"
