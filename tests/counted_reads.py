"""How much is read of files, seen from below."""

import os

import pytest


def sizes_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size that each reading from now on asks for, in bytes."""
    sizes: list[int] = []
    os_read = os.read

    def counted(handle: int, size: int) -> bytes:
        sizes.append(size)
        return os_read(handle, size)

    monkeypatch.setattr(os, "read", counted)
    return sizes
