"""`newsreader marks export` and `import`: copy marks between machines, as JSON Lines.

Each line is an object with these keys; all but the title are required:

- `story`: the canonical URL of the page, or `path:` followed by the path in the corpus;
- `mark`: `read`, `starred`, `later`, `note`, `tags` or `hidden`;
- `value`: true or false, the text of a note, or tags separated by spaces;
- `at`: when it was set, in UTC as ISO 8601 with milliseconds;
- `title`: the title of the story.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from newsreader.commands.support.arguments import CommandParser
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.mark_changes import BY_PATH, Identity, MarkChange
from newsreader.domain.marks import Mark
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url
from newsreader.library.marks.store import DatedChange, Marks
from newsreader.settings import paths

LONGEST_LINE = 1_000_000
"""Characters in a line; the longest note has a sixth of that, if every character is escaped."""

_OPEN_FILES = (Path("/dev/fd"), Path("/proc/self/fd"))

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BY_WORD = {mark.word: mark for mark in Mark}


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "marks",
        "Move marks (read, starred, read later, notes, tags, hidden) between machines, as JSON Lines.",
        (
            ("marks export marks.jsonl", "write all marks to a file"),
            ("marks import marks.jsonl", "take them in; of each mark the newest wins"),
        ),
    )
    actions = command.add_subparsers(
        dest="what", required=True, metavar="export|import", parser_class=ArgumentParser
    )
    export = actions.add_parser("export", help="write all marks as JSON Lines")
    export.add_argument("file", nargs="?", metavar="FILE", help="where to; without it, to standard output")
    importing = actions.add_parser("import", help="take marks in; of each the newest wins")
    importing.add_argument("file", nargs="?", metavar="FILE", help="what export wrote, or standard input")
    return command


def run(arguments: Sequence[str]) -> int:
    """Run the command; return 0."""
    options = parser().parse_args(arguments)
    with closing(Marks(paths.marks_file())) as marks:
        if marks.notice:
            print(f"newsreader: {marks.notice}", file=sys.stderr)
        if options.what == "export":
            return _export(marks, options.file)
        return _import(marks, options.file)


def _export(marks: Marks, file: str | None) -> int:
    if file is None or file == "-":
        _write(marks, sys.stdout)
        return 0
    path = Path(file)
    try:
        with path.open("w", encoding="utf-8", newline="\n") as target:
            count = _write(marks, target)
    except OSError as error:
        raise NewsreaderError(f"{path}: cannot be written ({error.strerror}).") from error
    print(f"{count:,} marks written to {path}.", file=sys.stderr)
    return 0


def _write(marks: Marks, target: TextIO) -> int:
    count = 0
    for (identity, mark, value, title), at in marks.all():
        line = {
            "story": identity.name,
            "mark": mark.word,
            "value": value if mark.is_text else bool(value),
            "at": _format_time(at),
            "title": title,
        }
        target.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _import(marks: Marks, file: str | None) -> int:
    name = "standard input" if file in (None, "-") else str(file)
    try:
        if file is None or file == "-":
            read = list(read_marks(sys.stdin, name))
        else:
            if not _can_be_read_to_its_end(Path(file)):
                raise NewsreaderError(
                    f"{name}: not a file. Give a file, or pipe the marks to standard input."
                )
            with Path(file).open(encoding="utf-8") as source:
                read = list(read_marks(source, name))
    except OSError as error:
        raise NewsreaderError(f"{name}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise NewsreaderError(f"{name}: not UTF-8; nothing was imported.") from error
    merged = marks.merge(f"Imported marks from {Path(name).name}", read)
    print(
        f"{merged.taken:,} marks taken, {merged.known:,} known already, {merged.older:,} older than ours.",
        file=sys.stderr,
    )
    return 0


def _can_be_read_to_its_end(path: Path) -> bool:
    """Whether a path is neither a device nor a named pipe, to which nobody may ever write; `<(…)` is fine."""
    return path.is_file() or path.is_dir() or not path.exists() or path.parent in _OPEN_FILES


def read_marks(source: TextIO, name: str) -> Iterator[DatedChange]:
    """Parse what `export` wrote; raise NewsreaderError, which names the line, if any is invalid."""
    for number in count(1):
        line = source.readline(LONGEST_LINE)
        if not line:
            return
        if len(line) == LONGEST_LINE:
            raise NewsreaderError(f"{name}:{number}: the line is too long; nothing was imported.")
        if line.strip():
            try:
                yield _parse_mark(json.loads(line))
            except (ValueError, RecursionError) as error:
                message = f"{name}:{number}: {error}; nothing was imported."
                raise NewsreaderError(message) from error


def _parse_mark(line: Any) -> DatedChange:
    """Parse a mark. Raise ValueError if it is invalid."""
    if not isinstance(line, dict):
        raise ValueError("an object is needed")
    mark = _BY_WORD.get(str(line.get("mark")))
    if mark is None:
        raise ValueError(f"mark must be one of {', '.join(_BY_WORD)}")
    value = line.get("value")
    if not isinstance(value, str if mark.is_text else bool):
        raise ValueError(f"value must be {'a text' if mark.is_text else 'true or false'}")
    story, title = _parse_story(line.get("story")), line.get("title")
    stored = value if isinstance(value, str) else int(value)
    return DatedChange(
        MarkChange(story, mark, stored, title if isinstance(title, str) else ""), _parse_time(line.get("at"))
    )


def _parse_story(name: Any) -> Identity:
    if isinstance(name, str) and name.startswith(BY_PATH):
        return Identity.named(clean_line(name))
    page = canonical_url(name) if isinstance(name, str) else ""
    if not page:
        raise ValueError(f"story must be an http or https URL, or {BY_PATH} and a path")
    return Identity.named(page)


def _format_time(at: int) -> str:
    moment = _EPOCH + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _parse_time(text: Any) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueError("at must be a time such as 2021-06-28T07:12:00.000Z") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(milliseconds=1)
