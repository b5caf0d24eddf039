from __future__ import annotations

import pytest

from newsreader.markup import body_blocks
from newsreader.web.extract import Engine, extract_article

LINES = (
    "The mill on the brook has been turning again since Monday, for the first time in thirty years.",
    "It was repaired by volunteers, who had to learn first how a mill of this kind was built.",
    "Flour is ground on Saturdays, and the miller says that it is sold out by ten in the morning.",
    "The school has already asked whether it may come and see how bread begins, and it may.",
)
FIRST, *OTHERS = (f"<p>{line}</p>" for line in LINES)
SAID = "And this was said beside it, in a part of the page that is not the text of the article."


def texts(source: str) -> list[str]:
    article = extract_article(source, "https://site.example/mill", engine=Engine.OWN)
    return [block.text for block in body_blocks(article.html)] if article else []


@pytest.mark.parametrize(
    "part",
    [
        "<aside>{}</aside>",
        "<nav>{}</nav>",
        "<form>{}</form>",
        "<iframe>{}</iframe>",
        "<noscript>{}</noscript>",
        "<template>{}</template>",
        "<svg><text>{}</text></svg>",
        "<button>{}</button>",
        "<p hidden>{}</p>",
        "<div aria-hidden=true>{}</div>",
        "<p style='color:red; display : none'>{}</p>",
        "<div class=relatedArticles>{}</div>",
        "<div class='c-newsletter__box'>{}</div>",
        "<div id=cookie-banner>{}</div>",
        "<section class=comments-list><p>{}</p></section>",
        "<div role=dialog>{}</div>",
        "<div class='ad ad-300'>{}</div>",
        "<amp-ad>{}</amp-ad>",
        "<ins class=adsbygoogle>{}</ins>",
        "<p class=byline>{}</p>",
    ],
)
def test_distractions_are_dropped(part: str) -> None:
    assert texts(f"<article>{FIRST}{part.format(SAID)}{''.join(OTHERS)}") == list(LINES)


@pytest.mark.parametrize(
    "part",
    [
        "<p class='article-teaser'>{}</p>",
        "<p class='shadow header-less'>{}</p>",
        "<p id=related>{}</p>",
        "<amp-ad /><p>{}</p>",
        "<div class='no-comments'><p>{}</p></div>",
        "<div class='has-sidebar'><p>{}</p></div>",
        "<div class='category-newsletter'><p>{}</p></div>",
        "<div class='elementor-widget'><p>{}</p></div>",
        "<div itemprop=articleBody class=share><p>{}</p></div>",
        "<section name=articleBody class=promo><p>{}</p></section>",
    ],
)
def test_text_stays_whatever_its_class_name(part: str) -> None:
    assert SAID in texts(f"<article>{FIRST}{part.format(SAID)}{''.join(OTHERS)}")


def test_section_headers_stay_and_site_headers_are_dropped() -> None:
    site = "<header class=site-header><a href=/>The Post</a><ul><li><a href=/a>News</a></ul></header>"
    section = "<div class=section-header><h2>How it was done</h2></div>"
    other = "<section><header><h3>What it cost</h3></header>"

    found = texts(
        f"{site}<article>{FIRST}{section}{OTHERS[0]}{other}{OTHERS[1]}</section>{OTHERS[2]}</article>"
    )

    assert found == [LINES[0], "How it was done", LINES[1], "What it cost", *LINES[2:]]


@pytest.mark.parametrize("name", ["paywall", "sidebar", "content-promo", "page-header"])
def test_a_part_with_more_than_half_of_the_text_is_the_text(name: str) -> None:
    assert texts(f"<body><h1>Mill</h1><div>{FIRST}</div><div class={name}>{''.join(OTHERS)}</div>") == list(
        LINES
    )


def test_comments_are_dropped_however_long() -> None:
    comments = "".join(
        f"<p>I, reader number {n}, have seen this mill as well, and it was larger.</p>" for n in range(40)
    )

    source = f"<body><div><h1>Mill</h1>{FIRST}{''.join(OTHERS)}</div><div id=comments>{comments}</div>"

    assert texts(source) == list(LINES)
