"""Certificates of continuity on this machine: written, read, and recomputed.

Invariant: no circle's file is written.
"""

from pathlib import Path

from circle_tui.core.circle import certificate
from circle_tui.core.circle.certificate import Proof
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.certificate_document import decode_certificate, is_certificate
from circle_tui.store.errors import LoadError, SchemaError, clean_path, load_error
from circle_tui.store.output_file import output_file
from circle_tui.store.read_file import read_file
from circle_tui.store.sent_file import refuse_other_files

_MARKDOWN = b"# "


def write_certificate(content: bytes, goal: Path) -> None:
    """Write a certificate. Raises `SaveError`."""
    with output_file(goal) as file:
        file.write(content)


def read_proof(path: Path) -> Proof:
    """The chain of a certificate or of a circle's own file, recomputed. Raises `LoadError`."""
    try:
        raw = read_file(path)
    except OSError as error:
        raise load_error(error, path) from error
    if raw.startswith(_MARKDOWN):
        raise LoadError(
            f"{clean_path(path)} is a certificate for reading: verify the one made with --json."
        )
    refuse_other_files(path)
    if not is_certificate(raw):
        return certificate.recompute_circle(CircleFile(path).read())
    try:
        return certificate.recompute(decode_certificate(raw))
    except ValueError:
        raise LoadError(f"{clean_path(path)} is damaged: ask for another copy.") from None
    except SchemaError as error:
        raise LoadError(
            f"{clean_path(path)} {error}: {error.advice or 'ask for another copy'}."
        ) from None
