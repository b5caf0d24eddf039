"""Records of sources: the paths and contents of their files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from newsreader.corpus.document import Document
from newsreader.corpus.fields import build_record
from newsreader.corpus.frontmatter import gated
from newsreader.domain.sanitize import clean_block, clean_line

SUFFIX: Final = ".md"

_MAX_NAME_BYTES: Final = 240
"""Of a file or folder; file systems allow 255, and a suffix may be added."""

_MAX_DEPTH: Final = 8
_INVALID_IN_NAMES: Final = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')


class InvalidRecordError(Exception):
    """A record, feed or listing is invalid; the message says why."""


class IncomingRecord(NamedTuple):
    """A record and its file.

    `path` is relative to the corpus, with slashes. `key` identifies the record between syncs, `page` is the
    canonical URL of its page, if it has one. `is_path_given` is set if the source names the file; otherwise
    the path of a namesake gets a number.
    """

    path: str
    document: Document
    key: str
    page: str = ""
    is_path_given: bool = False


def document_of(values: Mapping[str, Any], body: str, path: str) -> Document:
    """Return a sanitized document for a record's file; raises InvalidRecordError for an invalid value."""
    try:
        document = Document(gated(_without_nulls(values)), clean_block(body))
        _, defects = build_record(document, path)
    except RecursionError:
        raise InvalidRecordError("its values are nested too deeply") from None
    if defects:
        raise InvalidRecordError(defects[0].reason)
    return document


def checked_path(path: object) -> str:
    """Return a path from a source if it is safe, else raise InvalidRecordError.

    It must be a Markdown file in a folder whose name begins with an underscore.
    """
    if not isinstance(path, str) or not path:
        raise InvalidRecordError("it has no path")
    shown = clean_line(path, 100)
    parts = path.split("/")
    is_safe = (
        clean_line(path, 10_000) == path
        and 2 <= len(parts) <= _MAX_DEPTH
        and re.match(r"_\w", path) is not None
        and path.endswith(SUFFIX)
        and all(map(_is_safe_name, parts))
    )
    if not is_safe:
        raise InvalidRecordError(f"its path “{shown}” is none of a record")
    return path


def read_json(text: str, expected: str) -> dict[str, Any]:
    """Parse a JSON object; raises InvalidRecordError, which names what was `expected`."""
    try:
        values = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        place = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidRecordError(f"this is not {expected}: it cannot be read as JSON{place}") from None
    if not isinstance(values, dict):
        raise InvalidRecordError(f"this is not {expected}: a JSON object is needed")
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _is_safe_name(part: str) -> bool:
    return (
        bool(part)
        and not part.startswith(".")
        and not part.endswith(".")
        and part == part.strip()
        and not _INVALID_IN_NAMES.search(part)
        and len(part.encode()) <= _MAX_NAME_BYTES
    )


def _without_nulls(value: Any) -> Any:
    """Drop null values, which the site's own files omit."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value if inner is not None]
    return value
