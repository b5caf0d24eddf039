"""The distribution: what is in the wheel, and that it works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.packaging, pytest.mark.xdist_group("packaging")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout with the tools of this environment."""
    target = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(target),
    ]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_wheel_carries_styles_sample_and_typing_marker(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    styles = {f"newsreader/styles/{path.name}" for path in (ROOT / "styles").glob("*.tcss")}
    sample = {
        f"newsreader/sample_content/{path.relative_to(ROOT / 'sample_content').as_posix()}"
        for path in (ROOT / "sample_content").rglob("*")
        if path.is_file()
    }
    assert styles
    assert sample
    assert styles | sample | {"newsreader/py.typed"} <= names


def test_the_wheel_carries_every_module(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert "newsreader/library/indexing/process.py" in modules
    assert modules <= names


def test_the_wheel_needs_only_what_is_declared(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = next(archive.read(name).decode() for name in archive.namelist() if name.endswith("METADATA"))
    needed = [
        line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line
    ]
    names = {line.split()[1].partition("=")[0].partition(">")[0] for line in needed}
    reading = {"pyyaml", "python-frontmatter", "markdown-it-py", "mdit-py-plugins", "feedparser"}
    assert names == {"textual", "httpx", "httpcore", "platformdirs", "tomlkit"} | reading


def test_an_install_outside_the_checkout_finds_its_styles_and_its_sample(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    purelib = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    # The dependencies of the new environment are those of this one.
    (purelib / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    version = subprocess.run(
        [scripts / "newsreader", "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert version.returncode == 0, version.stderr
    script = (
        "import newsreader; from newsreader.settings.paths import shipped; print(newsreader.__file__);"
        "print(len(list(shipped('styles').glob('*.tcss'))));"
        "print(len(list(shipped('sample_content').rglob('*.md'))));"
        "print(shipped('styles'))"
    )
    output = subprocess.run(
        [scripts / "python", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert output[0].startswith(str(purelib))
    assert int(output[1]) >= 1
    assert int(output[2]) >= 100
    assert output[3].startswith(str(purelib))
