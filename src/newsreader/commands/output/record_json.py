"""A record as JSON: its own keys, and what the index knows of it; see `docs/record.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsreader.commands.output.record_columns import Row
from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.dates import Moment, iso
from newsreader.domain.indexed_record import IndexedRecord

VERSION = 1
"""Of the schema: raised when a key goes or means something else; new keys may come at any time."""

SEALED = "secured"
"""The key of the sealed block, which is given only to who asks for it."""

ADDED = ("id", "path", "score", "story", "body", "text", "own")
"""Keys that are not the record's; should it have one of them, that is given in `own`."""


def record_json(row: Row, *, sealed: bool = False, body: bool = False) -> dict[str, Any]:
    """All keys of a record.

    Those that every record may have are always there, null where this one says nothing or what cannot be
    read. All others are as the file has them.

    Args:
        row: With what its file says.
        sealed: Whether the sealed block is wanted.
        body: Whether the text below the front matter is wanted.

    """
    values = row.document.values if row.document else {}
    told = {
        "id": row.listed.name,
        "path": row.listed.path,
        "score": row.listed.score,
        "story": story_json(row.listed),
    }
    told |= _usual(row, values)
    own = {key: value for key, value in values.items() if key in ADDED}
    told |= {key: _dated(key, value) for key, value in values.items() if key not in told and key not in ADDED}
    if not sealed:
        told.pop(SEALED, None)
    if own:
        told["own"] = own
    if body:
        told["body"] = row.record.body or None
    return told


def story_json(
    listed: IndexedRecord, members: Iterable[IndexedRecord] | None = None
) -> dict[str, Any] | None:
    """The story of a record, with all of its reports where they are given; None where it stands alone."""
    if not listed.lead:
        return None
    story: dict[str, Any] = {"lead": listed.lead, "reports": listed.reports, "reason": listed.reason.words}
    if members is not None:
        story["members"] = [member_json(member) for member in members]
    return story


def member_json(listed: IndexedRecord) -> dict[str, Any]:
    """A report of a story in short."""
    return {
        "id": listed.name,
        "path": listed.path,
        "title": listed.title,
        "provider": listed.source or None,
        "publishedDateTime": _time(listed.moment),
        "quality": listed.quality,
        "heat": listed.heat,
        "reason": listed.reason.words,
    }


def _usual(row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    record = row.record
    return {
        "category": record.category or None,
        "title": record.title,
        "excerpt": record.excerpt or None,
        "publishedDateTime": _time(record.moment),
        "originalUrl": record.original_url or None,
        "webUrl": record.web_url or None,
        "ampWebUrl": record.amp_url or None,
        "cdnAmpWebUrl": record.cached_amp_url or None,
        "type": record.type,
        "quality": record.quality,
        "heat": record.heat,
        "published": record.published,
        "provider": _provider(row, values.get("provider")),
        "topics": list(record.topics),
        "images": _maps(values.get("images")),
        "related": [
            {key: _dated(key, value) for key, value in entry.items()}
            for entry in _maps(values.get("related"))
        ],
    }


def _provider(row: Row, value: Any) -> dict[str, Any] | None:
    provider = row.record.provider
    if not (provider.label or isinstance(value, dict)):
        return None
    known = {"name": provider.name or None, "domain": provider.domain or None}
    return {**(value if isinstance(value, dict) else {}), **known}


def _maps(value: Any) -> list[dict[str, Any]]:
    """The maps of a list, or the one that stands for a list."""
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _dated(key: str, value: Any) -> Any:
    """A value of the file; the time that a key such as `updatedDateTime` holds is told in UTC."""
    return _time(parse_moment(value)) if key.endswith("DateTime") else value


def _time(moment: Moment | None) -> str | None:
    return None if moment is None else iso(moment)
