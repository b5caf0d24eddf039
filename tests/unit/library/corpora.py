"""A corpus in the making, with an index beside it that is brought up to date in this process."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsreader.domain.ranking import DAY, Order
from newsreader.domain.view import Scope, View
from newsreader.library.index.record_rows import FileRow
from newsreader.library.indexing.progress import Progress
from newsreader.library.indexing.refresh import refresh
from newsreader.library.indexing.worker_pool import parse_in_process
from newsreader.library.queries.reader import Reader

EVERYTHING = View(Scope.EVERYTHING)

JUNE = 1_624_752_000
"""27 June 2021, 00:00 UTC."""


def front_matter(values: dict[str, object], body: str = "") -> str:
    """Return a file with front matter; JSON is YAML too."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items()]
    return f"---\n{''.join(lines)}---\n{body}"


class Corpus:
    """A folder of records and its index. `parsed` has the paths that the last refresh read."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "corpus"
        self.index = folder / "cache" / "index.sqlite"
        self.parsed: list[bytes] = []
        self.root.mkdir(parents=True)
        self._writes = 0

    def put(self, path: str, **values: object) -> None:
        """Write a record; without a title its path is the title. The key `body` stands for the text below."""
        body = str(values.pop("body", ""))
        self.put_bytes(path, front_matter({"title": path, **values}, body))

    def put_topic(self, name: str, parent: str = "", file: str = "", **values: object) -> str:
        """Write a topic file and return its path."""
        path = f"_data/topics/{file or '10-' + name.lower().replace(' ', '-') + '.yaml'}"
        entries = {"taxonomy": "topic", "name": name, "parent": parent, **values}
        self.put_bytes(path, "".join(f"{key}: {json.dumps(entry)}\n" for key, entry in entries.items()))
        return path

    def put_bytes(self, path: str | bytes, content: str | bytes) -> None:
        """Write a file; each write has a time of change of its own, whatever the clock says."""
        target = Path(os.fsdecode(os.path.join(os.fsencode(self.root), os.fsencode(path))))  # noqa: PTH118
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        self._writes += 1
        os.utime(target, (JUNE + self._writes, JUNE + self._writes))

    def remove(self, path: str) -> None:
        """Delete a file."""
        (self.root / path).unlink()

    def rename(self, path: str, new: str) -> None:
        """Move a file."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / new)

    def refreshing(self, half_life: int = DAY) -> Iterator[Progress]:
        """Bring the index up to date step by step."""
        self.parsed = []
        return refresh(self.root, self.index, half_life=half_life, parse=self._parse)

    def refresh(self, half_life: int = DAY) -> list[Progress]:
        """Bring the index up to date and return all that was told on the way."""
        return list(self.refreshing(half_life))

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Open a reader for as long as the block lasts."""
        with closing(Reader(self.index)) as reader:
            yield reader

    def paths(self, view: View = EVERYTHING) -> list[str]:
        """Return the paths of the records in a view, in order."""
        with self.reader() as reader:
            return _paths(reader, reader.ids(view))

    def id_of(self, path: str) -> int:
        """Return the id of a record."""
        with self.reader() as reader:
            ids = reader.ids(EVERYTHING)
            return ids[_paths(reader, ids).index(path)]

    def problems(self) -> list[str]:
        """Return the problems as a person reads them."""
        with self.reader() as reader:
            return [str(listed.problem) for listed in reader.problems()]

    def topic_counts(self, scope: Scope = Scope.EVERYTHING) -> dict[str, int]:
        """Return the number of records by folded name of topic."""
        with self.reader() as reader:
            return dict(reader.counts(scope).topics)

    def topic_tree(self) -> list[tuple[str, int]]:
        """Return the topics with their depths, parents before children."""
        with self.reader() as reader:
            return [(topic.name, depth) for topic, depth in reader.topics().walk()]

    def _parse(self, root: Path, paths: Iterable[bytes]) -> Iterator[list[FileRow]]:
        for rows in parse_in_process(root, paths):
            self.parsed.extend(row.path for row in rows)
            yield rows


def answers(index: Path, words: Iterable[str] = ()) -> dict[str, object]:
    """Return what a reader can tell about an index, with paths in place of ids."""
    with closing(Reader(index)) as reader:
        ids = reader.ids(EVERYTHING)
        paths = dict(zip(ids, _paths(reader, ids), strict=True))
        paths_or_none = {None: None} | dict[int | None, str | None](paths.items())
        told: dict[str, object] = {
            "topics": list(reader.topics().walk()),
            "problems": [(listed.problem, paths_or_none[listed.record_id]) for listed in reader.problems()],
            "headlines": {
                paths[headline.record_id]: headline[1:]
                for headline in reader.headlines(ids)
                if headline is not None
            },
        }
        for scope in Scope:
            told[f"counts {scope}"] = reader.counts(scope)
            for order in Order:
                told[f"{scope} {order}"] = [paths[id_] for id_ in reader.ids(View(scope, order=order))]
            for word in words:
                told[f"{scope} {word!r}"] = [paths[id_] for id_ in reader.ids(View(scope, filter=word))]
            for topic, _ in reader.topics().walk():
                told[f"{scope} in {topic.name}"] = [
                    paths[id_] for id_ in reader.ids(View(scope, topic=topic.name))
                ]
        pages = [page for id_ in ids if (page := reader.page(id_)) is not None]
        told["pages"] = {
            page.record.path: (
                page.record,
                [(entry, paths_or_none[id_], match) for entry, id_, match in page.coverage],
                [(item, paths_or_none[id_], title) for item, id_, title in page.items],
            )
            for page in pages
        }
        return told


def assert_sound(index: Path) -> None:
    """Check what the database can check about itself, the full-text index with its source included."""
    with closing(sqlite3.connect(index, isolation_level=None)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO passage_words (passage_words, rank) VALUES ('integrity-check', 1)")


def _paths(reader: Reader, ids: Iterable[int]) -> list[str]:
    pages = [reader.page(id_) for id_ in ids]
    return [page.record.path if page else "gone" for page in pages]
