"""What a folder without records is said to hold, and which format a corpus has."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import Mock

import pytest

from newsreader.app.describe_folder import explain_empty, format_notice, format_of
from newsreader.domain.corpus_options import CorpusOptions
from tests.builders import a_corpus


def test_the_format_is_that_of_the_folder_or_of_the_settings(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"hugo.toml": "", "content/a.md": "---\ntitle: A\n---\n"})
    assert format_of(root) == "hugo"
    assert format_of(root, CorpusOptions(preset="jekyll").to_json()) == "jekyll"


def test_the_format_of_another_program_is_told(tmp_path: Path) -> None:
    native = a_corpus(tmp_path / "a", {"_news/a.md": "---\ntitle: A\npublishedDateTime: 2021-06-27\n---\n"})
    assert format_notice(native, CorpusOptions(preset="native").to_json()) == ""
    assert "hugo" in format_notice(native, CorpusOptions(preset="hugo").to_json())


def test_what_cannot_be_opened_counts_as_a_file_without_metadata(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_corpus(tmp_path, {"a.md": "---\n"})
    os.mkfifo(root / "pipe.md")
    assert "1 Markdown file without metadata" in explain_empty(root)
    monkeypatch.setattr("builtins.open", Mock(side_effect=PermissionError))
    assert "2 Markdown files without metadata" in explain_empty(root)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a/b.md": "Text.", "c.mdx": "Text."}, "2 Markdown files without metadata: to read them, set"),
        ({"a.txt": "Text."}, "1 text or HTML file without metadata"),
        ({"a.rst": "A\n=\n", "b.rst": ""}, "2 .rst files, a format that is not read."),
        ({"a.md": "+++\n", "b.md": "\ufeff\n+++\n", "c.md": "x"}, "2 files that begin with +++, but"),
        ({"a.md": '{"x": 1}', "b.md": "{% if x %}"}, "1 file that begins with {, but"),
        ({"a.md": "{% if x %}", "b.md": "{{ x }}"}, "2 Markdown files without metadata"),
        ({"a.md": "+++\n", "b.md": "---\n", "c.md": "+++\n"}, "1 file that begins with ---, but"),
        ({"a.md": "{}", "c.md": "x"}, "1 Markdown file without metadata"),
        ({"a.png": "", ".hidden/b.md": "", ".c.md": ""}, "There is no Markdown, text or HTML file"),
    ],
)
def test_a_folder_without_records_is_explained(tmp_path: Path, files: dict[str, str], words: str) -> None:
    root = a_corpus(tmp_path, files)
    assert words in explain_empty(root)
    assert str(root) in explain_empty(root)
