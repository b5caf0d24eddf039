"""From tokens to Textual's events: all that Textual knows works, nothing else acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import InBandWindowResize, TerminalSupportsSynchronizedOutput

from newsreader.ui.messages import BackgroundReported
from newsreader.ui.terminal.input_reader import decoder as input_decoder
from newsreader.ui.terminal.key_parser import FLOOD, MAX_REPEATED, KeyParser
from newsreader.ui.terminal.reports import MAX_COLUMNS, MAX_ROWS
from newsreader.ui.terminal.sequence_filter import SequenceFilter


def events_of(*chunks: bytes | None) -> list[Message]:
    """All events of input; None is a pause that is longer than any timeout."""
    parser, splitter, decoder = KeyParser(), SequenceFilter(), input_decoder()
    found: list[Message] = []
    for chunk in chunks:
        tokens = splitter.expire() if chunk is None else splitter.feed(decoder.decode(chunk))
        found += [event for token in tokens for event in parser.events(token)]
    return found


def keys_of(*chunks: bytes | None) -> list[str]:
    return [event.key for event in events_of(*chunks) if isinstance(event, events.Key)]


def _known_sequences() -> list[str]:
    return [
        sequence
        for sequence, keys in ANSI_SEQUENCES_KEYS.items()
        # Textual itself never sees two ESC; those left out begin longer sequences.
        if keys is not IGNORE_SEQUENCE
        and not sequence.startswith("\x1b\x1b")
        and sequence not in ("\x1b[M", "\x9b")
    ]


@pytest.mark.parametrize("sequence", _known_sequences(), ids=repr)
def test_every_sequence_that_textual_knows_is_the_same_key(sequence: str) -> None:
    parser = XTermParser()
    expected = [event.key for event in parser.feed(sequence) if isinstance(event, events.Key)]
    found = keys_of(sequence.encode())
    assert found == expected


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"\xe9j", ["j"]),
        (b"\x9bA", ["up"]),
        (b"\x1b[M#\x84*j", ["j"]),
        (b"\x1b[106;5:2u", ["ctrl+j"]),
        (b"\x1b[106;1:3u", []),
        (b"\x1b[1;1:3A", []),
        (b"\x1b[1;5:1A", ["ctrl+up"]),
        (b"\x1b[55:47;2;47u", ["slash"]),
        (b"\x1b[106;;106u", ["j"]),
        (b"\x1b[106u", ["j"]),
        (b"\x1b[27u", ["escape"]),
        (b"\x1b[99;5u", ["ctrl+c"]),
        (b"\x1b[99999999999u", []),
        (b"\x1b[1114112u", []),
        (b"\x1b[55296u", []),
        (b"\x1b[106;1;55296u", []),
        (b"\x1b[106;1;7u", []),
        (b"\x1b[106;99999u", []),
        (b"\x1b[0;;12354:12356:12358:12360:12362:12363:12365u", list("あいうえおかき")),
        (b"\x1b[?1u", []),
        (b"\x1b[6;20;10t", []),
        (b"\x1b[?2;0;800;600S", []),
        (b"\x1b[?62;22c", []),
        (b"\x1b[>41;354;0c", []),
        (b"\x1b[4;2$y", []),
        (b"\x1b[" + b"1" * 6000 + b"u", []),
        (b"\x1bg", ["alt+g"]),
        (b"\x1bG", ["alt+shift+g"]),
        (b"\x1b[Z", ["shift+tab"]),
        (b"\r\x7f\t", ["enter", "backspace", "tab"]),
    ],
)
def test_sequences_are_these_keys_and_no_others(data: bytes, keys: list[str]) -> None:
    found = [key for key in keys_of(data) if key != "�" and "replacement" not in key]
    assert found == keys
    assert keys_of(data, b"k")[-1] == "k"


def test_a_lone_esc_is_the_escape_key() -> None:
    assert keys_of(b"\x1b") == []
    assert keys_of(b"\x1b", None) == ["escape"]
    assert keys_of(b"\x1b", None, b"j") == ["escape", "j"]
    assert keys_of(b"\x1b\x1b", None) == ["escape", "escape"]


def test_half_of_a_sequence_never_acts() -> None:
    for reply in (b"\x1b[6;20;10t", b"\x1b[?1u", b"\x1bP>|Konsole 24\x1b\\", b"\x1b]11;rgb:1/1/1\x07"):
        for cut in range(2, len(reply)):
            assert keys_of(reply[:cut], reply[cut:], b"k") == ["k"]


def test_reports_that_textual_needs_arrive() -> None:
    data = (
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[?2026;2$y",
        b"\x1b[?2048;2$y",
        b"\x1b[<0;3;4M",
        b"\x1b[<0;3;4m",
        b"\x1b[<35;5;4M",
        b"\x1b[<64;5;4M",
    )
    assert [type(event) for event in events_of(*data)] == [
        events.AppFocus,
        events.AppBlur,
        TerminalSupportsSynchronizedOutput,
        InBandWindowResize,
        events.MouseDown,
        events.MouseUp,
        events.MouseMove,
        events.MouseScrollUp,
    ]


def test_a_paste_keeps_its_text_and_none_of_it_acts() -> None:
    (event,) = events_of(b"\x1b[200~caf\xe9 x\x1b[A\x00\x1b[201~")
    assert isinstance(event, events.Paste)
    assert event.text == "caf� x[A"


def test_a_flood_of_characters_is_a_paste() -> None:
    (event,) = events_of(b"word " * FLOOD)
    assert isinstance(event, events.Paste)
    assert keys_of(b"j" * FLOOD) == ["j"] * FLOOD
    (event,) = events_of(b"j" * (MAX_REPEATED + 1))
    assert isinstance(event, events.Paste)
    assert len(keys_of(b"/pytorch gains\r")) == 15


@pytest.mark.parametrize("numbers", ["99999;99999;0;0", "99999;99999;99999999;99999999", "500;1000:3;1:2;1"])
def test_sizes_are_clamped(numbers: str) -> None:
    (event, *_) = events_of(f"\x1b[48;{numbers}t".encode())
    assert isinstance(event, events.Resize)
    assert event.size == (MAX_COLUMNS, MAX_ROWS)


def test_the_mouse_works_where_the_terminal_reports_no_pixels() -> None:
    _, event = events_of(b"\x1b[48;40;120;0;0t", b"\x1b[<0;3;4M")
    assert isinstance(event, events.MouseDown)
    assert (event.x, event.y) == (2, 3)


@given(
    st.lists(
        st.one_of(st.binary(max_size=12), st.sampled_from([b"\x1b[", b"\x1b[1;", b":", b"u", None])),
        max_size=12,
    )
)
def test_no_bytes_raise_and_keys_go_on_working(chunks: list[bytes | None]) -> None:
    # Two timeouts end any sequence; then a key is a key.
    assert keys_of(*chunks, None, None, b"k")[-1] == "k"


@pytest.mark.parametrize(
    ("colour", "dark"),
    [
        ("rgb:1e1e/1e1e/1e1e", True),
        ("rgb:ffff/fafa/f0f0", False),
        ("rgba:ff/ff/ff/80", False),
        ("rgb:0/0/f", True),
    ],
)
def test_a_reported_background_is_dark_or_light(colour: str, dark: bool) -> None:
    (found,) = events_of(f"\x1b]11;{colour}\x1b\\".encode())
    assert isinstance(found, BackgroundReported)
    assert found.is_dark is dark


@pytest.mark.parametrize("colour", ["?", "white", "rgb:1/2", "rgb:12345/0/0", "rgb:é/0/0"])
def test_what_is_no_colour_says_nothing(colour: str) -> None:
    assert events_of(f"\x1b]11;{colour}\x07".encode()) == []
