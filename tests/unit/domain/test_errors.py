"""Messages of errors quote names and arguments, and are printed."""

from __future__ import annotations

from newsreader.domain.errors import NewsreaderError


def test_a_message_has_no_control_characters() -> None:
    assert str(NewsreaderError("/tmp/\x1b]52;c;eA==\x07\x9b2Jx: is missing.\n\udcffTry another.")) == (
        "/tmp/x: is missing.\nTry another."
    )
    assert str(NewsreaderError(ValueError("a\x1b[31mb"))) == "ab"
    assert str(NewsreaderError()) == ""
