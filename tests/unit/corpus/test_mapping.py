"""Single keys and paths of other programs, and what a record says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from newsreader.corpus.file_reader import ReadFile, read_file
from newsreader.corpus.mapping.addresses import picture_path
from newsreader.corpus.mapping.detection import detect
from newsreader.corpus.mapping.paths import facts_of, words_of
from newsreader.corpus.mapping.values import authors_of, image_of, link_of, names_of, text_of
from newsreader.domain.body_facts import first_heading, first_image, first_paragraph
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.dates import iso
from newsreader.domain.record import Record
from tests.builders import a_corpus


def read(
    tmp_path: Path, path: str = "a-post.md", body: str = "Text.", files: Any = None, **keys: Any
) -> Record:
    """The record of a file with these keys, in a corpus with these other files."""
    content = f"---\n{yaml.safe_dump(keys, allow_unicode=True) if keys else ''}---\n{body}\n"
    root = a_corpus(tmp_path, {path: content, **(files or {})})
    record = read_file(root, path.encode()).record
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("a, b,a", ["a", "b"]),
        ("[[a]], [[x|b]]", ["a", "b"]),
        (["#a", {"name": "b"}, {"x": 1}, None, 3], ["a", "b", "3"]),
        ({"first": "a", "second": "b"}, ["a", "b"]),
        ({"name": "a"}, ["a"]),
        (7, ["7"]),
        ("", None),
        (True, None),
    ],
)
def test_names_are_read_from_text_lists_and_maps(value: object, names: list[str] | None) -> None:
    assert names_of(value) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee, Bo Ray and Cy Day", ["Ann Lee", "Bo Ray", "Cy Day"]),
        ("Lee, Ann", ["Lee, Ann"]),
        ("Ann Lee; Bo Ray & Cy Day", ["Ann Lee", "Bo Ray", "Cy Day"]),
        ("[Ann Lee](https://a.example)", ["Ann Lee"]),
        (["[[Ann Lee]]", {"name": "Bo Ray"}], ["Ann Lee", "Bo Ray"]),
        ({"name": "Ann Lee", "url": "x"}, ["Ann Lee"]),
        ([], None),
    ],
)
def test_authors_are_read_in_every_form(value: object, names: list[str] | None) -> None:
    assert authors_of(value) == names


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&b=2"),
        ("[words](https://a.example/(x))", "https://a.example/(x)"),
        ("<https://a.example/>", "https://a.example/"),
        ({"title": "x", "url": "https://a.example/"}, "https://a.example/"),
        ([1, "https://a.example/"], "https://a.example/"),
        ("/about/", None),
        ("file:///etc/passwd", None),
        ({}, None),
        (3, None),
    ],
)
def test_only_addresses_that_can_be_opened_are_links(value: object, url: str | None) -> None:
    assert link_of(value) == url


@pytest.mark.parametrize(
    ("value", "image"),
    [
        ("a.png", {"url": "a.png"}),
        ("![[a b.png]]", {"url": "a b.png"}),
        ("![x](a.png)", {"url": "a.png"}),
        ({"src": "a.png", "alt": "A"}, {"url": "a.png", "title": "A"}),
        ({"og": {"url": "a.png"}}, {"url": "a.png"}),
        ({"alt": "A"}, None),
        (["a.png", "b.png"], {"url": "a.png"}),
        ("two words", None),
        (3, None),
    ],
)
def test_pictures_are_read_in_every_form(value: object, image: object) -> None:
    assert image_of(value) == image


def test_numbers_are_text_and_truth_is_none() -> None:
    assert (text_of(3), text_of(True), text_of([])) == ("3", None, None)


@pytest.mark.parametrize(
    ("path", "slug", "day"),
    [
        ("2021-05-06-a-day.md", "a-day", "2021-05-06"),
        ("2021_05_06.md", "2021_05_06", "2021-05-06"),
        ("20210506-a.md", "a", "2021-05-06"),
        ("2021-13-45-a.md", "2021-13-45-a", ""),
        ("2014/09/15/a.md", "a", "2014-09-15"),
        ("posts/2014/09/a.md", "a", "2014-09-01"),
        ("2021-05-06-a/index.md", "a", "2021-05-06"),
        ("2021-05-06/a.md", "a", "2021-05-06"),
        ("20219999.md", "20219999", ""),
        ("a.md", "a", ""),
        ("noext", "noext", ""),
    ],
)
def test_a_path_tells_day_and_slug(path: str, slug: str, day: str) -> None:
    facts = facts_of(path)
    assert (facts.slug, facts.day) == (slug, day)


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("a-short_story", "A short story"),
        ("2021_05_06", "2021_05_06"),
        ("Own words", "Own words"),
        ("--", "--"),
    ],
)
def test_the_words_of_a_slug(slug: str, words: str) -> None:
    assert words_of(slug) == words


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("# A *title* #\n\nText", "A title", "Text"),
        ("A title\n=======\n\nText", "A title", "Text"),
        ("Text first.\n\n# Late\n\nMore", "Late", "Text first.\n\n# Late\n\nMore"),
        ("Text first.\n\n## Section\n", None, ""),
        ("```\n# code\n```\n\nText", None, ""),
        ("<h1 class='x'>A &amp; B</h1><p>x</p>", "A & B", "<h1 class='x'>A &amp; B</h1><p>x</p>"),
        ("<h1></h1>", None, ""),
        ("# ![](a.png)\n", None, ""),
        ("import A from 'a'\n\n# A {#id}\n\nText", "A", "import A from 'a'\n\n\n\nText"),
    ],
)
def test_the_first_heading_is_a_title(body: str, title: str | None, rest: str) -> None:
    found = first_heading(body)
    assert (found and found.text) == title
    assert found is None or found.body == rest


@pytest.mark.parametrize(
    ("body", "paragraph"),
    [
        (
            "# H\n\n![alone](a.png)\n\nThe **first** [words](x) of it, `code` too.\n",
            "The first words of it, code too.",
        ),
        (
            "> quoted words stand above\n\n| a | b |\n\nShort.\n\nLong enough to be the excerpt.\n",
            "Long enough to be the excerpt.",
        ),
        ("Short.\n", "Short."),
        ("- only a list of\n- two entries\n", "only a list of two entries"),
        (
            "{% include x %}\n\n{{< youtube x >}}\n\n<!-- no -->\nWords after all that noise.\n",
            "Words after all that noise.",
        ),
        ("<p>Hi</p><p>Words of a paragraph in HTML.</p>", "Words of a paragraph in HTML."),
        ("<p>Hi</p>", "Hi"),
        ("", ""),
    ],
)
def test_the_first_paragraph_is_running_text(body: str, paragraph: str) -> None:
    assert first_paragraph(body) == paragraph


def test_the_first_picture_of_any_kind_counts() -> None:
    assert first_image("![[a.png]] ![x](b.png)") == "a.png"
    assert first_image('<img alt="" src="b.png?a&amp;b">') == "b.png?a&b"
    assert first_image("text") == ""


@pytest.mark.parametrize(
    "keys",
    [
        *[
            {"draft": True},
            {"publish": False},
            {"published": False},
            {"unlisted": "true"},
            {"layout": "page"},
        ],
        *[{"permalink": False}, {"ignore": True}, {"status": "Draft"}, {"type": "page"}, {"layout": 404}],
    ],
)
def test_what_is_not_published_is_not_on_the_front_page(tmp_path: Path, keys: dict[str, Any]) -> None:
    assert not read(tmp_path, title="A", **keys).on_front_page


def test_a_dated_record_with_the_layout_of_a_page_is_on_the_front_page(tmp_path: Path) -> None:
    assert read(tmp_path, title="A", date="2021-05-06", layout="default").on_front_page


def test_a_day_to_come_is_hidden_where_the_program_hides_it(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    day = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
    assert read(tmp_path / "plain", date=day).on_front_page
    assert not read(tmp_path / "hugo", date=day, files={"hugo.toml": ""}).on_front_page


@pytest.mark.parametrize(
    ("keys", "name", "domain"),
    [
        ({"provider": "The Times"}, "The Times", ""),
        ({"provider": {"name": "The Times", "domain": "t.example"}}, "The Times", "t.example"),
        ({"publisher": "P", "url": "https://p.example/x"}, "P", "p.example"),
        ({"source": "https://p.example/x"}, "", "p.example"),
        ({"source": "a/b"}, "", ""),
    ],
)
def test_the_provider_is_named_or_the_host_of_the_link(
    tmp_path: Path, keys: dict[str, Any], name: str, domain: str
) -> None:
    provider = read(tmp_path, title="A", **keys).provider
    assert (provider.name, provider.domain) == (name, domain)


def test_native_keys_win_over_all_others(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        title="A",
        publishedDateTime="2021-05-06",
        date="2001-01-01",
        topics=["own"],
        tags=["x"],
        description="D",
        excerpt="E",
        images=[{"url": "https://a.example/a.png"}],
        image="https://a.example/b.png",
        provider={"name": "N"},
        author="Ann Lee",
        body="# B\n\nBody.",
    )
    assert record.moment is not None
    assert (iso(record.moment)[:10], record.topics, record.excerpt) == ("2021-05-06", ("own",), "E")
    assert record.images[0].url == "https://a.example/a.png"
    assert (record.provider.name, record.provider.authors) == ("N", ("Ann Lee",))
    assert record.body == "# B\n\nBody."


def test_a_native_record_takes_what_it_lacks_from_keys_alone(tmp_path: Path) -> None:
    record = read(
        tmp_path, webUrl="https://a.example/x", description="D", tags=["x"], body="# B\n\n![](a.png)"
    )
    assert (record.title, record.excerpt, record.topics, record.images) == ("a-post.md", "", ("x",), ())
    assert read(tmp_path / "b", title="A", heat=1, name="B", lang="de").language == "de"


def test_a_heading_that_repeats_the_title_is_not_shown_twice(tmp_path: Path) -> None:
    assert read(tmp_path, title="A story", body="# A story\n\nText.").body == "Text."
    assert read(tmp_path / "b", title="A story", body="# Another\n\nText.").body == "# Another\n\nText."


def test_pictures_are_found_inside_the_corpus_alone(tmp_path: Path) -> None:
    files = {"static/p.png": "x", "_config.yml": "url: https://s.example", "_posts/x.md": "---\n---\n"}
    (tmp_path / "out.png").write_text("x")
    root = tmp_path / "c"
    for number, (given, found) in enumerate(
        {
            "/p.png": "static/p.png",
            "../out.png": "../out.png",
            "/missing.png": "https://s.example/missing.png",
            "//cdn.example/x.png": "https://cdn.example/x.png",
            "data:image/png;base64,AA": "data:image/png;base64,AA",
            "x\0y.png": "xy.png",
        }.items()
    ):
        record = read(root, f"{number}.md", files=files, title="A", image=given)
        assert record.images[0].url == found


@pytest.mark.parametrize(
    ("settings", "path", "keys", "link"),
    [
        (
            "url: https://s.example",
            "_posts/2021-05-06-a.md",
            {"categories": "Big News"},
            "https://s.example/big/news/2021/05/06/a.html",
        ),
        (
            "url: https://s.example\npermalink: pretty",
            "_posts/2021-05-06-a.md",
            {},
            "https://s.example/2021/05/06/a/",
        ),
        ("url: https://s.example\npermalink: /:odd/", "_posts/2021-05-06-a.md", {}, ""),
        (
            "url: https://s.example",
            "_posts/2021-05-06-a.md",
            {"slug": "own"},
            "https://s.example/2021/05/06/own.html",
        ),
        ("url: nowhere", "_posts/2021-05-06-a.md", {}, ""),
        ("- a list", "_posts/2021-05-06-a.md", {}, ""),
        ("{broken", "_posts/2021-05-06-a.md", {}, ""),
        (
            "url: https://s.example",
            "_posts/2021-05-06-a.md",
            {"permalink": "/x y/"},
            "https://s.example/x%20y/",
        ),
        ("url: https://s.example", "_posts/2021-05-06-a b.md", {}, ""),
        ("url: https://s.example", "a.md", {"title": "A"}, "https://s.example/a.html"),
    ],
)
def test_an_address_follows_from_the_site_where_it_can(
    tmp_path: Path, settings: str, path: str, keys: dict[str, Any], link: str
) -> None:
    files = {"_config.yml": settings, "_posts/2020-01-01-x.md": "---\n---\n"}
    assert read(tmp_path, path, files=files, **keys).web_url == link


def test_the_language_is_that_of_the_folder_else_of_the_site(tmp_path: Path) -> None:
    files = {
        "content/de/x.md": "---\ntitle: X\n---\n",
        "content/en/x.md": "---\ntitle: X\n---\n",
        "content/x.md": "---\ntitle: X\n---\n",
        "hugo.toml": 'defaultContentLanguage = "fr"',
    }
    root = a_corpus(tmp_path, files)
    records = [read_file(root, path.encode()).record for path in sorted(files)[:3]]
    assert [(record.language, record.on_front_page) for record in records if record] == [
        ("de", True),
        ("en", True),
        ("fr", True),
    ]


def test_the_settings_name_the_program(tmp_path: Path) -> None:
    root = a_corpus(
        tmp_path, {"a.md": "---\ntitle: A\ntags: x y\n---\n", "CNAME": "c.example\n", "mkdocs.yml": "x: y"}
    )
    assert detect(root).main.address == "https://c.example"
    assert detect(root, CorpusOptions(preset="jekyll")).main.preset.splits_by_spaces
    assert detect(tmp_path / "missing").main.preset.name == "plain"


def test_a_site_in_an_inner_folder_belongs_to_its_own_program(tmp_path: Path) -> None:
    files = {"site/hugo.toml": "", "site/content/a.md": "---\ntitle: A\n---\n", "notes/b.md": "Text.\n"}
    found = detect(a_corpus(tmp_path, files))
    assert found.main.preset.name == "hugo"
    assert (found.of("site/content/a.md").prefix, found.of("notes/b.md").preset.name) == ("site/", "plain")


def test_extra_tables_of_toml_tell_of_zola(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": '+++\ntitle = "A"\n[extra]\nx = 1\n+++\nText.\n'})
    assert detect(root).main.preset.name == "zola"


def test_the_first_language_of_a_list_is_that_of_the_site(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"_config.yml": "language: [de, en]", "source/_posts/a.md": "---\n---\n"})
    assert detect(root).main.language == "de"
    assert detect(a_corpus(tmp_path / "b", {"mkdocs.yml": "language: ['']"})).main.language == ""


def test_settings_with_the_tags_of_a_program_still_tell_the_address(tmp_path: Path) -> None:
    settings = 'site_url: "https://s.example/x/"\nextra:\n  emoji: !!python/name:a.b\n'
    assert detect(a_corpus(tmp_path, {"mkdocs.yml": settings})).main.address == "https://s.example/x"


@pytest.mark.parametrize(
    ("path", "keys", "link", "day"),
    [
        ("content/a.md", {"path": "2014/12/13/A-b"}, "https://s.example/2014/12/13/A-b", "2014-12-13"),
        ("content/news/a.md", {"slug": "b"}, "https://s.example/news/b/", None),
        ("content/a/index.md", {"path": ""}, "https://s.example/a/", None),
        ("content/a.md", {"path": "{{ x }}"}, "https://s.example/a/", None),
    ],
)
def test_the_path_of_zola_is_the_address_and_may_name_the_day(
    tmp_path: Path, path: str, keys: dict[str, Any], link: str, day: str | None
) -> None:
    files = {"config.toml": 'base_url = "https://s.example"', "templates/x.html": ""}
    content = f"---\n{yaml.safe_dump({'title': 'A', **keys})}---\nText.\n"
    record = read_file(a_corpus(tmp_path, {**files, path: content}), path.encode()).record
    assert record is not None
    assert record.web_url == link
    assert (iso(record.moment)[:10] if record.moment else None) == day


@pytest.mark.parametrize(
    ("settings", "path", "link"),
    [
        ("contentDir: content/en", "content/en/blog/a.md", "https://s.example/blog/a/"),
        ("defaultContentLanguage: en", "content/en/blog/a.md", "https://s.example/blog/a/"),
        ("defaultContentLanguage: en", "content/de/blog/a.md", "https://s.example/de/blog/a/"),
    ],
)
def test_the_folder_of_the_main_language_is_no_part_of_the_address(
    tmp_path: Path, settings: str, path: str, link: str
) -> None:
    files = {
        "hugo.yaml": f"baseURL: https://s.example\n{settings}\n",
        "content/en/x.md": "",
        "content/de/x.md": "",
    }
    assert read(tmp_path, path, files=files, title="A").web_url == link


def test_values_of_other_meanings_leave_their_fields_empty(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        title="A",
        date={"year": 2020},
        created=True,
        tags=[{"x": 1}],
        category=[{"x": 1}],
        publisher="https://s.example/",
        author=[{"x": 1}],
        image=7,
        language="a" * 30,
        description={"x": "y"},
    )
    assert (record.moment, record.topics, record.category, record.provider.authors) == (None, (), "", ())
    assert (record.provider.name, record.images, record.language) == ("", (), "")
    assert record.excerpt == "Text."


def test_an_excerpt_is_empty_where_there_is_no_text(tmp_path: Path) -> None:
    assert read(tmp_path, title="A", body="").excerpt == ""


def test_a_title_that_is_no_text_gives_way_to_the_next_key(tmp_path: Path) -> None:
    assert read(tmp_path, headline={"x": 1}, linkTitle="B").title == "B"


def test_a_record_that_says_it_is_not_published_is_hidden(tmp_path: Path) -> None:
    assert not read(tmp_path, title="A", published=False).on_front_page


@pytest.mark.parametrize(
    ("path", "is_shown"),
    [
        ("draft/a.md", False),
        ("content/Drafts/a.md", False),
        ("_drafts/a.md", False),
        ("draft-horses/a.md", True),
    ],
)
def test_a_record_in_a_folder_of_drafts_is_hidden(tmp_path: Path, path: str, is_shown: bool) -> None:
    assert read(tmp_path, path=path, title="A", tags="x").on_front_page is is_shown


def test_an_author_beside_one_of_the_record_format_changes_nothing(tmp_path: Path) -> None:
    record = read(
        tmp_path,
        title="A",
        originalUrl="https://a.example/",
        provider={"domain": "a.example", "authors": [{"name": "Ann Lee"}]},
        author="Bo Ray",
    )
    assert record.provider.authors == ("Ann Lee",)


def test_a_picture_in_the_body_is_none_of_a_native_record(tmp_path: Path) -> None:
    record = read(tmp_path, title="A", originalUrl="https://a.example/", tags="x", body="![](p.png)")
    assert record.images == ()


def test_pictures_of_the_record_format_are_urls(tmp_path: Path) -> None:
    record = read(tmp_path, title="A", images=[{"url": "https://a.example/p.png"}])
    assert [image.url for image in record.images] == ["https://a.example/p.png"]
    record = read(tmp_path / "b", title="A", images=[{"url": "p.png"}])
    assert [image.url for image in record.images] == ["p.png"]


def test_a_path_that_no_file_can_have_is_kept(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"_posts/x.md": "---\n---\n"})
    assert picture_path(root, detect(root).main, "a.md", "a\0b.png") == "a\0b.png"


def test_files_that_cannot_be_read_tell_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = a_corpus(tmp_path, {"a.md": "---\ncssclasses: x\n---\n"})

    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr("os.open", refuse)
    assert detect(root).main.preset.name == "plain"


def test_pages_of_errors_are_not_on_the_front_page(tmp_path: Path) -> None:
    assert not read(tmp_path, "404.md", title="A", date="2020-01-02").on_front_page


def test_a_heading_that_differs_from_the_title_stays(tmp_path: Path) -> None:
    assert "# Other" in read(tmp_path, title="A", body="# Other\n\nText.").body
    assert read(tmp_path, title="A", body="#no-heading\n\nText.").body.startswith("#no-heading")


def test_a_provider_of_the_record_format_is_kept(tmp_path: Path) -> None:
    record = read(tmp_path, name="A", provider="P", publishedDateTime="2020-01-02", author="Ann Lee")
    assert (record.provider.name, record.provider.authors) == ("P", ("Ann Lee",))
    record = read(tmp_path / "b", title="A", provider={"domain": "s.example"}, author="Ann Lee")
    assert (record.provider.domain, record.provider.authors) == ("s.example", ("Ann Lee",))


def test_actions_are_kept_where_they_are_lists_of_maps(tmp_path: Path) -> None:
    record = read(tmp_path, title="A", actions=["x"], related=[{"title": "B", "url": "https://b.example/"}])
    assert (record.actions, [entry.title for entry in record.related]) == ((), ["B"])


def test_a_section_without_a_name_is_no_category(tmp_path: Path) -> None:
    assert read(tmp_path, title="A", section=[{"x": 1}]).category == ""


def test_the_first_picture_of_the_body_is_that_of_the_record(tmp_path: Path) -> None:
    record = read(tmp_path, title="A", body="Text.\n\n![](https://a.example/p.png)")
    assert [image.url for image in record.images] == ["https://a.example/p.png"]


def test_an_excerpt_wins_over_a_description(tmp_path: Path) -> None:
    assert read(tmp_path, title="A", excerpt="Own.", description="Other.").excerpt == "Own."


def test_other_keys_of_a_native_record_are_kept(tmp_path: Path) -> None:
    record = read(tmp_path, title="A", originalUrl="https://a.example/", tags="x", odd="y")
    assert (record.topics, record.extra["odd"]) == (("x",), "y")


def test_files_without_metadata_are_records_where_the_settings_say_so(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": "# A\n\nText.\n", "page.html": "<p>Text.</p>"})
    assert read_file(root, b"a.md").record is None
    record = read_file(root, b"a.md", CorpusOptions(bare=True)).record
    assert record is not None and (record.title, record.excerpt) == ("A", "Text.")
    assert read_file(root, b"page.html", CorpusOptions(bare=True)).record is None


def test_a_category_is_kept_and_is_a_topic(tmp_path: Path) -> None:
    record = read(tmp_path, title="A", category="Birds")
    assert (record.category, record.topics) == ("Birds", ("Birds",))


@pytest.mark.parametrize(
    ("mark", "path"),
    [
        (".obsidian/app.json", "Templates/Album.md"),
        ("hugo.toml", "archetypes/default.md"),
        ("source/_posts/x.md", "scaffolds/post.md"),
    ],
)
def test_a_template_is_neither_a_record_nor_a_problem(tmp_path: Path, mark: str, path: str) -> None:
    files = {mark: "", "_config.yml": "", path: "---\ncreated: {{date}}\ntitle: {{title}}\n---\nText.\n"}
    root = a_corpus(tmp_path, files)
    assert read_file(root, path.encode()) == ReadFile()


def test_a_topic_may_be_a_wiki_link_under_the_native_key_too(tmp_path: Path) -> None:
    content = '---\naliases: []\ntopics: ["[[Emergence]]", "[[Notes/Life|Living]]", Plain]\n---\nText.\n'
    record = read_file(a_corpus(tmp_path, {".obsidian/app.json": "", "A.md": content}), b"A.md").record
    assert record is not None
    assert record.topics == ("Emergence", "Living", "Plain")


@pytest.mark.parametrize(
    ("settings", "path", "link"),
    [
        (
            {"_config.yml": "url: https://s.example\npermalink: pretty"},
            "en/news/_posts/2020-12-20-a.md",
            "/en/news/2020/12/20/a/",
        ),
        ({"_config.yml": "url: https://s.example"}, "_posts/2020-12-20-a.md", "/2020/12/20/a.html"),
        ({"_config.yml": "url: https://s.example\npermalink: pretty"}, "docs/about.md", "/docs/about/"),
        ({"_config.yml": "url: https://s.example"}, "docs/about.md", "/docs/about.html"),
        ({"_config.yml": "url: https://s.example"}, "docs/index.md", "/docs/"),
        ({"_config.yml": "url: https://s.example"}, "_people/ann.md", ""),
        ({"_config.yml": "a: b"}, "docs/index.md", ""),
    ],
)
def test_the_folders_of_jekyll_are_in_its_addresses(
    tmp_path: Path, settings: dict[str, str], path: str, link: str
) -> None:
    record = read(tmp_path, path, files={**settings, "_posts/x.md": ""}, title="A")
    assert record.web_url == (link and f"https://s.example{link}")


def test_pages_of_hexo_have_the_address_of_their_path(tmp_path: Path) -> None:
    files = {"_config.yml": "url: https://s.example", "source/_posts/x.md": ""}
    assert (
        read(tmp_path / "a", "source/api/index.md", files=files, title="A").web_url
        == "https://s.example/api/"
    )
    assert (
        read(tmp_path / "b", "source/api/box.md", files=files, title="A").web_url
        == "https://s.example/api/box.html"
    )


def test_a_single_folder_of_the_default_language_is_not_in_the_address(tmp_path: Path) -> None:
    files = {"hugo.toml": 'baseURL = "https://s.example/"\ndefaultContentLanguage = "en"\n'}
    assert (
        read(tmp_path, "content/en/docs/a.md", files=files, title="A").web_url == "https://s.example/docs/a/"
    )


def test_settings_for_publishing_tell_the_address_and_author_of_pelican(tmp_path: Path) -> None:
    files = {
        "pelicanconf.py": "AUTHOR = u'Ann Lee'\nSITEURL = ''\n"
        "ARTICLE_URL = 'blog/{date:%Y}/{date:%m}/{slug}/'\n",
        "publishconf.py": "SITEURL = 'https://s.example'\n",
    }
    record = read(tmp_path / "a", "content/a.md", files=files, title="A", date="2013-12-19")
    assert record.web_url == "https://s.example/blog/2013/12/a/"
    assert record.provider.authors == ("Ann Lee",)
    other = read(tmp_path / "b", "content/a.md", files=files, title="A", author="Bo Ray")
    assert other.provider.authors == ("Bo Ray",)


def test_folders_of_languages_are_found_below_those_of_content(tmp_path: Path) -> None:
    files = {
        "astro.config.ts": "export default defineConfig({\n"
        "  site: 'https://s.example/',\n  i18n: {\n    defaultLocale: 'en',\n",
        "src/content/docs/en/a.md": "",
        "src/content/docs/pt-br/b.md": "",
    }
    record = read(tmp_path / "a", "src/content/docs/fr/c.mdx", files=files, title="A")
    assert (record.language, record.provider.label) == ("fr", "s.example")
    assert read(tmp_path / "b", "src/pages/c.md", files=files, title="A").language == "en"
