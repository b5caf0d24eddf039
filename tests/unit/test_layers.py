"""What is imported where, seen from outside: a fresh interpreter tells what it loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

import newsreader.domain

ROOT = Path(__file__).parents[2]


def _loaded_after(statement: str) -> set[str]:
    """The top-level packages in a fresh interpreter after a statement."""
    script = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    # The measuring of coverage would be loaded as well.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return set(
        subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        ).stdout.split()
    )


def test_the_library_needs_neither_the_interface_nor_a_parser() -> None:
    loaded = _loaded_after("import newsreader.library")
    assert loaded.isdisjoint({"textual", "rich", "yaml", "frontmatter", "httpx", "platformdirs"})


def test_the_domain_needs_the_standard_library_only() -> None:
    modules = [module.name for module in iter_modules(newsreader.domain.__path__)]
    assert "record" in modules
    statement = "\n".join(f"import newsreader.domain.{name}" for name in modules)
    foreign = _loaded_after(statement) - sys.stdlib_module_names - {"newsreader", "__main__"}
    assert not {name for name in foreign if not name.startswith("_")}


def test_the_prompt_needs_no_textual() -> None:
    assert "textual" not in _loaded_after("import newsreader.prompt.program")


def test_the_version_is_told_without_loading_the_interface() -> None:
    statement = "from newsreader.cli import main\ntry: main(['--version'])\nexcept SystemExit: pass"
    assert _loaded_after(statement).isdisjoint({"textual", "rich", "yaml", "frontmatter", "httpx", "sqlite3"})


@pytest.mark.parametrize("module", ["newsreader.ui.app", "newsreader.prompt.program", "newsreader.browser"])
def test_yaml_and_the_network_wait_until_they_are_needed(module: str) -> None:
    assert _loaded_after(f"import {module}").isdisjoint(
        {"yaml", "frontmatter", "httpx", "webbrowser", "markdown_it"}
    )


def test_the_first_frame_loads_no_slow_module() -> None:
    statement = "import newsreader.cli, newsreader.app.open_corpus, newsreader.ui.startup.first_frame"
    assert _loaded_after(statement).isdisjoint(
        {"dataclasses", "inspect", "textual", "asyncio", "httpx", "yaml"}
    )


def test_pictures_wait_until_one_is_drawn() -> None:
    assert _loaded_after("import newsreader.ui.app").isdisjoint({"PIL", "textual_image", "httpx"})


def test_whoever_asks_for_pages_needs_nothing_of_what_fetches_them() -> None:
    loaded = _loaded_after("import newsreader.web.fetch.client, newsreader.app.page_texts")
    assert loaded.isdisjoint({"httpx", "httpcore", "asyncio", "ssl", "trafilatura", "textual"})


def test_no_package_has_a_name_that_tools_skip() -> None:
    """Pytest does not collect such folders, ruff does not check them, and Git may ignore them."""
    skipped = {"build", "dist", "venv", "node_modules"}
    modules = (path for root in ("src", "tests") for path in (ROOT / root).rglob("*.py"))
    assert skipped.isdisjoint(folder for module in modules for folder in module.relative_to(ROOT).parts)
