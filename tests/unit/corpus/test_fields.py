from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.document import Document
from newsreader.corpus.fields import FIELDS, LIST_LIMIT, PROFILES, build_record
from newsreader.corpus.frontmatter import read_document
from newsreader.domain.checks.problem import Defect
from newsreader.domain.dates import Moment
from newsreader.domain.record import (
    Enclosure,
    Image,
    Link,
    LinkKind,
    Provider,
    Rating,
    Record,
    RecordAction,
    Related,
)
from tests.builders import a_front_matter, a_record

PATH = "_news/2021-06-28-first-report.md"
JUNE = Moment(1_624_774_140, day_only=False)
"""27 June 2021, 06:09 UTC."""


def build(**values: Any) -> tuple[Record, list[Defect]]:
    """The record of a document with a title and these values, each on a line of its own from 2 on."""
    document = Document({"title": "A"} | values, "", (), {key: line for line, key in enumerate(values, 2)})
    record, defects = build_record(document, PATH)
    return record, list(defects)


def field(attribute: str, **values: Any) -> Any:
    """One attribute of a record without defects."""
    record, defects = build(**values)
    assert defects == []
    return getattr(record, attribute)


def read(text: str) -> tuple[Record, list[Defect]]:
    """The record of a file and everything that is wrong with it."""
    document = read_document(text.encode())
    assert document is not None
    record, defects = build_record(document, PATH)
    return record, [*document.defects, *defects]


def strings(value: object) -> Iterator[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from strings([*value.keys(), *value.values()])
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from strings(inner)


def test_a_record_with_scores_is_read() -> None:
    assert read(a_front_matter()) == (a_record(), [])


def test_a_record_without_scores_is_read_and_its_scores_are_unknown() -> None:
    text = a_front_matter(quality=None, heat=None, published=None)
    assert read(text) == (a_record(quality=None, heat=None, published=True), [])


def test_a_follower_is_read() -> None:
    record, defects = read(a_front_matter(heat=-1, published=False, related=[{"title": "B", "quality": 7}]))
    assert record == a_record(heat=-1, published=False, related=(Related("B", quality=7),))
    assert defects == []


def test_every_address_of_a_record_is_read() -> None:
    cached = "https://who-int.cdn.ampproject.org/c/s/who.int/amp"
    record, _ = read(a_front_matter(ampWebUrl="https://who.int/amp", cdnAmpWebUrl=cached, webUrl=None))
    assert record == a_record(web_url="", amp_url="https://who.int/amp", cached_amp_url=cached)


def test_a_record_of_another_kind_is_read() -> None:
    record, defects = build(
        name="April",
        title=None,
        bio="Writes.",
        location="Oslo",
        type="profile",
        members=1_200,
        website="https://april.example",
        twitter={"username": "april", "url": "https://social.example/april", "followers": 16_314},
        linkedin={"url": "https://work.example/april"},
        github={"url": ""},
        facebook="april",
        price="Free",
        length="PT15M",
        levels=["Beginner", "Intermediate"],
        ratings={"count": 455, "average": 4.6483517},
        items=["courses/a", "courses/b"],
        enclosures=[
            {"url": "https://x.example/a.mp3", "type": "audio/mpeg", "size": 7, "duration": -1},
            {"url": "x", "size": "7"},
        ],
        actions=[{"url": "https://x.example/a.zip", "type": "download", "title": "Get it"}],
    )
    assert defects == []
    assert (record.title, record.bio, record.location, record.members) == ("April", "Writes.", "Oslo", 1_200)
    assert record.profiles == (
        Link(LinkKind.WEBSITE, "https://social.example/april", "twitter @april, 16,314 followers"),
        Link(LinkKind.WEBSITE, "https://work.example/april", "linkedin"),
    )
    assert (record.price, record.length, record.levels) == ("Free", "PT15M", ("Beginner", "Intermediate"))
    assert (record.rating, record.items) == (Rating(4.6483517, 455), ("courses/a", "courses/b"))
    assert record.enclosures == (Enclosure("https://x.example/a.mp3", "audio/mpeg", 7, 0), Enclosure("x"))
    assert record.actions == (RecordAction("https://x.example/a.zip", "download", "Get it"),)
    assert record.website == "https://april.example"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        *[("2021-06-27T06:09:00Z", JUNE), ("2021-06-26T23:09:00-07:00", JUNE)],
        *[("2021-06-27 06:09:00 +0000", JUNE), ('"2021-06-27T06:09:00Z"', JUNE)],
        ("!!timestamp 2021-06-27T06:09:00Z", JUNE),
        ("2021-06-27", Moment(1_624_752_000, day_only=True)),
        ("2021-06-27T00:00:00Z", Moment(1_624_752_000, day_only=True)),
        ("2021-27-06", Moment(1_624_752_000, day_only=True)),
    ],
)
def test_every_form_of_a_date_is_read(written: str, moment: Moment) -> None:
    record, defects = read(f"---\ntitle: A\npublishedDateTime: {written}\n---\n")
    assert (record.moment, defects) == (moment, [])


@pytest.mark.parametrize(
    "written",
    ["2021-02-30", "2021-13-45T25:61:61Z", "tomorrow", '""', "true", "[2021]", "{a: b}", "1021", "9" * 400],
)
def test_what_is_no_date_leaves_a_record_undated_and_is_a_defect_on_its_line(written: str) -> None:
    record, defects = read(f"---\ntitle: A\npublishedDateTime: {written}\ntype: video\n---\n")
    assert (record.moment, record.type) == (None, "video")
    assert [defect.line for defect in defects] == [3]
    assert defects[0].reason.startswith("publishedDateTime: a date is needed, found “")


def test_a_missing_date_is_no_defect() -> None:
    assert field("moment", publishedDateTime=None) is None


@pytest.mark.parametrize("title", [None, "", "<b></b>", "&#8238;"])
def test_without_a_title_the_file_name_is_shown_and_that_is_a_defect(title: str | None) -> None:
    record, defects = build(title=title)
    assert record.title == "2021-06-28-first-report.md"
    assert [(defect.line, defect.reason[:8]) for defect in defects] == [(0, "no title")]


def test_a_title_that_could_not_be_read_is_not_reported_twice() -> None:
    record, defects = read("---\nheadings: [never closed\n---\n")
    assert record.title == "2021-06-28-first-report.md"
    assert len(defects) == 1
    assert "no title" not in defects[0].reason


def test_a_title_comes_before_a_name() -> None:
    assert field("title", name="Name") == "A"


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        *[("_news/a.md", "news"), ("_archive/_news/a.md", "news"), ("_learning/courses/a.md", "learning")],
        *[("notes/deep/a.md", "notes"), ("a.md", "")],
    ],
)
@pytest.mark.parametrize("given_category", [None, ""])
def test_without_a_category_the_folder_tells_it(given_category: str | None, path: str, folder: str) -> None:
    record, _ = build_record(Document({"title": "A", "category": given_category}, ""), path)
    assert record.category == folder


@pytest.mark.parametrize("written", [None, ""])
def test_without_a_type_a_record_is_an_article(written: str | None) -> None:
    assert field("type", type=written) == "article"


@pytest.mark.parametrize(
    "text",
    [
        *['“Curly” and "straight" ‘quotes’ it\'s', "Intel® Core™", "ends in a comma,", "ends in a colon:"],
        *["x" * 149 + "…", "[brackets] [/] [bold red]", "Subscribe to read | FT", "a < b and 3 > 2", "C<T>"],
    ],
)
@pytest.mark.parametrize("key", ["title", "excerpt"])
def test_titles_and_excerpts_are_kept_as_they_are(key: str, text: str) -> None:
    assert field(key, **{key: text}) == text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("two&nbsp; spaces", "two spaces"),
        ("line\nbreak", "line break"),
        ("<p>Stray <b>HTML</b> &amp; entities<br/>here</p>", "Stray HTML & entities here"),
        (2021, "2021"),
        (1.5, "1.5"),
        (True, "true"),
        (False, "false"),
    ],
)
@pytest.mark.parametrize("key", ["title", "excerpt"])
def test_titles_and_excerpts_become_one_line_of_plain_text(key: str, written: object, shown: str) -> None:
    assert field(key, **{key: written}) == shown


@pytest.mark.parametrize("key", ["title", "excerpt", "type", "price", "webUrl", "bio"])
def test_endless_text_is_cut(key: str) -> None:
    record, _ = build(**{key: "x" * 100_000})
    assert all(len(text) <= 8_000 for text in strings(record[1:]))


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/$a!b:c(d),e",
        "https://a.example/münchen",
        "https://web.example/https://b.example/?u=http://c.example",
        "http://a.example/" + "long/" * 100,
        *["https://a.example/s/amp", "https://a.example/s/amp/", "https://a.example/s.amp"],
        *["https://a.example/s.amp.html", "https://a.example/s?amp", "https://a.example/s?amp=1"],
        *["https://a.example/s?outputType=amp", "https://a.example/lite/s", "https://amp.a.example/s"],
        "https://m.a.example/s",
    ],
)
@pytest.mark.parametrize("trail", ["", " "])
def test_a_url_is_kept_as_it_is_without_the_space_around_it(url: str, trail: str) -> None:
    record, defects = build(ampWebUrl=url + trail, webUrl=trail + url, website=url)
    assert (record.amp_url, record.web_url, record.website, defects) == (url, url, url, [])
    assert record.link(LinkKind.AMP) == Link(LinkKind.AMP, url)


def test_a_line_break_in_a_url_stays_out_of_one_line_fields() -> None:
    record, _ = build(webUrl="https://a.example/\nb", related=[{"webUrl": "https://a.example/\nb"}])
    assert not any("\n" in text for text in strings(record))


@pytest.mark.parametrize(
    ("written", "provider"),
    [
        ({"name": "com/2021/07/23/tech/index.html", "domain": "com/2021/07/23/tech/index.html"},) * 2,
        ({"name": "조선일보", "domain": "www.chosun.com"},) * 2,
        ({"name": "AT&T's Blog", "domain": "att.com"},) * 2,
        ({"name": "Forbes"}, {"name": "Forbes"}),
        ("Forbes", {"name": "Forbes"}),
        ({"name": ["x"], "domain": {}, "images": 7, "authors": "x"}, {}),
        ({"authors": [{"name": "Ann"}, {"name": ""}, "Bob", {"url": "x"}]}, {"authors": ("Ann",)}),
        ({"authors": None, "images": None}, {}),
    ],
)
def test_odd_providers_are_read(written: object, provider: dict[str, Any]) -> None:
    assert field("provider", provider=written) == Provider(**provider)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (["AI", "Chips", "AI"], ("AI", "Chips")),
        ("AI", ("AI",)),
        (["AI", None, "", ["x"], {"a": "b"}, 7, True], ("AI", "7", "true")),
        ([], ()),
    ],
)
def test_topics_are_names_each_of_them_once(written: object, names: tuple[str, ...]) -> None:
    assert field("topics", topics=written) == names


def test_fifty_related_entries_are_read_and_an_endless_list_is_cut() -> None:
    entries = [{"title": f"{number}", "webUrl": f"https://a.example/{number}"} for number in range(50)]
    assert len(field("related", related=entries)) == 50
    assert len(field("related", related=entries * 100)) == LIST_LIMIT


@pytest.mark.parametrize(
    ("entry", "title", "url"),
    [
        ({"title": "<b>B</b>", "webUrl": "https://b.example"}, "B", "https://b.example"),
        ({"webUrl": "https://b.example"}, "https://b.example", "https://b.example"),
        ({"originalUrl": "https://b.example"}, "untitled", "https://b.example"),
        ({"title": ["x"], "publishedDateTime": "never", "quality": "high", "provider": 7}, "untitled", ""),
    ],
)
def test_a_related_entry_is_read_as_far_as_it_goes(entry: dict[str, Any], title: str, url: str) -> None:
    (related,) = field("related", related=[entry, "no map"])
    assert (related.title, related.web_url, related.moment, related.quality) == (title, url, None, None)
    assert (related.type, related.provider) == ("article", Provider())


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<iframe width="560" src="https://v.example/1?a&amp;b" allow="x">', ("https://v.example/1?a&b",)),
        ("<iframe SRC=//v.example/2></iframe><img src='/a.png'>", ("https://v.example/2", "/a.png")),
        ('<iframe data-src="https://v.example/3">', ()),
        ("no html", ()),
        (7, ()),
    ],
)
def test_an_embed_gives_the_addresses_in_it(html: object, urls: tuple[str, ...]) -> None:
    record, defects = build(featuredContent=html)
    assert (record.embed_urls, defects) == (urls, [])


def test_a_sealed_block_is_kept_as_it_is() -> None:
    sealed = "A+/b" * 20 + "AA==;" + "Ab+/" * 5 + "eHh4eA=="
    record, defects = build(secured=sealed)
    assert (record.sealed, record.sealed_size, defects) == (sealed, 61, [])
    assert [text for text in strings(record) if "A+/b" in text] == [sealed]


def test_unknown_keys_are_kept_and_known_ones_are_not_among_them() -> None:
    record, defects = build(content="<p>mail</p>", tags=["a"], affiliation={"name": "B"}, twitter={}, heat=1)
    assert defects == []
    assert record.extra == {"content": "<p>mail</p>", "tags": ["a"], "affiliation": {"name": "B"}}


@pytest.mark.parametrize(
    ("key", "written", "found"),
    [
        *[("quality", "121", 121), ("quality", 12.9, 12), ("heat", "-1", -1), ("heat", 10**17, 10**9)],
        *[("published", "False", False), ("published", 0, False), ("removed", "yes", True)],
        *[("removed", "1", True), ("price", 12.5, "12.5"), ("levels", "Beginner", ("Beginner",))],
    ],
)
def test_a_value_that_can_be_read_another_way_is_read(key: str, written: object, found: object) -> None:
    assert field(key, **{key: written}) == found


WRONG: dict[str, tuple[object, ...]] = {
    "quality heat members": (True, "many", "", [1], {"a": 1}, "inf", "nan", "1e999"),
    "published removed": ("maybe", "", [True], {"a": 1}, 2),
    "images related actions": ("text", 7, True),
    "topics levels items": ({"a": "b"},),
    "provider": (7, True, ["x"]),
    "ratings": (7, "good", ["x"], *({"average": average} for average in ("good", [1], "nan", "-inf"))),
    "title name category type excerpt bio price length secured": (["x"], {"a": "b"}),
    "webUrl originalUrl ampWebUrl cdnAmpWebUrl website": (["x"], {"a": "b"}),
}
MISFITS = [(key, wrong) for names, values in WRONG.items() for key in names.split() for wrong in values]


@pytest.mark.parametrize(("key", "wrong"), MISFITS)
def test_a_value_of_the_wrong_type_is_a_defect_on_its_line_and_counts_as_missing(
    key: str, wrong: object
) -> None:
    record, defects = build(location="Oslo", **{key: wrong})
    reported = [defect for defect in defects if defect.reason.startswith(f"{key}: ")]
    assert [defect.line for defect in reported] == [3]
    assert "found “" in reported[0].reason
    missing, _ = build(location="Oslo", **{key: None})
    assert record == missing


def test_an_embed_of_the_wrong_type_is_one_defect() -> None:
    record, defects = build(featuredContent=["x"])
    assert (record.embed_urls, len(defects)) == ((), 1)


def test_a_single_map_stands_for_a_list_of_one() -> None:
    assert field("images", images={"url": "a.jpg", "width": "wide"}) == (Image("a.jpg"),)


def test_a_rating_without_numbers_counts_nothing() -> None:
    assert field("rating", ratings={}) == Rating(0.0, 0)
    assert field("rating", ratings={"average": None, "count": "x"}) == Rating(0.0, 0)


HOSTILE = "a\x1b]52;c;aGk=\x07b\x9b31mc\u202ed\x00e\u2066f\r\ng\u2028h"
ESCAPED = '"a\\e]52;c;aGk=\\ab\\x9b31mc\\u202ed\\0e\\u2066f\\r\\ng\\Lh"'
INNER = ("name", "domain", "title", "excerpt", "webUrl", "url", "type", "attribution", "username")


@pytest.mark.parametrize("written", [HOSTILE.replace("\r\n", " "), ESCAPED])
@pytest.mark.parametrize("shape", ["{0}", "[{0}]", "{{{1}}}", "[{{{1}}}]", "{{{0}: [{{k: {0}}}]}}"])
def test_no_control_character_gets_into_any_field(written: str, shape: str) -> None:
    inner = ", ".join(f"{key}: {written}" for key in INNER)
    authors = f", authors: [{{{inner}}}], images: [{{{inner}}}]"
    value = shape.format(written, inner + authors)
    keys = dict.fromkeys([*(entry.key for entry in FIELDS), *PROFILES, "unknown", "content"])
    text = "".join(f"{key}: {value}\n" for key in keys) + f"{written}: {written}\n"
    record, defects = read(f"---\n{text}---\n{HOSTILE}")
    assert not any("YAML" in defect.reason for defect in defects)
    lines = record._replace(body="", sealed="", extra={})
    assert not any(category(mark) in ("Cc", "Cf", "Zl", "Zp") for found in strings(lines) for mark in found)
    assert not any(category(mark) in ("Cc", "Cf") for text in strings(tuple(defects)) for mark in text)
    for found in strings(record):
        assert not any(category(mark) in ("Cc", "Cf", "Zl") for mark in found if mark != "\n")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from([*(entry.key for entry in FIELDS), *PROFILES, "unknown"])


@given(st.dictionaries(keys, json_values))
def test_values_of_any_type_make_a_record(values: dict[str, Any]) -> None:
    record, defects = build_record(Document(values, ""), PATH)
    assert record.title
    assert record.type
    assert all(defect.reason for defect in defects)
    assert all(link.host for link in record.links())
    record.coverage()


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://a.example/ent?a=1&amp;b=2", "https://a.example/ent?a=1&b=2"),
        ("https://a.example/a b", "https://a.example/a%20b"),
        ("https://a b.example/c", "https://a b.example/c"),
        ("not an address", "not an address"),
    ],
)
def test_addresses_with_entities_and_blanks_can_be_opened(written: str, url: str) -> None:
    record = build_record(Document({"title": "A", "originalUrl": written}, ""), "a.md")[0]
    assert record.original_url == url


def test_what_is_no_domain_is_replaced_by_the_host_of_the_link() -> None:
    path = "com/2021/07/23/tech/story/index.html"
    url = "https://www.cnn.com/2021/07/23/tech/story/index.html"
    given = {"provider": {"name": path, "domain": path, "authors": [{"name": "Ann"}]}, "webUrl": url}
    record, defects = build(related=[{"title": "B", **given}], **given)
    assert record.provider == Provider("cnn.com", "cnn.com", authors=("Ann",))
    assert record.related[0].provider == Provider("cnn.com", "cnn.com", authors=("Ann",))
    assert defects == []
