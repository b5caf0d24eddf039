"""The names of files are those that the sites give."""

from __future__ import annotations

import pytest

from newsreader.corpus.file_reader import read_file
from newsreader.domain.dates import Moment
from newsreader.web.sources.file_names import file_name, slug
from tests.real_records import real_records


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Print() screens in your canvas app", "print-screens-in-your-canvas-app"),
        ("What’s new: web.powerapps.com — “low-code” & more", "whats-new-webpowerappscom-low-code-more"),
        ("Create for dev/test", "create-for-devtest"),
        ("Café Übung ™", "cafe-ubung"),
        ("한글 제목", "한글-제목"),
        ("../../etc/passwd\x00", "etcpasswd"),
        ("!!!", ""),
        ("a" * 200, "a" * 145),
        ("ab " * 60, "-".join(["ab"] * 48)),
        ("abcd " * 40, "-".join(["abcd"] * 29)),
    ],
)
def test_a_title_becomes_a_slug(title: str, name: str) -> None:
    assert slug(title) == name


def test_the_date_is_in_utc() -> None:
    assert file_name("Who won", Moment(1_624_924_740, day_only=False), "1") == "2021-06-28-who-won.md"
    assert file_name("Who won", None, "1") == "who-won.md"


def test_nearly_all_names_of_a_real_site_are_reproduced() -> None:
    site = real_records() / "site"
    alike = []
    for path in sorted((site / "_news").glob("*.md")):
        record = read_file(site, f"_news/{path.name}".encode()).record
        assert record is not None
        alike.append(slug(record.title) == path.stem[11:])
    assert sum(alike) > 0.95 * len(alike)
