"""Where real records stand on this machine, if they do: they are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def real_records() -> Path:
    """The folder with `site/` and `one-record.txt`. A test that asks for it where there is none is skipped.

    The variable NEWSREADER_REAL_RECORDS names the folder.
    """
    nearby = Path(__file__).resolve().parents[2] / "shared" / "real"
    folder = Path(os.environ.get("NEWSREADER_REAL_RECORDS") or nearby)
    if not (folder / "site").is_dir() or not (folder / "one-record.txt").is_file():
        pytest.skip("no real records here: NEWSREADER_REAL_RECORDS names no folder that has them")
    return folder
