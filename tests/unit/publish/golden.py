"""What commands write about the sample corpus, as it was when somebody last looked at it.

`NEWSREADER_GOLDEN=write pytest tests/unit/publish` writes the files anew; look at each difference.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "golden" / "publishing"


def golden(name: str, found: str) -> None:
    """Compare what a command wrote with what it is to write."""
    file = FOLDER / name
    if os.environ.get("NEWSREADER_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8", newline="")
    assert found == file.read_bytes().decode("utf-8")
