"""A record that came from outside: where its file belongs, and what that file says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from newsreader.corpus.document import Document
from newsreader.corpus.fields import build_record
from newsreader.corpus.frontmatter import gated
from newsreader.domain.sanitize import clean_block, clean_line

SUFFIX: Final = ".md"

_NAME_BYTES: Final = 240
"""Longest name of a file or folder, in bytes; file systems take 255, and a suffix may be added."""

_DEEPEST: Final = 8
_NEVER_IN_NAMES: Final = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')


class InvalidRecordError(Exception):
    """What came is no record that can be kept; the message says what is wrong with it."""


class IncomingRecord(NamedTuple):
    """A record and its file.

    `path` is relative to the corpus, with slashes. `key` stays the same when the record comes again, `page`
    is the canonical URL of its page, if it has one. `is_path_given` where the source itself names the file;
    otherwise another record of that name gets a number.
    """

    path: str
    document: Document
    key: str
    page: str = ""
    is_path_given: bool = False


def document_of(values: Mapping[str, Any], body: str, path: str) -> Document:
    """What the file of a record says, through the text gate.

    Raises:
        InvalidRecordError: a value is not what its key asks for.

    """
    try:
        document = Document(gated(_without_nulls(values)), clean_block(body))
        _, defects = build_record(document, path)
    except RecursionError:
        raise InvalidRecordError("its values are nested too deeply") from None
    if defects:
        raise InvalidRecordError(defects[0].reason)
    return document


def checked_path(path: object) -> str:
    """A path that a source gives, if a file may be put there.

    It has to lead to a Markdown file in a folder of the site, whose name begins with an underscore.

    Raises:
        InvalidRecordError: it may not.

    """
    if not isinstance(path, str) or not path:
        raise InvalidRecordError("it has no path")
    shown = clean_line(path, 100)
    parts = path.split("/")
    is_sound = (
        clean_line(path, 10_000) == path
        and 2 <= len(parts) <= _DEEPEST
        and re.match(r"_\w", path) is not None
        and path.endswith(SUFFIX)
        and all(map(_is_sound, parts))
    )
    if not is_sound:
        raise InvalidRecordError(f"its path “{shown}” is none of a record")
    return path


def _is_sound(part: str) -> bool:
    return (
        bool(part)
        and not part.startswith(".")
        and not part.endswith(".")
        and part == part.strip()
        and not _NEVER_IN_NAMES.search(part)
        and len(part.encode()) <= _NAME_BYTES
    )


def _without_nulls(value: Any) -> Any:
    """A value of JSON without what it leaves open: the site's files do not name these keys."""
    if isinstance(value, Mapping):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value if inner is not None]
    return value
