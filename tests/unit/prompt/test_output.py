"""Words on their way out."""

from __future__ import annotations

import errno
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.prompt.output import Output, PromptOutputError
from newsreader.render.cells import cell_len
from tests.unit.prompt.words import Written, has_controls


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "30")
    yield


def test_a_paragraph_is_wrapped_at_the_width_of_the_terminal() -> None:
    written = Written()
    Output(written).say("WHO issues first global report on AI in health", hang=4)
    assert written.lines == ["WHO issues first global report", "    on AI in health"]


def test_what_is_indented_stays_so_on_every_line() -> None:
    written = Written()
    Output(written).say("  topic 3. Natural Language Processing, 31.")
    assert written.lines == ["  topic 3. Natural Language", "  Processing, 31."]


def test_the_width_is_80_where_nobody_knows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    assert Output(Written()).width >= 20


def test_an_empty_paragraph_is_an_empty_line() -> None:
    written = Written()
    Output(written).say_all(["a", "", "b"])
    assert written.text == "a\n\nb\n"


def test_an_address_is_never_broken() -> None:
    written = Written()
    Output(written).say_whole("https://example.com/a/very/long/path/of/a/page")
    assert written.lines == ["https://example.com/a/very/long/path/of/a/page"]


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("“é” · 10 × 2 …", "utf-8", "“é” · 10 × 2 …"),
        ("“é” · 10 × 2 …", "ascii", '"e" - 10 x 2 ~'),
        ("“é” · 10 × 2 …", "latin-1", '"é" · 10 × 2 ~'),
        ("ﬁne café 日", "ascii", "fine cafe ?"),
        ("★ ● ▲", "ascii", "* o ^"),
    ],
)
def test_signs_are_told_as_the_encoding_can(text: str, encoding: str, shown: str) -> None:
    written = Written(encoding)
    Output(written).say(text)
    assert written.lines == [shown]


def test_plain_signs_can_be_chosen() -> None:
    written = Written()
    Output(written, plain=True).say("“é” ★")
    assert written.lines == ['"é" *']


@given(st.text(max_size=200), st.integers(0, 8))
def test_nothing_but_plain_text_of_the_width_gets_out(text: str, hang: int) -> None:
    written = Written()
    output = Output(written)
    output.say(text, hang=hang)
    for line in written.text.split("\n"):
        assert not has_controls(line)
        assert cell_len(line) <= max(output.width, 2)


@given(st.text(max_size=100))
def test_ascii_takes_everything(text: str) -> None:
    written = Written("ascii")
    Output(written).say(text)
    assert written.text.isascii()


class _Full(Written):
    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class _Closed(Written):
    def write(self, _: str) -> int:
        raise BrokenPipeError


def test_a_full_disk_is_told() -> None:
    with pytest.raises(PromptOutputError, match="No space left"):
        Output(_Full()).say("words")


def test_a_reader_that_went_away_is_another_matter() -> None:
    with pytest.raises(BrokenPipeError):
        Output(_Closed()).say("words")
