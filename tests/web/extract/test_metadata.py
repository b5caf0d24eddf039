from __future__ import annotations

import json

import pytest

from newsreader.web.extract import Engine, extract_article

URL = "https://site.example/mill"
LINES = (
    "The mill on the brook has been turning again since Monday, for the first time in thirty years.",
    "It was repaired by volunteers, who had to learn first how a mill of this kind was built at all.",
    "Flour is ground on Saturdays, and the miller says that it is sold out by ten in the morning.",
    "The school has already asked whether it may come and see how bread begins, and it may.",
)
PROSE = "".join(f"<p>{line}</p>" for line in LINES)
OTHER = "".join(
    f"<p>In the village of number {n} a barn was painted red, which is the colour that barns have there.</p>"
    for n in range(4)
)


def title(head: str, heading: str = "") -> str:
    article = extract_article(f"<head>{head}</head><body>{heading}{PROSE}", URL, engine=Engine.OWN)
    assert article is not None
    return article.title


def texts(source: str) -> list[str]:
    from newsreader.markup import body_blocks

    article = extract_article(source, URL, engine=Engine.OWN)
    return [block.text for block in body_blocks(article.html)] if article else []


def script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("head", "heading", "expected"),
    [
        ("", "", ""),
        ("<title>The mill turns</title>", "", "The mill turns"),
        ("<title>The mill turns | The Post</title>", "", "The mill turns"),
        ("<title>The mill turns &#8211; The Post</title>", "", "The mill turns"),
        ("<title>The mill turns | The Post</title>", "<h1>Mill turns again</h1>", "Mill turns again"),
        (
            "<meta property='og:title' content='The mill turns - The Post'>",
            "<h1>The mill turns</h1>",
            "The mill turns",
        ),
        ("<meta property=og:title content='Half - and half'>", "", "Half - and half"),
        (
            "<meta property=og:title content='Mill turns - Post'><meta property=og:site_name content=Post>",
            "",
            "Mill turns",
        ),
        ("<meta name='twitter:title' content='The mill'>", "", "The mill"),
        (script({"@graph": [{"headline": "Told to machines"}]}), "", "Told to machines"),
        ("<title>A\x1b[31m \u202ered\n title</title>", "", "A red title"),
    ],
)
def test_a_title_is_that_of_the_article(head: str, heading: str, expected: str) -> None:
    assert title(head, heading) == expected


def test_the_text_in_json_ld_identifies_the_article() -> None:
    body = " ".join(LINES)
    page = f"<div>{OTHER}{OTHER.replace('barn', 'shed')}</div><div>{PROSE}</div>"

    assert texts(script({"articleBody": body}) + page) == list(LINES)


def test_the_page_is_preferred_to_the_text_in_json_ld() -> None:
    body = (
        "\n".join(LINES)
        + "\nAnd much more that only subscribers are to read, though it was sent along to all."
    )

    assert texts(script({"articleBody": body}) + f"<article>{PROSE}</article>") == list(LINES)


def test_broken_json_ld_is_skipped() -> None:
    broken = '<script type="application/ld+json">{"articleBody": </script>'

    assert texts(broken + script([1, None, {"articleBody": 7, "headline": []}]) + PROSE) == list(LINES)


@pytest.mark.parametrize(
    "container",
    [
        "<article>{}</article>",
        "<div itemprop='articleBody'>{}</div>",
        "<div role=article>{}</div>",
        "<main>{}</main>",
        "<div role='main'>{}</div>",
    ],
)
def test_a_declared_article_wins_over_as_much_other_text(container: str) -> None:
    assert texts(f"<div>{container.format(PROSE)}<div>{OTHER}</div></div>") == list(LINES)


def test_one_of_several_teasers_is_not_the_article() -> None:
    parts = "".join(f"<article><p>{line}</p></article>" for line in LINES)

    assert texts(f"<div>{parts}</div>") == list(LINES)
