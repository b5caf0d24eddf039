from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app.open_corpus import options_of
from newsreader.corpus.file_reader import read_file
from newsreader.corpus.mapping.keys import ALIASES
from newsreader.corpus.mapping.presets import PRESETS
from newsreader.domain.corpus_options import MAPPED_FIELDS, PRESET_NAMES, CorpusOptions
from newsreader.domain.date_parsing import DateOrder
from newsreader.domain.dates import iso
from newsreader.settings.corpora import EXAMPLE
from newsreader.settings.model import load_settings
from tests.builders import a_corpus


def test_the_table_of_a_corpus_says_how_its_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    settings, complaints, _ = load_settings(path)
    expected = CorpusOptions(
        preset="obsidian",
        keys={"title": ("newstitle", "eleventyNavigation.key")},
        site="https://me.example",
        language="en",
        dates=DateOrder.DAY_FIRST,
        bare=True,
        index_bodies=False,
    )
    assert (settings.corpora, complaints) == ({"notes": "~/notes"}, [])
    assert settings.corpus_options == {"notes": expected}
    assert CorpusOptions.from_json(expected.to_json()) == expected
    assert CorpusOptions.from_json(CorpusOptions().to_json()) == CorpusOptions()
    assert options_of(Path("~/notes").expanduser(), settings) == expected.to_json()
    assert options_of(tmp_path, settings) == ""


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('format = "word"', "one of native"),
        ('site = "ftp://x"', "an http or https URL is needed"),
        ("language = 3", "the code of a language is needed"),
        ('dates = "any"', "one of refused"),
        ("include_plain = 1", "true or false is needed"),
        ("index_bodies = 1", "true or false is needed"),
        ('keys = { titel = ["a"] }', "fields are title"),
        ("colour = 1", "known keys are path"),
    ],
)
def test_a_mistake_in_the_table_of_a_corpus_leaves_the_default(
    tmp_path: Path, line: str, complaint: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[corpora]\nplain = "/a"\n[corpora.notes]\npath = "/b"\n{line}\n', encoding="utf-8")
    settings, complaints, _ = load_settings(path)
    assert complaint in complaints[0]
    assert settings.corpora == {"plain": "/a", "notes": "/b"}
    assert settings.corpus_options == {"notes": CorpusOptions()}


def test_options_decide_what_the_folder_does_not_tell(tmp_path: Path) -> None:
    files = {"a.md": "---\nnewstitle: A\ndate: 03/05/2024\n---\nText.\n", "b.md": "# B\n\nText.\n"}
    root = a_corpus(tmp_path, files)
    options = CorpusOptions(keys={"title": ("news-title",)}, dates=DateOrder.DAY_FIRST, bare=True)
    record = read_file(root, b"a.md", options).record
    assert record is not None and record.moment is not None
    assert (record.title, iso(record.moment)[:10]) == ("A", "2024-05-03")
    assert read_file(root, b"b.md").record is None
    bare = read_file(root, b"b.md", options).record
    assert bare is not None
    assert bare.title == "B"


def test_the_settings_offer_what_the_mapping_has() -> None:
    assert (tuple(PRESETS), tuple(ALIASES)) == (PRESET_NAMES, MAPPED_FIELDS)
