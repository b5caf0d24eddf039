from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.record import (
    Enclosure,
    Link,
    LinkKind,
    Provider,
    Record,
    RecordAction,
    Related,
    record_of,
    with_valid_domain,
)
from tests.builders import a_record, a_related

PAGE = "https://who.int/news/first-report"


def kinds(record: Record) -> list[LinkKind]:
    return [link.kind for link in record.links()]


def test_an_unmarked_record_is_on_the_front_page_and_has_no_scores() -> None:
    record = Record(path="a.md", title="A")
    assert record.on_front_page
    assert (record.heat, record.quality, record.moment, record.links(), record.coverage()) == (
        None,
        None,
        None,
        (),
        (),
    )
    assert dict(record.extra) == {}


@pytest.mark.parametrize(
    ("published", "removed", "shown"),
    [(True, False, True), (False, False, False), (True, True, False), (False, True, False)],
)
def test_the_front_page_shows_what_is_published_and_not_removed(
    published: bool, removed: bool, shown: bool
) -> None:
    assert a_record(published=published, removed=removed).on_front_page is shown


@pytest.mark.parametrize(
    ("provider", "label"),
    [
        (Provider("Forbes", "forbes.com"), "forbes.com"),
        (Provider("Forbes"), "Forbes"),
        (Provider(domain="forbes.com"), "forbes.com"),
        (Provider(), ""),
    ],
)
def test_a_provider_goes_by_its_domain_or_else_its_name(provider: Provider, label: str) -> None:
    assert provider.label == label


@pytest.mark.parametrize(
    ("sealed", "size"),
    [
        ("", 0),
        ("AAAA", 3),
        ("AAA=", 2),
        ("AA==;AAAA", 1),
        (";AAAA", 0),
        ("=", 0),
        ("==", 0),
        (" AAAA\nAAA= ;AAAA", 5),
    ],
)
def test_a_sealed_block_has_the_size_of_its_cipher_text(sealed: str, size: int) -> None:
    assert a_record(sealed=sealed).sealed_size == size


@given(st.binary(max_size=100), st.binary(min_size=16, max_size=16))
def test_the_size_of_a_sealed_block_is_that_of_the_bytes_in_it(cipher: bytes, vector: bytes) -> None:
    sealed = f"{base64.b64encode(cipher).decode()};{base64.b64encode(vector).decode()}"
    assert a_record(sealed=sealed).sealed_size == len(cipher)


def test_links_come_in_the_order_of_use_each_url_once() -> None:
    record = a_record(
        original_url=PAGE,
        web_url="https://www.who.int/news/first-report",
        amp_url=PAGE + "/amp",
        cached_amp_url="https://who-int.cdn.ampproject.org/c/s/who.int/news/first-report/amp",
        embed_urls=("https://video.example/embed/1", PAGE),
        actions=(
            RecordAction("https://who.int/a.pdf", "download", "Get it"),
            RecordAction("https://who.int/b", "view"),
        ),
        enclosures=(
            Enclosure("https://who.int/e.mp3", "audio/mpeg", 50_000, 61),
            Enclosure("https://who.int/f"),
        ),
        website="https://who.int/",
        profiles=(Link(LinkKind.WEBSITE, "https://social.example/who", "social @who"),),
    )
    assert [(link.kind, link.label) for link in record.links()] == [
        (LinkKind.ORIGINAL, ""),
        (LinkKind.WEB, ""),
        (LinkKind.AMP, ""),
        (LinkKind.CACHED_AMP, ""),
        (LinkKind.EMBED, ""),
        (LinkKind.ENCLOSURE, "audio/mpeg, 50,000 bytes, 1:01"),
        (LinkKind.ENCLOSURE, ""),
        (LinkKind.ACTION, "Get it"),
        (LinkKind.ACTION, "view"),
        (LinkKind.WEBSITE, ""),
        (LinkKind.WEBSITE, "social @who"),
    ]


def test_an_amp_url_equal_to_the_web_url_is_one_link_in_the_list_and_still_an_amp_link() -> None:
    record = a_record(amp_url=PAGE)
    assert kinds(record) == [LinkKind.ORIGINAL]
    assert record.link(LinkKind.AMP) == Link(LinkKind.AMP, PAGE)


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "file:///etc/passwd", "/assets/a.html", "https://", "https://a.b/\x1b[2J"],
)
def test_what_must_not_be_opened_is_no_link(url: str) -> None:
    record = a_record(original_url=url, web_url=url, amp_url=url, website=url, embed_urls=(url,))
    assert record.links() == ()
    assert record.link(LinkKind.ORIGINAL) is None
    assert record.link(LinkKind.AMP) is None


def test_without_an_original_url_the_web_url_stands_in() -> None:
    record = a_record(original_url="", web_url=PAGE)
    assert record.link(LinkKind.ORIGINAL) == Link(LinkKind.ORIGINAL, PAGE)
    assert kinds(record) == [LinkKind.ORIGINAL]


@pytest.mark.parametrize("kind", [LinkKind.WEBSITE, LinkKind.ACTION, LinkKind.EMBED, LinkKind.BODY])
def test_kinds_of_which_there_may_be_many_are_not_asked_for_alone(kind: LinkKind) -> None:
    assert a_record(website=PAGE, embed_urls=(PAGE,)).link(kind) is None


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.forbes.com/sites/x", "forbes.com"),
        ("https://who.int@evil.example/", "evil.example"),
        ("not a url", ""),
    ],
)
def test_a_link_tells_the_host_that_would_be_visited(url: str, host: str) -> None:
    assert Link(LinkKind.WEB, url).host == host


def test_urls_are_all_addresses_of_the_page_itself() -> None:
    record = a_record(amp_url=PAGE + "/amp", website="https://who.int/", embed_urls=("https://v.example/",))
    assert set(record.urls()) == {PAGE, PAGE + "/amp"}
    assert Record(path="", title="").urls() == ()


@pytest.mark.parametrize(
    "again",
    [
        "https://news.example/guidance",
        "http://www.news.example/guidance/",
        "https://news.example/guidance?utm_source=x&amp;amp=1#top",
        "https://news.example/guidance?outputType=amp",
    ],
)
def test_coverage_names_a_page_once_however_its_url_is_written(again: str) -> None:
    first = a_related()
    assert a_record(related=(first, a_related(title="Again", web_url=again))).coverage() == (first,)


@pytest.mark.parametrize("url", [PAGE, "http://www.who.int/news/first-report/#top", PAGE + "/amp"])
def test_a_record_does_not_cover_itself(url: str) -> None:
    record = a_record(amp_url=PAGE + "/amp", related=(a_related(web_url=url), a_related()))
    assert record.coverage() == (a_related(),)


def test_coverage_without_a_web_url_goes_by_its_amp_url() -> None:
    entries = (a_related(web_url="", amp_url=PAGE), a_related(web_url="", amp_url="https://news.example/amp"))
    assert a_record(related=entries).coverage() == entries[1:]


def test_coverage_without_any_url_goes_by_title_provider_and_moment() -> None:
    bare = a_related(web_url="")
    other_title, other_day = a_related(web_url="", title="B"), a_related(web_url="", moment=None)
    other_source = a_related(web_url="", provider=Provider("C"))
    record = a_record(related=(bare, other_title, bare, other_day, other_source))
    assert record.coverage() == (bare, other_title, other_day, other_source)


def test_fifty_entries_of_coverage_stay_fifty() -> None:
    entries = tuple(a_related(web_url=f"https://news.example/{number}") for number in range(50))
    assert a_record(related=entries).coverage() == entries


@given(
    st.lists(st.sampled_from(["", PAGE, "https://b.example/", "http://b.example", "nonsense"]), max_size=8)
)
def test_coverage_is_a_selection_of_the_related_entries_in_their_order(urls: list[str]) -> None:
    record = a_record(related=tuple(a_related(title=f"{n}", web_url=url) for n, url in enumerate(urls)))
    listed = record.coverage()
    assert set(listed) <= set(record.related)
    assert listed == tuple(entry for entry in record.related if entry in listed)
    assert record._replace(related=listed).coverage() == listed


def test_a_related_entry_makes_a_record_that_keeps_what_it_knows() -> None:
    entry = a_related(excerpt="How to.", amp_url=PAGE + "/amp", images=())
    record = record_of(entry)
    assert (record.path, record.title, record.excerpt) == ("", entry.title, "How to.")
    assert (record.web_url, record.amp_url, record.quality) == (entry.web_url, PAGE + "/amp", 48)
    assert record.related == ()


def test_a_bare_entry_makes_a_record_without_links() -> None:
    assert record_of(Related(title="A")).links() == ()


def test_an_enclosure_tells_type_size_and_duration_as_far_as_known() -> None:
    assert Enclosure("u", "audio/mpeg", 12_345_678, 3_723).label == "audio/mpeg, 12.3 MB, 1:02:03"
    assert Enclosure("u", size=1_500).label == "1,500 bytes"


@pytest.mark.parametrize(
    ("name", "domain", "urls", "expected"),
    [
        ("News", "news.example", ["https://other.example/1"], ("News", "news.example")),
        ("News", "", ["https://other.example/1"], ("News", "")),
        ("a/b", "a/b", ["", "https://news.example:8080/1"], ("news.example:8080", "news.example:8080")),
        ("News", "a/b", ["https://news.example/1"], ("News", "news.example")),
        ("The News", "The News", ["https://news.example/1"], ("The News", "news.example")),
        ("a/b", "a/b", ["", "mailto:a@b.example"], ("a/b", "a/b")),
        ("News", "evil\\?x@good.example", ["https://news.example/1"], ("News", "news.example")),
        ("Zürich", "zürich.example:81", ["https://other.example"], ("Zürich", "zürich.example:81")),
    ],
)
def test_only_what_is_no_domain_is_replaced(
    name: str, domain: str, urls: list[str], expected: tuple[str, str]
) -> None:
    assert with_valid_domain(Provider(name, domain), urls) == Provider(*expected)
