"""A corpus of some thousand records, indexed once for all tests."""

from __future__ import annotations

import pytest

from newsreader.library import Library
from tests.builders import a_corpus
from tests.ui.harness import a_library, stories

MANY = 2_950
"""Records of the long list: the last window of headlines holds less than a screen shows."""


@pytest.fixture(scope="session")
def long_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Some thousand stories. Not to be changed: every test reads the same."""
    folder = tmp_path_factory.mktemp("long")
    return a_library(a_corpus(folder, stories(MANY)), folder / "cache")
