"""Write a corpus of invented news records, of any size, in the shape of a real one.

The same options give the same files, byte for byte, so that measurements on different days are comparable.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.graphs import GRAPHS, newsroom
from benchmarks.invented_world import topic_files
from benchmarks.newsroom import BODIES


def generate(root: Path, records: int, seed: int = 7, graph: str = "stories", bodies: str = "none") -> None:
    """Write a corpus of `records` news records, with its topic files, into the folder `root`.

    The memory used does not depend on the number of records.

    Args:
        root: Made if it is not there.
        records: How many; up to a million were tried.
        seed: Decides everything in the files.
        graph: Which records the related lists name, one of `GRAPHS`.
        bodies: How much text follows the front matter, one of `BODIES`.

    Raises:
        ValueError: `records` is less than one.
        FileExistsError: `root` has something in it, which would mix with the corpus.
        OSError: a file could not be written.

    """
    if records < 1:
        raise ValueError("A corpus has at least one record.")
    root.mkdir(parents=True, exist_ok=True)
    if any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty")
    write(root, topic_files())
    write(root, newsroom(graph, seed, bodies).records(records))


def write(root: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write each text to its path below `root`, as UTF-8 with line feeds on every platform."""
    folders: set[str] = set()
    for path, text in files:
        folder = path.rpartition("/")[0]
        if folder not in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        (root / path).write_bytes(text.encode())


def main(arguments: list[str]) -> int:
    """Generate a corpus as asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("root", metavar="DIR", type=Path, help="an empty folder, or one to be made")
    parser.add_argument("--records", type=int, default=10_000, help="how many records (10000)")
    parser.add_argument("--seed", type=int, default=7, help="another seed gives other records (7)")
    parser.add_argument(
        "--graph", choices=GRAPHS, default="stories", help="which records the related lists name (stories)"
    )
    parser.add_argument(
        "--bodies", choices=BODIES, default="none", help="the text below the front matter (none)"
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        generate(options.root, options.records, options.seed, options.graph, options.bodies)
    except (OSError, ValueError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    print(f"{options.records:,} records in {time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
