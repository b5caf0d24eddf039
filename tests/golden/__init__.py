"""What commands write about the sample corpus, byte for byte.

`NEWSREADER_WRITE_GOLDEN=1 pytest tests/unit/publishing` writes the files anew; look at each of them.
"""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = Path(__file__).parent


def golden(name: str, found: str) -> None:
    """Compare what a command wrote with what it is to write."""
    file = _FOLDER / name
    if os.environ.get("NEWSREADER_WRITE_GOLDEN"):
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8")
