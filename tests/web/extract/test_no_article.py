from __future__ import annotations

import pytest

from newsreader.web.extract import Engine, extract_article

LOGIN = """<html><head><title>Log in | Ledger</title></head><body><main><h1>Welcome back</h1>
<p>Please log in to continue to the page that you have asked for. It takes only a moment, and your place in
the queue is kept for you while you do so. We have sent you a letter if you have forgotten who you are.</p>
<form action="/login">
<label>E-mail <input type="email"></label><input type="password"><button>Log in</button></form>
<p>By logging in you agree to our terms of use and to our rules for the handling of data.</p>
</main></body></html>"""

TEASERS = (
    "<html><head><title>Ledger</title></head><body><main>"
    + "".join(
        f'<article><h2><a href="/{n}">What the council said about matter {n}</a></h2>'
        f"<p>The council has spoken about matter {n}, and it was not of one mind about it.</p></article>"
        for n in range(12)
    )
    + "</main></body></html>"
)
LINKS = "<html><body><ul>" + "".join(f'<li><a href="/{n}">Page {n}, a long name of it</a>' for n in range(60))
CHALLENGE = """<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies
to continue, since this page has to make sure that you are a person and not one of the others who come here
each day in order to read what has been written for persons only, and never for them.</noscript>
<h2>Checking your browser</h2><p>This takes a few seconds.</p></body></html>"""


@pytest.mark.parametrize("engine", [Engine.OWN, Engine.BEST])
@pytest.mark.parametrize(
    "source",
    ["", " \n ", "<html></html>", "\0\0", "<p>Not found.</p>", LOGIN, TEASERS, LINKS, CHALLENGE],
    ids=["nothing", "blank", "empty", "null", "short", "login", "teasers", "links", "challenge"],
)
def test_a_page_without_an_article_returns_none(source: str, engine: Engine) -> None:
    assert extract_article(source, "https://site.example/", engine=engine) is None


def test_a_login_box_does_not_hide_an_article() -> None:
    text = "<p>The mill has been turning since Monday, and the miller is glad of it, as he told us.</p>"
    source = (
        f"<body><form class='login'><input type=password></form><article><h1>Mill</h1>{text * 3}</article>"
    )
    other = "<p>It was repaired by volunteers, who had to learn first how a mill of this kind was built.</p>"

    article = extract_article(source + other, "https://site.example/mill", engine=Engine.OWN)

    assert article is None  # three times the same paragraph says no more than once
    article = extract_article(source.replace("</article>", other), "https://site.example/mill")
    assert article is not None
    assert article.words > 30


@pytest.mark.parametrize("engine", [Engine.OWN, Engine.BEST])
@pytest.mark.parametrize("with_text", [False, True])
def test_an_article_before_linked_headings_is_no_list(engine: Engine, with_text: bool) -> None:
    prose = "The harbour clock was stopped for a year, and nobody could say who had wound it up again. "
    onward = "".join(
        f'<h3><a href="/{n}">Another story, number {n}</a></h3>'
        + ("<p>A few words.</p>" if with_text else "")
        for n in range(3)
    )
    page = (
        "<html><head><title>Clock</title></head><body><div><h1>Clock</h1>"
        f"<p>{prose * 3}</p>"
        f"<p>{prose * 2}</p><p>{prose}</p>{onward}</div></body></html>"
    )
    article = extract_article(page, "https://site.example/clock", engine=engine)
    assert article is not None
    assert "harbour clock" in article.html
