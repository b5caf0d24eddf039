"""The bytes of a file -> its metadata and body, whatever the format. Never raises on content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from newsreader.corpus.document import Document, Format
from newsreader.corpus.frontmatter import KeyLines, decode, gated, read_front, read_source
from newsreader.domain.checks.problem import Defect
from newsreader.domain.sanitize import clean_block, clean_source

_FENCE_RE = re.compile(r"(\+\+\+|;;;|---(?:json|toml|yaml))[ \t]*\n", re.IGNORECASE)


def read_document(data: bytes, *, bare: bool = False) -> Document | None:
    """Read one file.

    Args:
        data: Its bytes.
        bare: Whether a file without metadata is a record, too.

    Returns:
        None when the file has no metadata and needs some: it is no record, and that is no defect.

    """
    decoded, defects = decode(data)
    source = clean_source(decoded)
    return (
        read_source(source, defects)
        or _read_other(source, defects)
        or (_bare(source, defects) if bare else None)
    )


def _read_other(source: str, defects: list[Defect]) -> Document | None:
    text = source.lstrip()
    offset = source.count("\n", 0, len(source) - len(text)) + 1
    if fence := _FENCE_RE.match(text):
        return _fenced(text, fence, offset, defects)
    if text.startswith("{"):
        return _object(text, offset, defects)
    return _unfenced(text, offset, defects)


def _fenced(text: str, fence: re.Match[str], offset: int, defects: list[Defect]) -> Document | None:
    """Metadata between two lines of the same three characters."""
    mark = fence[1].lower()
    closing = re.compile(rf"^{re.escape(mark[:3])}[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, fence.end())
    front = text[fence.end() : closing.start() if closing else len(text)]
    if closing is None:
        if not re.match(r"\s*[\w\"'{\[]", front) or mark == ";;;":
            return None
        reason = f"the metadata is never closed: a line with {mark[:3]} is needed after it"
        defects.append(Defect(offset, reason, "unclosed-front-matter"))
    body = text[closing.end() :] if closing else ""
    if mark in ("+++", "---toml"):
        from newsreader.corpus.formats.toml import parse_toml

        values: dict[Any, Any] = parse_toml(front, offset + 1, defects)
        return _document(values, body, defects, _Lines(front, offset, "="), offset, Format.TOML)
    if mark == "---json" or (mark == ";;;" and front.lstrip()[:1] in ("{", '"')):
        from newsreader.corpus.formats.json import parse_json

        # Middleman leaves the braces out between its fences.
        whole = front.lstrip() if front.lstrip().startswith("{") else "{" + front.strip().rstrip(",") + "}"
        values = parse_json(whole, offset + 1, defects).values
        return _document(values, body, defects, _Lines(front, offset, ":"), offset, Format.JSON)
    values = read_front(front, offset, defects)
    return Document(
        gated(values), clean_block(body), tuple(defects), KeyLines("\n" + front, offset), "\n" + front, offset
    )


def _object(text: str, offset: int, defects: list[Defect]) -> Document | None:
    """A JSON object at the start of the file, with the body below it."""
    from newsreader.corpus.formats.json import OPENING_RE, parse_json

    if not OPENING_RE.match(text):
        return None
    found: list[Defect] = []
    values, end = parse_json(text, offset, found)
    if not values:
        return None
    return _document(
        values, text[end:], [*defects, *found], _Lines(text[:end], offset - 1, ":"), offset, Format.JSON
    )


def _unfenced(text: str, offset: int, defects: list[Defect]) -> Document | None:
    from newsreader.corpus.formats.headers import parse_headers, parse_properties

    first = text.partition("\n")[0]
    if ":: " in first or first.endswith("::"):
        parsed, kind = parse_properties(text), Format.PROPERTIES
    elif ":" in first:
        parsed, kind = parse_headers(text), Format.HEADERS
    else:
        return None
    if parsed is None:
        return None
    lines = {key: offset + line for key, line in parsed.lines.items()}
    return _document(parsed.values, text[parsed.end :], defects, lines, offset, kind)


def _bare(source: str, defects: list[Defect]) -> Document | None:
    """A file that is nothing but a body."""
    if not source.strip() or source.lstrip().startswith("---"):
        return None
    return _document({}, source, defects, {}, 1, Format.NONE)


def _document(  # noqa: PLR0917 - the parts of a document in their order
    values: Mapping[Any, Any],
    body: str,
    defects: list[Defect],
    lines: Mapping[str, int],
    first_line: int,
    kind: Format,
) -> Document:
    return Document(gated(values), clean_block(body), tuple(defects), lines, "", first_line, kind)


class _Lines(KeyLines):
    """The line of each top-level key of TOML or JSON, found by the sign behind it."""

    def __init__(self, front: str, offset: int, sign: str) -> None:
        super().__init__(front, offset)
        self._key_re = re.compile(rf"^[ \t{{]*[\"']?([\w.-]{{1,80}})[\"']?[ \t]*{sign}", re.MULTILINE)

    def _found(self) -> dict[str, int]:
        lines: dict[str, int] = {}
        line = done = 0
        for match in self._key_re.finditer(self._front):
            line += self._front.count("\n", done, match.start())
            done = match.start()
            lines.setdefault(match[1].partition(".")[0], self._offset + 1 + line)
        return lines
