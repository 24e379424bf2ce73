"""What terminals send: every encoding, every kind of key, and sequences that arrive in parts."""

import random

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from circle_tui.tui.key_sequences import ESCAPE, Input, Pasted, Pressed, Typed
from circle_tui.tui.terminal_input import ESCAPE_DELAY, TerminalInput


def read(*parts: bytes, encoding: str = "utf-8", apart: float = 0.001) -> list[Input]:
    """What the parts make, that arrive so many seconds apart, as the driver asks for it."""
    reader, now, found = TerminalInput(encoding), 0.0, []
    for part in parts:
        found += reader.feed(part, now)
        if reader.due is not None and reader.due <= now + apart:
            found += reader.end_waiting(reader.due)
        now += apart
    if reader.due is not None:
        found += reader.end_waiting(reader.due)
    return found


def keys(found: list[Input]) -> list[str]:
    """The keys that Textual makes of them, or ask for by name."""
    named, parser = [], XTermParser()
    for each in found:
        if isinstance(each, Pressed):
            named.append(each.key)
        elif isinstance(each, Typed):
            made = list(parser.feed(each.text))
            assert len(made) == 1, (each, made)
            named += [event.key for event in made if isinstance(event, events.Key)]
    return named


def text(found: list[Input]) -> str:
    """The letters among them, as a field takes them."""
    made: list[object] = list(found)
    return "".join(
        (each.character or "") if isinstance(each, Pressed) else each.text
        for each in made
        if isinstance(each, Pressed | Typed | Pasted)
    )


@pytest.mark.parametrize(
    ("sent", "encoding", "read_as"),
    [
        ("Müller".encode(), "utf-8", "Müller"),
        (b"M\xfcller", "utf-8", "M?ller"),
        (b"caf\xe9 au lait", "utf-8", "caf? au lait"),
        (b"M\xfcller", "iso-8859-1", "Müller"),
        (b"\xa4", "iso-8859-15", "€"),
        (b"\xd0\xd2\xcc", "koi8-r", "прл"),
        ("佐藤".encode("euc-jp"), "euc-jp", "佐藤"),
        ("Müller".encode(), "ascii", "Müller"),
        ("Müller".encode(), "no such encoding", "Müller"),
        ("Müller".encode(), "utf-16", "Müller"),
        (b"a\xff\xfe\x80b", "utf-8", "a???b"),
        (b"a\x9bb", "iso-8859-1", "ab"),
    ],
)
def test_letters_are_of_the_terminals_encoding_or_a_question_mark(
    sent: bytes, encoding: str, read_as: str
) -> None:
    assert text(read(sent, encoding=encoding)) == read_as
    assert text(read(*(bytes([each]) for each in sent), encoding=encoding)) == read_as


def test_a_byte_of_no_encoding_is_not_the_key_for_help() -> None:
    assert read(b"\xfc") == [Pressed("replacement_character", "?")]
    assert keys(read(b"?")) == ["question_mark"]


@pytest.mark.parametrize(
    ("sent", "pressed"),
    [
        (b"\x1b[1;1:1B", ["down"]),
        (b"\x1b[1;1:2A", ["up"]),
        (b"\x1b[1;1:3B", []),
        (b"\x1b[97;1:3u", []),
        (b"\x1b[97;1:1;97u", ["a"]),
        (b"\x1b[1;5:1C", ["ctrl+right"]),
        (b"\x1b[1;65B", ["down"]),
        (b"\x1b[1;130B", ["shift+down"]),
        (b"\x1b[32;2u", ["space"]),
        (b"\x1b[32;2;32u", ["space"]),
        (b"\x1b[32;130u", ["space"]),
        (b"\x1b[27;2;32~", ["space"]),
        (b"\x1b[127;2u", ["backspace"]),
        (b"\x1b[13u", ["enter"]),
        (b"\x1b[13;2u", ["enter"]),
        (b"\x1b[57414u", ["enter"]),
        (b"\x1bOM", ["enter"]),
        (b"\n", ["enter"]),
        (b"\r", ["enter"]),
        (b"\x1b[106;5u", ["enter"]),
        (b"\x1b\r", ["enter"]),
        (b"\x1b[9u", ["tab"]),
        (b"\x1b[9;2u", ["shift+tab"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\x1b[27u", ["escape"]),
        (b"\x1b[99;5u", ["ctrl+c"]),
        (b"\x1b[1089::99;5u", ["ctrl+c"]),
        (b"\x1b[99;69u", ["ctrl+c"]),
        (b"\x1b[57399;129u", ["0"]),
        (b"\x1b[57419u", ["up"]),
        (b"\x1b[57421u", ["pageup"]),
        (b"\x1bOq", ["1"]),
        (b"\x1b[117;2u", ["U"]),
        (b"\x1b[117;65u", ["U"]),
        (b"\x1b[47:63;2u", ["question_mark"]),
        (b"\x1b[233;1;233u", ["é"]),
        (b"\x1b[113;7;64u", ["at"]),
        (b"\x1b[57441;2u", []),
        (b"\x1b[57358u", []),
        (b"\x1b[120;9u", []),
        (b"\x1b[3~", ["delete"]),
        (b"\x1b[3;5~", ["ctrl+delete"]),
        (b"\x1b[H\x1b[F\x1bOH\x1b[1~\x1b[4~", ["home", "end", "home", "home", "end"]),
        (b"\x1bb\x1bf\x1b\x7f", ["ctrl+left", "ctrl+right", "ctrl+w"]),
        (b"\x1b[1;3D\x1b[127;5u", ["ctrl+left", "ctrl+w"]),
        (b"\x1b[11~\x1bOP\x1b[P\x1b[[A", ["f1"] * 4),
        (b"\x1b[7$x", ["shift+home", "x"]),
    ],
)
def test_a_key_means_what_people_mean_by_it(sent: bytes, pressed: list[str]) -> None:
    assert keys(read(sent)) == pressed


@pytest.mark.parametrize(
    "sent",
    [
        b"\x1b[?62;22c",
        b"\x1b[>0;276;0c",
        b"\x1b[?7u",
        b"\x1b[12;40R",
        b"\x1b[1;2:3:4;5;6;7;8q",
        b"\x1b[999999999999999999999u",
        b"\x1b[1114112u",
        b"\x1b[55296;1;55296u",
        b"\x1b[99~",
        b"\x1b[?1;2;3$y",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[48;24;80;0;0t",
        b"\x1b[M \xe9\xe9",
        b"\x1b[M\xff\x1b[",
        b"\x1b[32;10;20M",
        b"\x1b]11;rgb:ffff/ffff/ffff\x07",
        b"\x1b]52;c;d29yZHM=\x1b\\",
        b"\x1bP>|WezTerm 2024\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1bOz",
    ],
)
@pytest.mark.parametrize("in_parts", [False, True])
def test_a_sequence_that_means_nothing_here_types_nothing(sent: bytes, in_parts: bool) -> None:
    parts = [sent[:2], *(bytes([each]) for each in sent[2:])] if in_parts else [sent]
    assert keys(read(*parts, b"x")) == ["x"]


@pytest.mark.parametrize("sent", [b"\x1b[B", b"\x1bOA", b"\x1b[1;5D", b"\x1b[3~", b"\x1b[15;2~"])
@pytest.mark.parametrize("at", [1, 2])
def test_a_key_whose_sequence_arrives_in_two_parts_is_that_key(sent: bytes, at: int) -> None:
    whole = keys(read(sent))
    assert whole != ["escape"]
    assert keys(read(sent[:at], sent[at:], apart=0.15)) == whole


def test_a_lone_escape_is_the_key_as_soon_as_it_was_waited_for() -> None:
    reader = TerminalInput()
    assert reader.feed(b"\x1b", 5.0) == []
    assert reader.due == 5.0 + ESCAPE_DELAY
    assert reader.end_waiting(5.0 + ESCAPE_DELAY) == [ESCAPE]
    assert reader.due is None


def test_an_arrow_that_is_later_than_that_is_still_no_letters() -> None:
    assert keys(read(b"\x1b", b"[B", apart=0.6)) == ["escape", "down"]
    assert keys(read(b"\x1b", b"b", apart=0.6)) == ["escape", "b"]


def test_a_key_soon_after_escape_is_that_key_and_not_alt() -> None:
    assert keys(read(b"\x1b", b"q", apart=0.03)) == ["escape", "q"]
    assert keys(read(b"\x1b\x1b")) == ["escape", "escape"]


def test_what_interrupts_a_sequence_is_a_key() -> None:
    assert keys(read(b"\x1b[1;\x03")) == ["ctrl+c"]
    assert keys(read(b"\x1b]0;title\x03")) == ["ctrl+c"]
    assert keys(read(b"\x1b[1;\x1b[A")) == ["up"]


@pytest.mark.parametrize("at", [3, 6, 9, 30, 46, 49])
def test_a_paste_is_one_wherever_it_is_cut(at: int) -> None:
    sent = b"\x1b[200~Ann\x1b[A, \xfc and a rest of \x1b[ many letters\x1b[201~x"
    pasted = "Ann\x1b[A, ? and a rest of \x1b[ many letters"
    assert read(sent[:at], sent[at:]) == [Pasted(pasted), Typed("x")]


def test_a_paste_that_never_ends_keeps_nobody_from_typing() -> None:
    assert read(b"\x1b[200~Ann", b"x", apart=2.0) == [Pasted("Ann"), Typed("x")]


def test_what_textual_itself_asked_the_terminal_for_goes_on_to_it() -> None:
    parser = XTermParser()
    sent = [b"\x1b[?2026;1$y", b"\x1b[I", b"\x1b[<0;10;5M", b"\x1b[<64;10;5M"]
    for each in sent:
        (found,) = read(each)
        assert isinstance(found, Typed)
        assert found.text == each.decode()
        assert not any(isinstance(event, events.Key) for event in parser.feed(found.text))


def test_no_bytes_raise_and_all_that_goes_on_to_textual_is_one_event(full: bool) -> None:
    chance = random.Random(24)
    pieces = [b"\x1b", b"\x1b[", b"\x1bO", b";", b":", b"1", b"57414", b"u", b"~", b"M", b"<", b"?",
              b"$", b"y", b"A", b"\x1b[200~", b"\x1b[201~", b"\xfc", b"\xc3", b"\xa9", b"\x00",
              b"a", b"\x1b]", b"\x07", b"\n", "漢".encode()]  # fmt: skip
    for _ in range(10_000 if full else 800):
        sent = [
            b"".join(chance.choices(pieces, k=chance.randint(1, 9)))
            for _ in range(chance.randint(1, 4))
        ]
        keys(read(*sent, apart=chance.choice([0.001, 0.15, 0.6])))
