"""The page about folders of other programs lists the keys of the mapping."""

from __future__ import annotations

import runpy
from pathlib import Path

from newsreader.corpus.mapping.keys import ALIASES
from newsreader.corpus.mapping.presets import PRESETS
from newsreader.domain.corpus_options import MAPPED_FIELDS, PRESET_NAMES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_keys_is_that_of_the_mapping() -> None:
    make = runpy.run_path(str(DOCS / "make_corpora.py"))
    page = (DOCS / "guide" / "corpora.md").read_text(encoding="utf-8")
    assert make["page_with_table"](page) == page, "python docs/make_corpora.py writes it anew"


def test_the_names_in_the_settings_are_those_of_the_mapping() -> None:
    assert set(PRESET_NAMES) == set(PRESETS)
    assert set(MAPPED_FIELDS) == set(ALIASES)
