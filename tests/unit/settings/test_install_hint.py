"""The command that installs an extra, for each way to install the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.settings.install_hint import Extra, install_command


def test_pip_is_named_where_nothing_else_is_known(tmp_path: Path) -> None:
    assert install_command(Extra.IMAGES, tmp_path, tmp_path) == "pip install textual-image 'pillow<14'"


def test_pipx_injects_the_packages(tmp_path: Path) -> None:
    (tmp_path / "pipx_metadata.json").write_text("{}")
    command = install_command(Extra.READABLE, tmp_path, tmp_path)
    assert command == "pipx inject newsreader trafilatura lxml_html_clean"


def test_a_checkout_is_run_by_make(tmp_path: Path) -> None:
    (tmp_path / "Makefile").touch()
    assert install_command(Extra.IMAGES, tmp_path / ".venv", tmp_path) == "make run EXTRAS=images"
    assert install_command(Extra.IMAGES, tmp_path / "other" / ".venv", tmp_path).startswith("pip install")


@pytest.mark.parametrize(
    ("requirements", "origin"),
    [
        ('[{ name = "newsreader" }]', "'newsreader[images]'"),
        (
            '[{ name = "x" }, { name = "newsreader", directory = "/src/news reader" }]',
            "'/src/news reader[images]'",
        ),
        ('[{ name = "newsreader", editable = "/src/n" }]', "'/src/n[images]'"),
        ("[]", "'newsreader[images]'"),
        ("broken", "'newsreader[images]'"),
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
