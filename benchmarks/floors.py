"""What no reader of these files can do without: looking at them, reading them, parsing their YAML.

Run as `python -m benchmarks.floors ROOT` to read and parse a corpus; prints the seconds it took.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from newsreader.corpus.yaml_loader import load

_BATCH: Final = 100
_FENCE: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)


def look_at(root: Path) -> list[str]:
    """Walk a folder and look at the time and the size of each file; their paths."""
    found: list[str] = []
    folders = [str(root)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    entry.stat()
                    found.append(entry.path)
    return found


def read_and_parse(paths: Iterable[str]) -> int:
    """Load the front matter of each file, or the whole where there is none; how many there were."""
    count = 0
    for path in paths:
        text = Path(path).read_bytes().decode()
        parts = _FENCE.split(text, 2) if text.startswith("---") else ["", text]
        load(parts[1])
        count += 1
    return count


def cores() -> int:
    """How many processes can run at a time."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def parse_corpus(root: Path) -> float:
    """Read and parse all files in as many processes as there are cores; the seconds it took."""
    started = time.monotonic()
    paths = look_at(root)
    batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
    with multiprocessing.get_context("spawn").Pool(cores()) as pool:
        done = sum(pool.imap_unordered(read_and_parse, batches))
    if done != len(paths):
        raise RuntimeError(f"{done} of {len(paths)} files were read")
    return time.monotonic() - started


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # like the reader's own indexing process, so that other work on the machine slows both
    print(parse_corpus(Path(sys.argv[1])))
