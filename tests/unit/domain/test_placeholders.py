"""Values of a story in the arguments of a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.placeholders import PlaceholderError, check_placeholders, fill

VALUES = {"u": "https://news.example/a?b=%20&c", "t": "Title %u", "f": "/corpus/a b.md"}


def test_each_placeholder_is_replaced_once_and_never_split() -> None:
    run = ("play", "%u", "--name=%t (100%%)", "%f")
    assert fill(run, VALUES) == (
        "play",
        "https://news.example/a?b=%20&c",
        "--name=Title %u (100%)",
        "/corpus/a b.md",
    )


@given(st.text())
def test_a_value_is_always_one_argument(title: str) -> None:
    check_placeholders(("say", "--", "%t", "end"))
    if title:
        assert fill(("say", "--", "%t", "end"), {"t": title}) == ("say", "--", title, "end")


@pytest.mark.parametrize("title", ["$(touch /tmp/x)", "`id`; rm -rf /", "a'b\"c\nd", "* ? ~ | > &"])
def test_signs_of_a_shell_mean_nothing(title: str) -> None:
    assert fill(("say", "%t"), {"t": title}) == ("say", title)


@pytest.mark.parametrize("run", [("say", "%t"), ("say", "-q", "%t")])
def test_a_value_never_becomes_an_option(run: tuple[str, ...]) -> None:
    with pytest.raises(PlaceholderError, match='Put "--" before %t'):
        fill(run, {"t": "--delete"})
    assert fill((*run[:-1], "--title=%t"), {"t": "--delete"})[-1] == "--title=--delete"
    assert fill((*run[:-1], "--", "%t"), {"t": "--delete"})[-1] == "--delete"


@pytest.mark.parametrize("values", [{}, {"a": ""}])
def test_a_missing_value_is_named(values: dict[str, str]) -> None:
    with pytest.raises(PlaceholderError, match="This story has no AMP page"):
        fill(("open", "%a"), values)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (["say", "%x"], "%x is no placeholder; there are %u"),
        (["say", "50%"], "% is no placeholder"),
        (["%u"], "the command itself cannot be a placeholder"),
        (["sh", "-c", "echo %t"], "%t in code could run what a title says"),
        (["/usr/bin/env", "bash", "-lc", "echo '%t'"], "%t in code"),
        (["python3.12", "-c", "print('%t')"], "%t in code"),
        (["cmd.exe", "/c", "echo %t"], "%t in code"),
    ],
)
def test_an_unusable_placeholder_is_refused(run: list[str], words: str) -> None:
    with pytest.raises(PlaceholderError, match=words.replace("(", r"\(")):
        check_placeholders(run)


@pytest.mark.parametrize(
    "run",
    [
        ["a%%b", "%u"],
        ["sh", "-c", 'echo "$1" 100%%', "sh", "%t"],
        ["grep", "-e", "%t"],
        ["sh", "%f"],
        ["xterm", "-e", "mpv", "%u"],
    ],
)
def test_what_is_no_code_may_have_placeholders(run: list[str]) -> None:
    check_placeholders(run)
