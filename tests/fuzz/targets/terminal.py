"""Bytes from the terminal: keys, pastes, mouse reports, replies, and halves of all these."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from textual.events import Key
from textual.events import Paste as PasteEvent

from newsreader.ui.terminal.input_reader import decoder
from newsreader.ui.terminal.key_parser import KeyParser
from newsreader.ui.terminal.sequence_filter import MAX_PASTE, SequenceFilter, Text, Token
from tests.fuzz.mutator import as_bytes
from tests.fuzz.target import Target, require

_SEEDS = (
    *(
        "j",
        "\x1b[A",
        "\x1b[1;5C",
        "\x1bOP",
        "\x1b[<0;10;10M",
        "\x1b[200~pasted\x1b[201~",
        "\x1b[106;1:3u",
        "\x1b[48;24;80;0;0t",
    ),
    *(
        "\x1bP>|Konsole 24.02.1\x1b\\",
        "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b[?62;22c",
        "\x1b[M#!!",
        "\x1b[6;20;10t",
    ),
    *("caf\udce9", "\udc9bA", "\x1b[99999999999u", "\x1b[55:47;2;47u", "\x1b[I", "\x1b[[A", "\x1b[7$", "ё日"),
)
_PIECES = (
    *(
        "\x1b",
        "\x1b[",
        "\x1bO",
        "\x1b]",
        "\x1bP",
        "\x1b_",
        "\x1b^",
        "\x1bX",
        "\x1b\\",
        "\x07",
        "\x9b",
        "\x9d",
        "\x9c",
        "\x18",
        "\x1a",
        "\x1b[M",
        "\x1b[<",
    ),
    *(
        "\x1b[200~",
        "\x1b[201~",
        ";",
        ":",
        "1",
        "48;",
        "u",
        "t",
        "~",
        "M",
        "m",
        "c",
        "R",
        "A",
        "$",
        "?",
        "q",
        "j",
        "\r",
        "\t",
        "\x7f",
    ),
)


def _tokens(*chunks: str) -> list[Token]:
    splitter = SequenceFilter()
    tokens = [token for chunk in chunks for token in splitter.feed(chunk)]
    require(splitter.held <= MAX_PASTE + 10_000, splitter.held)
    while splitter.timeout is not None:
        tokens += splitter.expire()
    joined: list[Token] = []
    for _, group in groupby(tokens, type):
        same = list(group)
        text = "".join(token.text for token in same if isinstance(token, Text))
        joined += [Text(text)] if text else same
    return joined


def check_input(case: str) -> None:
    """Input is the same wherever it is cut; each key is one that Textual knows; a paste has no controls."""
    text = decoder().decode(as_bytes(case), True)
    tokens = _tokens(text)
    cut = len(text) // 2
    require(_tokens(text[:cut], text[cut:]) == tokens, tokens)
    parser = KeyParser()
    for token in tokens:
        for event in parser.events(token):
            if isinstance(event, Key):
                require(event.key and (event.character is None or len(event.character) >= 1), event)
            elif isinstance(event, PasteEvent):
                require(
                    all(
                        character in "\t\n\r" or character.isprintable() or ord(character) > 0x9F
                        for character in event.text
                    ),
                    event,
                )


TARGETS: Final = (Target("terminal-input", check_input, _SEEDS, _PIECES, 15),)
