"""What a folder without records is said to hold, and which format a corpus has."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app.describe_folder import explain_empty, format_of
from newsreader.domain.corpus_options import CorpusOptions
from tests.builders import a_corpus


def test_the_format_is_that_of_the_folder_or_of_the_settings(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"hugo.toml": "", "content/a.md": "---\ntitle: A\n---\n"})
    assert format_of(root) == "hugo"
    assert format_of(root, CorpusOptions(preset="jekyll").to_json()) == "jekyll"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a/b.md": "Text.", "c.mdx": "Text."}, "2 Markdown files without metadata: to read them, set"),
        ({"a.txt": "Text."}, "1 text or HTML file without metadata"),
        ({"a.rst": "A\n=\n", "b.rst": ""}, "2 .rst files, a format that is not read."),
        ({"a.png": "", ".hidden/b.md": "", ".c.md": ""}, "There is no Markdown, text or HTML file"),
    ],
)
def test_a_folder_without_records_is_explained(tmp_path: Path, files: dict[str, str], words: str) -> None:
    root = a_corpus(tmp_path, files)
    assert words in explain_empty(root)
    assert str(root) in explain_empty(root)
