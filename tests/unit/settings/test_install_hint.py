"""The command that installs an extra, for each way to install the program."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsreader.settings.install_hint import DISTRIBUTION, Extra, install_command

ROOT = Path(__file__).parents[3]


def test_pip_is_named_where_nothing_else_is_known(tmp_path: Path) -> None:
    assert install_command(Extra.IMAGES, tmp_path, tmp_path) == "pip install textual-image 'pillow<14'"


def test_pipx_injects_the_packages(tmp_path: Path) -> None:
    (tmp_path / "pipx_metadata.json").write_text("{}")
    command = install_command(Extra.READABLE, tmp_path, tmp_path)
    assert command == "pipx inject newsreader-tui trafilatura lxml_html_clean"


def test_a_checkout_is_run_by_make(tmp_path: Path) -> None:
    (tmp_path / "Makefile").touch()
    assert install_command(Extra.IMAGES, tmp_path / ".venv", tmp_path) == "make run EXTRAS=images"
    assert install_command(Extra.IMAGES, tmp_path / "other" / ".venv", tmp_path).startswith("pip install")


@pytest.mark.parametrize(
    ("requirements", "origin"),
    [
        ('[{ name = "newsreader-tui" }]', "'newsreader-tui[images]'"),
        (
            '[{ name = "x" }, { name = "newsreader-tui", directory = "/src/news reader" }]',
            "'/src/news reader[images]'",
        ),
        ('[{ name = "newsreader-tui", editable = "/src/n" }]', "'/src/n[images]'"),
        ('[{ name = "newsreader-tui", path = "/d/n.whl" }]', "'/d/n.whl[images]'"),
        (
            '[{ name = "newsreader-tui", git = "https://example.org/n.git?rev=v1" }]',
            "'newsreader-tui[images] @ git+https://example.org/n.git?rev=v1'",
        ),
        ('[{ name = "newsreader", directory = "/another/program" }]', "'newsreader-tui[images]'"),
        ("[]", "'newsreader-tui[images]'"),
        ("broken", "'newsreader-tui[images]'"),
    ],
)
def test_uv_installs_the_tool_again_from_where_it_came(
    tmp_path: Path, requirements: str, origin: str
) -> None:
    (tmp_path / "uv-receipt.toml").write_text(f"[tool]\nrequirements = {requirements}\n")
    assert install_command(Extra.IMAGES, tmp_path, tmp_path) == f"uv tool install {origin}"


@pytest.mark.parametrize("marker", ["", "pipx_metadata.json", "uv-receipt.toml"])
@pytest.mark.parametrize("extra", list(Extra))
def test_the_hint_fits_the_narrowest_status_line(tmp_path: Path, marker: str, extra: Extra) -> None:
    if marker:
        (tmp_path / marker).touch()
    assert len(f"Pictures need an extra: {install_command(extra, tmp_path, tmp_path)}") <= 80


def test_the_distribution_is_called_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    own = [package["name"] for package in locked if package["source"].get("editable") == "."]
    assert project["name"] == DISTRIBUTION
    assert own == [DISTRIBUTION]
    assert project["scripts"] == {"newsreader": "newsreader.cli:main"}
