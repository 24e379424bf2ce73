"""Detects whether the write-ahead log of a live journal was cut off.

SQLite reads a log up to the first missing or damaged frame, without an error. But the index beside
the log (`-shm`), which a killed program leaves behind, has the number of frames.

Invariant: the check changes no file.
"""

import struct
import sys
from pathlib import Path

from circle_tui.store.read_file import read_file

_INDEX_VERSION = 3_007_000
_LOG_HEADER, _FRAME_HEADER = 32, 24
_BIG_ENDIAN_SUMS = 0x377F0683
_MASK = 0xFFFFFFFF


def log_is_cut_off(path: Path) -> bool:
    """Whether the log of the journal at `path` has fewer whole frames than its index says."""
    try:
        index = read_file(Path(f"{path}-shm"))
        header = index[:48]
        if len(index) < 136 or header != index[48:96]:
            return False
        order = "<" if sys.byteorder == "little" else ">"
        version, _, _, ready, _, _, length = struct.unpack(f"{order}IIIBBHI", header[:20])
        (in_the_file,) = struct.unpack(f"{order}I", index[96:100])
        frames = int(length)
    except (OSError, struct.error):
        # Without an index there is nothing to compare with.
        return False
    if version != _INDEX_VERSION or not ready or in_the_file >= frames:
        return False
    try:
        log = read_file(Path(f"{path}-wal"))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if len(log) >= _LOG_HEADER and log[16:24] != header[32:40]:
        # The log was started anew since the index was written.
        return False
    return _whole_frames(log) < frames


def _whole_frames(log: bytes) -> int:
    """How many frames of the log SQLite would read: up to the first one that is not whole."""
    if len(log) < _LOG_HEADER:
        return 0
    (magic,) = struct.unpack(">I", log[:4])
    (page,) = struct.unpack(">I", log[8:12])
    order = ">" if magic == _BIG_ENDIAN_SUMS else "<"
    sums = _sums(log[:24], (0, 0), order)
    if struct.unpack(">II", log[24:32]) != sums:
        return 0
    whole = 0
    for at in range(_LOG_HEADER, len(log) - _FRAME_HEADER - page + 1, _FRAME_HEADER + page):
        frame = log[at : at + _FRAME_HEADER + page]
        sums = _sums(frame[:8] + frame[_FRAME_HEADER:], sums, order)
        if frame[8:16] != log[16:24] or struct.unpack(">II", frame[16:24]) != sums:
            break
        whole += 1
    return whole


def _sums(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's checksum of `content`, continued from `sums`."""
    one, other = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + other) & _MASK
        other = (other + second + one) & _MASK
    return one, other
