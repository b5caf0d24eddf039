"""Nothing is loaded before the first picture that the first picture does not need."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.terminal

_NOTING = """
import pathlib, sys
from newsreader import cli
noted = pathlib.Path(sys.argv.pop(1))
freeze = cli.gc.freeze
def note():
    noted.write_text("\\n".join(sorted(sys.modules)))
    freeze()
cli.gc.freeze = note
run_app = cli._run_app
def note_early(*arguments, **more):
    if more["frame"] is not None and more["frame"].is_shown:
        noted.with_suffix(".early").write_text("\\n".join(sorted(sys.modules)))
    return run_app(*arguments, **more)
cli._run_app = note_early
sys.exit(cli.main(sys.argv[1:]))
"""
NOT_YET = {
    "frontmatter",
    "httpx",
    "markdown_it",
    "multiprocessing",
    "newsreader.app.external_commands",
    "newsreader.browser",
    "newsreader.corpus.frontmatter",
    "newsreader.corpus.yaml_loader",
    "newsreader.domain.query.hints",
    "newsreader.keymap.validation",
    "newsreader.keymap.presets",
    "newsreader.library.pages.store",
    "newsreader.library.indexing.worker_pool",
    "newsreader.library.indexing.refresh",
    "newsreader.markup",
    "newsreader.render.story",
    "newsreader.ui.dialogs.chooser",
    "newsreader.ui.dialogs.help",
    "newsreader.ui.dialogs.problems",
    "newsreader.web",
    "tomllib",
    "webbrowser",
    "yaml",
}


def _start(home: Path) -> Path:
    """Start and quit; return the file with the modules of the first picture, and see `modules.early`."""
    noted = home / "modules"
    argv: list[str | Path] = [sys.executable, "-c", _NOTING, noted, ROOT / "sample_content"]
    with Terminal(argv, cwd=ROOT, home=home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    return noted


def test_the_first_picture_and_the_first_frame_load_only_what_they_need(home: Path) -> None:
    noted = _start(home)
    loaded = set(noted.read_text(encoding="utf-8").split())
    assert "newsreader.ui.screens.main" in loaded
    assert loaded.isdisjoint(NOT_YET)
    early = noted.with_suffix(".early")
    assert not early.exists()
    _start(home)
    loaded = set(early.read_text(encoding="utf-8").split())
    assert "newsreader.ui.startup.first_frame" in loaded
    heavy = {"argparse", "asyncio", "hashlib", "rich.segment", "rich.style", "textual"}
    assert loaded.isdisjoint(NOT_YET | heavy)
