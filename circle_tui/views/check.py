"""The sentences of `check`: whether the files in a folder are fine, and what to do if not.

Invariant: a sentence names files, numbers and parts of a file; no circle, no member, no words.
"""

from collections.abc import Iterable

from circle_tui.core import text

_SENTENCES = {
    "HEALTHY": "{file} is fine: {meetings}, schema {schema}.",
    "DANGLING": (
        "{file} names someone or something that isn't in it, in its {where}: if you edited it, "
        "correct that; otherwise bring back an earlier copy."
    ),
    "BACKUP_DAMAGED": (
        "{file} is damaged, but it's only the previous version: the next change writes it again."
    ),
    "BACKUP_ALONE": (
        "{file} is the previous version of a circle that's gone: take .bak off its name to have "
        "it back, or delete it."
    ),
    "OLDER_BROUGHT_BACK": (
        "{file} has meetings that its circle doesn't, because another program brought back an "
        "older version: compare the two, and give the right one the circle's name."
    ),
    "FOREIGN": "{file} holds no circle: if it's another program's, keep it elsewhere.",
    "FOLDER_READ_ONLY": (
        "{file} is a folder in which you may not write, so nothing can be saved: give yourself the "
        "right to, or choose another folder with --sessions."
    ),
    "OPEN_TO_OTHERS": (
        "{file} can be read by everyone on this computer: open its circle once, which makes it "
        "yours alone, or run chmod 600 on it."
    ),
    "COPY": "{sentence} Move it out of the folder when you don't need it.",
    "UNDER_WAY": "{file} is a meeting under way, and it can be continued.",
    "SET_ASIDE": "{file} is a meeting that was set aside. Delete it when you don't need it.",
    "KEPT_DAMAGED": "{file} is the damaged file from before a repair. Delete it when you don't "
    "need it.",
    "LEFTOVER": "{file} was left by a program that stopped while saving. The next save removes it.",
}
_REPAIRABLE = (
    "{sentence} Or: circle-tui check --repair does that, and saves the damaged file beside it."
)
NO_CIRCLE = "There's no circle in {folder} yet: run circle-tui to set one up."
_ALL_WELL = "Everything is fine."
_ONE = "1 thing needs your attention."
_MORE = "{number} things need your attention."


def finding_line(
    kind: str,
    file: str,
    *,
    sentence: str = "",
    where: Iterable[str] = (),
    meetings: int = 0,
    schema: int = 1,
) -> str:
    """A sentence about one file; `kind` is the store's name of the finding's kind."""
    if kind in {"UNREADABLE", "JOURNAL_DAMAGED"}:
        return sentence
    if kind == "REPAIRABLE":
        return _REPAIRABLE.format(sentence=sentence)
    return _SENTENCES[kind].format(
        file=file,
        sentence=sentence,
        where=text.join_with_and(list(where)),
        meetings="1 meeting" if meetings == 1 else f"{meetings} meetings",
        schema=schema,
    )


def repaired_line(file: str, kept: str | None) -> str:
    """The sentence after a repair; `kept` is the file with what was there before."""
    if kept is None:
        return f"{file} is back, in its previous version."
    return f"{file} is back, in its previous version. The damaged file is in {kept}."


def last_line(problems: int) -> str:
    """The last line: how many problems there are."""
    if problems == 0:
        return _ALL_WELL
    return _ONE if problems == 1 else _MORE.format(number=problems)
