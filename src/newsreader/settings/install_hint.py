"""Which command installs an extra, found from how the program was installed."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path

DISTRIBUTION = "newsreader-tui"
"""The name on the package index, where `newsreader` is another program; as in `pyproject.toml`."""


class Extra(StrEnum):
    """An optional dependency of the program: its name in `pyproject.toml`."""

    READABLE = "readable"
    IMAGES = "images"


PACKAGES = {
    Extra.READABLE: ("trafilatura", "lxml_html_clean"),
    Extra.IMAGES: ("textual-image", "pillow<14"),
}


def install_command(extra: Extra, prefix: Path | None = None, checkout: Path | None = None) -> str:
    """Return the command that installs an extra.

    Args:
        extra: What to install.
        prefix: The environment that the program runs in.
        checkout: The folder that would be its checkout.

    """
    prefix = prefix or Path(sys.prefix)
    checkout = checkout or Path(__file__).parents[3]
    packages = shlex.join(PACKAGES[extra])
    if (prefix / "pipx_metadata.json").is_file():
        return f"pipx inject {DISTRIBUTION} {packages}"
    if (receipt := prefix / "uv-receipt.toml").is_file():
        return f"uv tool install {shlex.quote(_uv_requirement(receipt, extra))}"
    if prefix.parent == checkout and (checkout / "Makefile").is_file():
        return f"make run EXTRAS={extra}"
    return f"pip install {packages}"


def _uv_requirement(receipt: Path, extra: Extra) -> str:
    """Return the requirement that uv installed the tool from, with an extra."""
    import tomllib

    try:
        entries = tomllib.loads(receipt.read_text(encoding="utf-8"))["tool"]["requirements"]
        own = next(entry for entry in entries if entry["name"] == DISTRIBUTION)
        if git := own.get("git"):
            return f"{DISTRIBUTION}[{extra}] @ git+{git}"
        origin = own.get("directory") or own.get("editable") or own.get("path") or DISTRIBUTION
    except (OSError, ValueError, LookupError, TypeError, AttributeError, StopIteration):
        origin = DISTRIBUTION
    return f"{origin}[{extra}]"
