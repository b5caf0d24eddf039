"""Commands run in this process, each test with folders of its own; the sample's index is made once."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from newsreader.cli import main
from newsreader.settings import paths

SAMPLE = Path(__file__).parents[3] / "sample_content"


class Answer(NamedTuple):
    """What became of a command line."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Those of standard output."""
        return self.out.splitlines()


Run = Callable[..., Answer]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that holds the index of the sample."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "cache_dir", lambda: folder)
        assert main(["index", "--corpus", str(SAMPLE)]) == 0
    return folder


@pytest.fixture
def folders(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the user's that nobody else has; gives the cache."""
    own = tmp_path / "cache"
    shutil.copytree(cache, own)
    monkeypatch.setattr(paths, "cache_dir", lambda: own)
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "config_file", lambda: tmp_path / "config" / "config.toml")
    monkeypatch.setenv("COLUMNS", "80")
    return own


@pytest.fixture
def run(folders: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; on the sample unless it names a corpus."""

    def answer(name: str, *arguments: str | Path) -> Answer:
        words = [str(argument) for argument in arguments]
        asks_corpus = (
            name not in ("config", "marks", "man", "completion", "pages", "sources")
            and "--corpus" not in words
        )
        where = ["--corpus", str(SAMPLE)] if asks_corpus else []
        capsys.readouterr()
        try:
            status = main([name, *where, *words])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
        return Answer(status, *capsys.readouterr())

    return answer


@pytest.fixture
def environment(tmp_path: Path, cache: Path) -> dict[str, str]:
    """That of a process with folders of its own, and the index of the sample."""
    shutil.copytree(cache, tmp_path / "xdg-cache" / "newsreader")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NEWSREADER"))}
    folders = {
        f"XDG_{name}_HOME": str(tmp_path / f"xdg-{name.lower()}") for name in ("CACHE", "CONFIG", "STATE")
    }
    return {**kept, **folders, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
