from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.urls import cached_amp_url, canonical_url, host_of, is_openable, page_of, url_key

PAGE = "https://forbes.com/sites/x/2021/06/27/pytorch"

# Pieces that URLs go wrong with, since plain random text is seldom a URL at all.
pieces = st.one_of(
    st.sampled_from(
        ["http://", "HTTPS://", "//", "www.", "a.example", "münchen.de", "[::1]", "@", ":80", ":8080"]
    ),
    st.sampled_from(
        ["/", "?", "#", "&", "&amp;", "amp;", "&#38;", "=", "%2f", "%", ".", " ", "\\", "\n", "\xa0"]
    ),
    st.sampled_from(
        ["utm_source=x", "amp", "amp=1", "fbclid=1", "id=4", "k", "https://b.example/", "é", "&n=1"]
    ),
    st.sampled_from(
        ["\u202e", "\ud800", "\x1b", "\u2100", "\uff0e", "\u3002", "ß", "\u200d", "-", "_", "0", "٣"]
    ),
    st.characters(),
)
urls = st.lists(pieces, max_size=12).map("".join)
web_urls = urls.map(lambda rest: "https://a.example" + rest) | urls.map(lambda rest: "http://" + rest)
any_text = st.one_of(urls, web_urls, st.text())


@pytest.mark.parametrize(
    "url",
    [
        "https://www.who.int/news/item/28-06-2021",
        "http://example.com",
        "HTTPS://Example.COM/",
        "https://example.com:8443/a?b#c",
        "https://example.com:/",
        "https://user:word@example.com/",
        "https://münchen.de/straße",
        "https://my_host.example./",
        "http://127.0.0.1:8000/",
        "http://[2001:db8::1]:8080/",
        "https://web.archive.org/web/2021/https://example.com/?a=(1),$2-5bn!",
        "https://fa.example/نمی\u200cخواهم",
    ],
)
def test_a_web_address_may_be_opened(url: str) -> None:
    assert is_openable(url)


@pytest.mark.parametrize(
    "url",
    [
        *[
            "",
            "example.com",
            "//example.com/",
            "https:example.com",
            "https:/example.com",
            "https://",
            "https:///a",
        ],
        *["https://?q", "https://#x", "https://user@/", "https://:80/", "https://./", "https://-/"],
        *[
            "ftp://example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)//https://example.com",
            "mailto:a@b.c",
        ],
        *[
            "-https://example.com",
            "--help",
            " https://example.com",
            "https://example.com ",
            "https://exa mple.com",
        ],
        *["https://example.com/a b", "https://example.com/\xa0", "https://example.com/\u3000"],
        *[
            "https://example.com/\n",
            "https://example.com/\x00",
            "https://example.com/\x9b31m",
            "https://e.com/\x7f",
        ],
        *["https://example.com\\@evil.example/", "https://example.com/\\", "https://example.com/\ud800"],
        *["https://example.com/\u202e", "https://example.com/\u200b"],
        *["https://example.com:0/", "https://example.com:65536/", "https://example.com:999999999999/"],
        *["https://example.com:8o/", "https://example.com:٨٠/", "https://a:b:c/"],
        *[
            "http://[",
            "http://]",
            "http://[::1",
            "http://[::1]x/",
            "http://[nonsense]/",
            "http://[fe80::1%25eth0]/",
        ],
        *["https://evil%2eexample/", "https://a<b>.example/", "https://a\u2100b.example/", "https://..../"],
        *["https://" + "a" * 254, "https://" + "é" * 100_000 + ".example/"],
    ],
    ids=lambda url: ascii(url)[:60],
)
def test_anything_else_is_never_opened(url: str) -> None:
    assert not is_openable(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Forbes.com/sites/", "forbes.com"),
        ("https://google.com@evil.com/", "evil.com"),
        ("https://google.com:secret@a@evil.com:443/", "evil.com"),
        ("https://evil.com\\@google.com/", "evil.com"),
        ("http://example.com:80/", "example.com"),
        ("http://example.com:443/", "example.com:443"),
        ("https://example.com:08443/", "example.com:8443"),
        ("https://www.www.example.com./", "example.com"),
        ("https://www.com/", "www.com"),
        ("  //example.com/a", "example.com"),
        ("ftp://example.com/a", "example.com"),
        ("https://[2001:DB8:0::1]:8080/", "[2001:db8::1]:8080"),
        ("https://münchen.de/", "xn--mnchen-3ya.de"),
        ("https://faß.de/", "xn--fa-hia.de"),
        ("https://аррӏе.com/", "xn--80ak6aa92e.com"),
        ("https://ｅｖｉｌ。com/", "evil.com"),
        ("https://ex\xadample.com/", "example.com"),
        ("https://evil\u202e.com/", "evil%E2%80%AE.com"),
        ("https://a b\x1b[31m.com/", "a%20b%1B[31m.com"),
        ("https://[nonsense]/", "[nonsense]"),
        ("https://\ud800/", "%ED%A0%80"),
        ("https:///path", ""),
        ("example.com", ""),
        ("mailto:a@b.c", ""),
        ("", ""),
    ],
)
def test_the_host_that_a_person_is_shown(url: str, host: str) -> None:
    assert host_of(url) == host


@given(any_text)
def test_a_shown_host_is_printable_ascii(url: str) -> None:
    host = host_of(url)
    assert host.isascii()
    assert host.isprintable()
    assert " " not in host


@given(any_text)
def test_what_may_be_opened_has_a_host_and_nothing_hidden(url: str) -> None:
    if is_openable(url):
        assert url.lower().startswith(("http://", "https://"))
        assert host_of(url)
        assert not any(char.isspace() or char < " " or "\ud800" <= char <= "\udfff" for char in url)
        assert "\\" not in url


@pytest.mark.parametrize(
    "url",
    [
        "http://forbes.com/sites/x/2021/06/27/pytorch",
        "https://www.forbes.com/sites/x/2021/06/27/pytorch/",
        "HTTPS://WWW.Forbes.COM./sites/x/2021/06/27/pytorch//",
        "https://forbes.com:443/sites/x/2021/06/27/pytorch",
        "http://forbes.com:80/sites/x/2021/06/27/pytorch",
        "https://reader@forbes.com/sites/x/2021/06/27/pytorch",
        "  https://forbes.com/sites/x/2021/06/27/pytorch \n",
        "https://forbes.com/sites/x/2021/06/27/pytorch#comments",
        "https://forbes.com/sites/x/2021/06/27/pytorch/ #comments",
        "https://forbes.com/sites/x/2021/06/27/pytorch?",
        "https://forbes.com/sites/x/2021/06/27/pytorch?&&",
        "https://forbes.com/sites/x/2021/06/27/pytorch?amp",
        "https://forbes.com/sites/x/2021/06/27/pytorch/?amp=1",
        "https://forbes.com/sites/x/2021/06/27/pytorch?AMP=true",
        "https://forbes.com/sites/x/2021/06/27/pytorch?outputType=amp",
        "https://forbes.com/sites/x/2021/06/27/pytorch?amp_js_v=0.1&usqp=mq331AQHKAFQArABIA%3D%3D",
        "https://forbes.com/sites/x/2021/06/27/pytorch?utm_source=rss&utm_medium=feed&UTM_Campaign=y",
        "https://forbes.com/sites/x/2021/06/27/pytorch?fbclid=1&gclid=2&mc_cid=3&mc_eid=4&msclkid=5",
        "https://forbes.com/sites/x/2021/06/27/pytorch?utm_source=rss&amp;utm_medium=feed",
        "https://forbes.com/sites/x/2021/06/27/pytorch?amp;utm_medium=feed&#38;amp",
        "https://forbes.com/sites/x/2021/06/27/pytorch&utm_source=rss",
        "https://forbes.com/sites/x/2021/06/27/pytorch/&amp;amp;utm_source=rss?amp",
    ],
)
def test_spellings_of_one_page_fold_together(url: str) -> None:
    assert canonical_url(url) == PAGE
    assert url_key(url) == url_key(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://forbes.com/sites/x/2021/06/27/pytorch/amp",
        "https://forbes.com/sites/x/2021/06/27/pytorch?amp=0",
        "https://forbes.com/sites/x/2021/06/27/pytorch?id=1",
        "https://forbes.com/sites/x/2021/06/27/PyTorch",
        "https://amp.forbes.com/sites/x/2021/06/27/pytorch",
        "https://forbes.com:8443/sites/x/2021/06/27/pytorch",
        "https://forbes.com/sites//x/2021/06/27/pytorch",
    ],
)
def test_another_page_stays_another(url: str) -> None:
    assert canonical_url(url) == url
    assert url_key(url) != url_key(PAGE)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.com/", "https://example.com"),
        ("https://example.com?b=2&utm_source=x&a=1&", "https://example.com?b=2&a=1"),
        ("https://example.com/a&amp;b", "https://example.com/a&b"),
        ("https://digitimes.com/a.html&chid=9", "https://digitimes.com/a.html?chid=9"),
        ("https://digitimes.com/a.html&amp;chid=9?b=1", "https://digitimes.com/a.html?chid=9&b=1"),
        ("https://theguardian.com/b?amp;fs=e&amp;s=cl", "https://theguardian.com/b?fs=e&s=cl"),
        ("https://example.com/R&D/AT&T", "https://example.com/R&D/AT&T"),
        ("https://example.com/%2f%c3%A9%zz", "https://example.com/%2F%C3%A9%zz"),
        ("https://example.com/é?q=ü", "https://example.com/%C3%A9?q=%C3%BC"),
        ("https://example.com/a b\xa0c?q=d e", "https://example.com/a%20b%C2%A0c?q=d%20e"),
        ("https://www.münchen.de/", "https://xn--mnchen-3ya.de"),
        ("http://example.com/raises-$2-5bn!(a),b:c", "https://example.com/raises-$2-5bn!(a),b:c"),
        (
            "https://b.com/web/https://www.c.com/d/?e=https://f.com/",
            "https://b.com/web/https://www.c.com/d?e=https://f.com/",
        ),
        ("https://example.com/?a=1?b", "https://example.com?a=1?b"),
    ],
)
def test_the_rest_of_an_address_is_kept(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "  ",
        "example.com",
        "ftp://a.b/",
        "https://",
        "http://[",
        "https://a.b/\\",
        "https://a.b/\x00",
        "https://a.b/\ud800",
        "https://a b/",
    ],
    ids=ascii,
)
def test_what_cannot_be_opened_names_no_page(url: str) -> None:
    assert canonical_url(url) == ""
    assert url_key(url) is None


@given(any_text)
def test_folding_twice_is_folding_once(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical


@given(any_text)
def test_a_folded_address_may_be_opened_and_leads_to_the_same_host(url: str) -> None:
    canonical = canonical_url(url)
    if is_openable(url):
        assert canonical
    if canonical:
        assert canonical.isascii()
        assert is_openable(canonical)
        assert host_of(canonical) == host_of(url.strip()).removesuffix(":80").removesuffix(":443")


@given(web_urls)
def test_a_key_fits_a_signed_64_bit_column(url: str) -> None:
    key = url_key(url)
    assert key is None or -(2**63) <= key < 2**63


def test_a_key_stays_the_same_between_releases() -> None:
    assert url_key("https://forbes.com/a") == 7_658_109_116_460_374_869


@pytest.mark.parametrize(
    ("amp", "cached"),
    [
        (
            "https://www.forbes.com/sites/x/amp/",
            "https://www-forbes-com.cdn.ampproject.org/c/s/www.forbes.com/sites/x/amp/",
        ),
        (
            " http://amp.example.com/a?b=1",
            "https://amp-example-com.cdn.ampproject.org/c/s/amp.example.com/a?b=1",
        ),
        ("https://Example.com/a", "https://example-com.cdn.ampproject.org/c/s/Example.com/a"),
        ("https://my-site.com/a", "https://my--site-com.cdn.ampproject.org/c/s/my-site.com/a"),
        (
            "https://a-com.cdn.ampproject.org/c/s/a.com/b",
            "https://a-com.cdn.ampproject.org/c/s/a.com/b",
        ),
        ("https://example.com:8443/a", ""),
        ("https://user@example.com/a", ""),
        ("https://münchen.de/a", ""),
        ("https://" + "a" * 60 + ".example.com/", ""),
        ("https://exa mple.com/", ""),
        ("not a url", ""),
    ],
)
def test_the_address_of_a_page_in_the_amp_cache(amp: str, cached: str) -> None:
    assert cached_amp_url(amp) == cached


@given(any_text)
def test_an_address_in_the_amp_cache_may_be_opened(url: str) -> None:
    cached = cached_amp_url(url)
    assert cached == "" or is_openable(cached)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://news.example", ""),
        ("https://news.example/", ""),
        ("https://news.example/a/b/?id=1#top", "/a/b?id=1"),
        ("https://news.example/é", "/%C3%A9"),
        ("mailto:a@news.example", ""),
    ],
)
def test_the_page_of_a_url_is_its_path_and_query(url: str, page: str) -> None:
    assert page_of(url) == page
