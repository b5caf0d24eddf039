"""The table of sources: what may be declared, and what is said about a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.settings.model import load_settings
from newsreader.settings.sources import EXAMPLE, DeclaredSource

GOOD = '[corpora]\nai = "~/ai"\n[sources.good]\ncorpus = "ai"\nfeed = "https://blog.example/feed"\n'


def loaded(folder: Path, text: str) -> tuple[tuple[DeclaredSource, ...], list[str]]:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    settings, complaints, _ = load_settings(file)
    return settings.sources, [words.removeprefix(f"{file}:") for words in complaints]


def test_a_source_has_its_values_and_defaults(tmp_path: Path) -> None:
    assert loaded(tmp_path, GOOD) == (
        (DeclaredSource("good", "ai", "feed", "https://blog.example/feed", line=3),),
        [],
    )


def test_the_example_is_valid(tmp_path: Path) -> None:
    sources, complaints = loaded(tmp_path, EXAMPLE)
    assert complaints == []
    assert sources[0].topics == ("AI",)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (
            'corpus = "ai"\nfeed = "https://b.example/"\nqualty = 1',
            "9: sources.bad.qualty is not a setting; did you mean quality?",
        ),
        (
            'corpus = "ai"\nfeed = "https://b.example/"\nquality = "x"',
            "9: sources.bad.quality: a whole number from 0 to 1000 is needed",
        ),
        (
            'corpus = "ai"\nfeed = "https://b.example/"\nquality = true',
            "9: sources.bad.quality: a whole number from 0 to 1000 is needed",
        ),
        (
            'corpus = "ai"\nfeed = "https://b.example/"\ntopics = "AI"',
            '9: sources.bad.topics: a list of names is needed, such as ["AI"]',
        ),
        (
            'corpus = "ai"\nfeed = "https://b.example/"\nfolder = "../up"',
            '9: sources.bad.folder: a folder of the corpus that begins with _ is needed, such as "_news"',
        ),
        (
            'corpus = "ai"\nfeed = "https://b.example/"\nenabled = 1',
            "9: sources.bad.enabled: true or false is needed",
        ),
    ],
)
def test_an_error_in_an_optional_key_leaves_the_source_usable(
    tmp_path: Path, lines: str, complaint: str
) -> None:
    sources, complaints = loaded(tmp_path, f"{GOOD}[sources.bad]\n{lines}\n")
    assert complaints == [complaint if complaint.endswith("?") else f"{complaint}; the default is used."]
    assert [source.name for source in sources] == ["good", "bad"]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (
            'feed = "https://b.example/"',
            "6: sources.bad: corpus is missing, a name of [corpora] or a folder",
        ),
        (
            'corpus = "ai"',
            "6: sources.bad: exactly one of listing, feed, opml is needed, found none",
        ),
        (
            'corpus = "ai"\nfeed = "https://b.example/"\nopml = "x"',
            "6: sources.bad: exactly one of listing, feed, opml is needed, found feed and opml",
        ),
        (
            'corpus = "aii"\nfeed = "https://b.example/"',
            "6: sources.bad: corpus: [corpora] has no “aii”; did you mean ai",
        ),
        (
            'corpus = "zzz"\nfeed = "https://b.example/"',
            '6: sources.bad: corpus: [corpora] has no “zzz”; a folder is written with a slash, "./zzz"',
        ),
        (
            'corpus = 1\nfeed = "https://b.example/"',
            "7: sources.bad.corpus: a name of [corpora] or a folder is needed",
        ),
        (
            'corpus = "ai"\nfeed = "file:///etc/passwd"',
            '8: sources.bad.feed: a web address is needed, such as "https://example.com/feed.xml"',
        ),
        (
            'corpus = "ai"\nopml = "ftp://b.example/"',
            '8: sources.bad.opml: a web address is needed, such as "https://example.com/feed.xml"',
        ),
        (
            'corpus = "ai"\nopml = ""',
            "8: sources.bad.opml: a file or a web address is needed",
        ),
    ],
)
def test_an_error_in_a_required_key_drops_only_that_source(
    tmp_path: Path, lines: str, complaint: str
) -> None:
    sources, complaints = loaded(tmp_path, f"{GOOD}[sources.bad]\n{lines}\n")
    assert complaints == [f"{complaint}; the source is left out."]
    assert [source.name for source in sources] == ["good"]


def test_an_invalid_name_and_a_source_that_is_no_table_are_reported(tmp_path: Path) -> None:
    sources, complaints = loaded(tmp_path, '[sources]\nflat = 1\n"a b" = {corpus = "./x"}\n')
    assert sources == ()
    assert complaints == [
        "2: sources.flat: a table is needed, [sources.flat]; the source is left out.",
        "3: sources.a b: its name may have letters, digits, - and _; the source is left out.",
    ]


def test_sources_that_are_no_table_are_reported(tmp_path: Path) -> None:
    assert loaded(tmp_path, "sources = 1\n")[1] == [
        "1: sources: a table is needed, [sources.NAME], for each source of fresh records."
    ]
