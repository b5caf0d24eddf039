"""Splitting terminal input: complete sequences, timeouts, and anything that terminals may send."""

from __future__ import annotations

from codecs import getincrementaldecoder
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.ui.terminal.sequence_filter import (
    ESC,
    MAX_PASTE,
    MAX_REPLY,
    MAX_SEQUENCE,
    PASTE_TIMEOUT,
    SEQUENCE_TIMEOUT,
    Background,
    Chord,
    Paste,
    Sequence,
    SequenceFilter,
    Text,
    Token,
)

REPLIES = {
    "XTVERSION of Konsole": "\x1bP>|Konsole 24.02.1\x1b\\",
    "XTVERSION of foot": "\x1bP>|foot(1.16.2)\x1b\\",
    "DECRQSS": "\x1bP1$r0m\x1b\\",
    "XTGETTCAP": "\x1bP1+r524742=382F382F38\x1b\\",
    "DA3": "\x1bP!|00000000\x1b\\",
    "OSC 4": "\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "OSC 10": "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    "OSC 11": "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "OSC 52": "\x1b]52;c;aGVsbG8gbWF0ZQ==\x07",
    "icon title": "\x1b]Lshell\x1b\\",
    "window title": "\x1b]lshell\x1b\\",
    "kitty graphics": "\x1b_Gi=31;OK\x1b\\",
    "PM": "\x1b^jjj\x1b\\",
    "SOS": "\x1bXqqq\x1b\\",
    "8-bit OSC": "\x9d11;rgb:1e1e/1e1e/1e1e\x9c",
    "X10 mouse": "\x1b[M#\ufffd*",
}
CSI_REPLIES = [
    "\x1b[?62;22c",
    "\x1b[>41;354;0c",
    "\x1b[?2;0;800;600S",
    "\x1b[6;20;10t",
    "\x1b[8;40;120t",
    "\x1b[?1u",
    "\x1b[?2026;2$y",
    "\x1b[4;2$y",
    "\x1b[24;80R",
    "\x1b[<0;10;10M",
    "\x1b[[A",
    "\x1b[7$",
    "\x1bOP",
    "\x1bO5P",
    "\x1b[1;3A",
    "\x1b[I",
]


def split(*parts: str) -> list[Token]:
    splitter = SequenceFilter()
    return [token for part in parts for token in splitter.feed(part)]


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens that act, with characters that were typed one after the other in one piece."""
    pieces: list[Token] = []
    for kind, group in groupby((token for token in tokens if not isinstance(token, Background)), type):
        same = list(group)
        pieces += [Text("".join([token.text for token in same]))] if kind is Text else same
    return pieces


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_control_strings_are_swallowed_wherever_they_are_cut(reply: str) -> None:
    for cut in range(len(reply) + 1):
        assert joined(split("j", reply[:cut], reply[cut:], "k")) == [Text("jk")]


@pytest.mark.parametrize("sequence", CSI_REPLIES)
def test_control_sequences_stay_whole_wherever_they_are_cut(sequence: str) -> None:
    for cut in range(len(sequence) + 1):
        assert split("j", sequence[:cut], sequence[cut:], "k") == [Text("j"), Sequence(sequence), Text("k")]


@pytest.mark.parametrize("end", ["\x07", "\x1b\\", "\x9c"])
def test_the_background_is_read_wherever_the_reply_is_cut(end: str) -> None:
    reply = f"\x1b]11;rgb:ffff/ff/f0{end}"
    for cut in range(len(reply)):
        assert Background("rgb:ffff/ff/f0") in split(reply[:cut], reply[cut:], "k")
    assert split(f"\x1b]11;{'f' * 1_000_000}{end}") == [Background("f" * (MAX_REPLY - 4))]
    assert split("\x1b]11;rgb:0/0/0\x18", "j") == [Text("j")]


def timeout_of(splitter: SequenceFilter) -> float | None:
    return splitter.timeout


def test_a_sequence_that_stops_midway_is_dropped_after_a_timeout() -> None:
    for half in ("\x1b[6;20", "\x1b]11;rgb:", "\x1bP>|foot", "\x1bO", "\x1b[M#", "\x1bP>|foot\x1b"):
        splitter = SequenceFilter()
        assert splitter.feed(half) == []
        assert timeout_of(splitter) == SEQUENCE_TIMEOUT
        assert splitter.expire() == []
        assert timeout_of(splitter) is None
        assert splitter.feed("j") == [Text("j")]


def test_a_lone_esc_is_the_escape_key_after_its_delay() -> None:
    splitter = SequenceFilter(escape_delay=0.05)
    assert splitter.feed(ESC) == []
    assert timeout_of(splitter) == 0.05
    assert splitter.expire() == [Chord(ESC)]
    assert splitter.expire() == []
    assert timeout_of(splitter) is None


def test_esc_twice_is_the_escape_key_and_another_esc() -> None:
    assert split("\x1b\x1b[A") == [Chord(ESC), Sequence("\x1b[A")]
    assert split("\x1b\x1bx") == [Chord(ESC), Chord("\x1bx")]


@pytest.mark.parametrize("rest", ["]11;rgb:0/0/0\x07", "[6;20;10t", "P>|foot\x1b\\", "_Gi=1;OK\x1b\\", "[A"])
def test_the_rest_of_a_sequence_whose_esc_came_early_does_not_act(rest: str) -> None:
    splitter = SequenceFilter()
    splitter.feed(ESC)
    splitter.expire()
    kept = [Sequence(ESC + rest)] if rest[0] == "[" else []
    assert joined([*splitter.feed(rest), *splitter.feed("j")]) == [*kept, Text("j")]


def test_keys_after_the_escape_key_are_keys() -> None:
    for keys in ("j", "[j", "]]", "O", "Pq", "[["):
        splitter = SequenceFilter()
        splitter.feed(ESC)
        splitter.expire()
        assert splitter.feed(keys) == [Text(keys)]


def test_alt_and_a_character_that_could_begin_a_sequence_is_a_key_when_nothing_follows() -> None:
    for character in "[]PX^_":
        splitter = SequenceFilter()
        assert splitter.feed(ESC + character) == []
        assert splitter.expire() == [Chord(ESC + character)]


def test_alt_and_another_character_is_a_key_at_once() -> None:
    assert split("\x1bb\x1b\r") == [Chord("\x1bb"), Chord("\x1b\r")]


@pytest.mark.parametrize("cut_off", ["\x1b[1;", "\x1b[[", "\x1bO1", "\x1b]11;", "\x1bP>|"])
def test_a_sequence_that_is_cut_off_by_another_is_dropped(cut_off: str) -> None:
    assert split(cut_off + "\x1b[B") == [Sequence("\x1b[B")]
    assert split(cut_off + "\x18j") in ([Text("\x18j")], [Text("j")])


def test_only_an_operating_system_command_ends_with_a_bell() -> None:
    assert split("\x1bP1\x07j\x1b\\k") == [Text("k")]
    assert split("\x1b]1\x07k") == [Text("k")]


def test_a_paste_is_one_token_wherever_it_is_cut() -> None:
    pasted = "caf\ufffd x\x1b[A\x1b]11;\x07"
    whole = f"\x1b[200~{pasted}\x1b[201~j"
    for cut in range(len(whole) + 1):
        assert split(whole[:cut], whole[cut:]) == [Paste(pasted), Text("j")]
    assert split(*whole) == [Paste(pasted), Text("j")]


def test_a_paste_without_an_end_is_delivered_after_a_timeout() -> None:
    splitter = SequenceFilter()
    splitter.feed("\x1b[200~half\x1b[2")
    assert timeout_of(splitter) == PASTE_TIMEOUT
    assert splitter.expire() == [Paste("half\x1b[2")]
    assert splitter.feed("j") == [Text("j")]


def test_memory_is_bounded() -> None:
    splitter = SequenceFilter()
    for start in ("\x1b[", "\x1b]", "\x1bP", "\x1bO"):
        splitter.feed(start + "1" * 100_000)
        assert splitter.held <= MAX_SEQUENCE
        assert splitter.feed("\x1b\\") == ([Chord("\x1b\\")] if start[1] in "[O" else [])
    splitter.feed("\x1b[200~" + "x" * (MAX_PASTE + 100))
    assert splitter.held <= MAX_PASTE + 6
    assert splitter.feed("\x1b[201~") == [Paste("x" * MAX_PASTE)]


def test_an_overlong_sequence_is_swallowed_to_its_end() -> None:
    assert split("\x1b[" + "1;" * MAX_SEQUENCE + "uj") == [Text("j")]


_PIECES = st.one_of(
    st.sampled_from(
        [*REPLIES.values(), *CSI_REPLIES, "\x1b[200~", "\x1b[201~", ESC, "[", "]", "P", "O", "\\"]
    ),
    st.text(max_size=6),
    st.binary(max_size=6).map(lambda data: data.decode("latin-1")),
)


@given(st.lists(_PIECES, max_size=12).map("".join), st.lists(st.integers(0, 200), max_size=8))
def test_any_split_gives_the_same_keys(text: str, cuts: list[int]) -> None:
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    parts = [text[start:stop] for start, stop in pairwise(edges)]
    assert joined(split(*parts)) == joined(split(text))


@given(st.lists(st.one_of(st.binary(max_size=20), st.none()), max_size=20))
def test_no_bytes_and_timeouts_raise_or_hold_more_than_they_brought(chunks: list[bytes | None]) -> None:
    splitter, decoder = SequenceFilter(), getincrementaldecoder("utf-8")("replace")
    brought = 0
    for chunk in chunks:
        tokens = splitter.expire() if chunk is None else splitter.feed(decoder.decode(chunk))
        brought += len(chunk or b"")
        assert all(token[0] for token in tokens if not isinstance(token, Paste | Background))
        assert splitter.held <= brought + 1
