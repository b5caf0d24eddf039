from __future__ import annotations

import pytest

from newsreader.markup.html import looks_like_html
from newsreader.web.extract import Engine, extract_article
from newsreader.web.extract.text_density import words_in
from newsreader.web.extract.trafilatura_engine import is_installed
from tests.web.extract.judged import blocks_in, expected_of, links_in, names, source_of, url_of

ENGINES = (Engine.OWN, Engine.BEST)


def test_trafilatura_is_installed_for_the_tests() -> None:
    """Else `BEST` below would be judged as `OWN` is; the development extra brings it."""
    assert is_installed()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", names())
def test_the_article_is_extracted_and_the_rest_dropped(name: str, engine: Engine) -> None:
    expected = expected_of(name)

    article = extract_article(source_of(name), url_of(name), engine=engine)

    assert article is not None
    assert blocks_in(article) == expected.blocks
    assert article.title == expected.title
    assert [phrase for phrase in expected.out if phrase in article.html] == []


@pytest.mark.parametrize("name", names())
def test_the_stored_html_is_read_as_html(name: str) -> None:
    article = extract_article(source_of(name), url_of(name), engine=Engine.OWN)

    assert article is not None
    assert looks_like_html(article.html)
    assert article.words == sum(words_in(text) for _, text in blocks_in(article))


LINKS = {
    "amp": [("Marit Oke", "https://www.harbour-courier.example/people/marit-oke")],
    "newspaper": [
        ("in a siding under the pass", "https://www.site.example/travel/rail/summit-loop"),
    ],
    "sections": [("download it as well", "https://data.example/buses.csv?year=2&all=1")],
    "wire": [("como ya contó esta agencia", "https://www.site.example/archivo/cinta.html")],
    "press_release": [("doi.example/10.5555/moss.12", "https://doi.example/10.5555/moss.12")],
    "table_layout": [("Eider", "https://www.site.example/boats/eider.htm")],
    "japanese": [("町の鍛冶屋", "https://www.site.example/local/forge")],
    "arabic": [("مكتبة متنقلة", "https://maktaba.example/box")],
    "paywall": [],
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", sorted(LINKS))
def test_links_are_absolute(name: str, engine: Engine) -> None:
    assert links_in(extract_article(source_of(name), url_of(name), engine=engine)) == LINKS[name]
