from __future__ import annotations

import pytest

from newsreader.domain.body_facts import INDEXED, body_text
from newsreader.domain.tokenizer import folded_words


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("# Of *taproot*\n\n`code`", "of taproot code"),
        ("[words](https://hidden.example/a) and <https://hidden.example>", "words and"),
        ("![A picture](hidden.png)", "a picture"),
        ("[words][id]\n\n[id]: https://hidden.example 'Title'", "words title"),
        ("[[Page|words]] [[Other]]", "words page other"),
        ('<p class="hidden">A &amp; B<br>C</p>', "a b c"),
        ("<!-- hidden -->shown{% hidden %} {{ hidden }}", "shown"),
    ],
)
def test_the_words_of_a_body_are_those_that_are_read(body: str, found: str) -> None:
    assert " ".join(folded_words(body_text(body))) == found


def test_of_an_endless_body_the_beginning_is_searched() -> None:
    assert len(body_text("a " * INDEXED)) < INDEXED


@pytest.mark.parametrize("part", ["[", "[a](", "![", "<!--", "<a ", "{%", "{{", "[[", "%%", "](", "&", "{#"])
def test_hostile_bodies_take_bounded_work(part: str) -> None:
    assert isinstance(body_text(part * 20_000), str)
