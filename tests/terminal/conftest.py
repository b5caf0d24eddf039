"""Homes in which the sample is indexed already: an index of its own for each test was half of its time."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from newsreader.settings.paths import shipped
from tests.terminal.driver import Terminal


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which only the sample was indexed. Read-only: tests take a copy."""
    folder = tmp_path_factory.mktemp("indexed")
    argv: list[str | Path] = [
        sys.executable,
        "-m",
        "newsreader",
        "list",
        "--corpus",
        shipped("sample_content"),
    ]
    with Terminal(argv, home=folder) as terminal:
        assert terminal.wait_exit() == 0
    return folder


@pytest.fixture
def home(indexed_home: Path, tmp_path: Path) -> Path:
    """A home of the test's own in which the sample is indexed."""
    return shutil.copytree(indexed_home, tmp_path / "home")
