"""Make the pictures of README and guide from the program itself: `python -m docs.make_demo [NAME …]`.

The clock, the theme and the size are fixed, so that the same program makes the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURES = Path(__file__).parent / "pictures"
FILM_NAME = "demo"


def main(names: Collection[str]) -> None:
    """Write the pictures with these names, or all of them."""
    with TemporaryDirectory() as home:
        _isolate(Path(home))
        from docs.scenes import SCENES, film, picture

        for scene in SCENES:
            if not names or scene.name in names:
                _write(scene.name, asyncio.run(picture(scene)))
        if not names or FILM_NAME in names:
            _write(FILM_NAME, asyncio.run(film()))


def _isolate(home: Path) -> None:
    """Keep settings, state and environment of the user out. Textual reads its variables when imported."""
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("NEWSREADER_CORPUS", "BROWSER", "NO_COLOR"):
        os.environ.pop(name, None)


def _write(name: str, drawn: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / f"{name}.svg").write_text(drawn, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
