"""A record as JSON: its own keys, and what the index adds; see `schemas/record.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsreader.commands.output.record_columns import Row
from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.dates import Moment, iso
from newsreader.domain.indexed_record import IndexedRecord

SEALED = "secured"
"""The key of the sealed block, which is written only on request."""

ADDED = ("id", "path", "score", "story", "body", "text", "own")
"""Keys added to the record; where the record has one of its own, that moves to `own`."""


def record_json(row: Row, *, sealed: bool = False, body: bool = False) -> dict[str, Any]:
    """Return all keys of a record.

    The standard keys are always present, null where the value is missing or invalid. All others are as in the
    file.

    Args:
        row: A row with its file.
        sealed: Whether to include the sealed block.
        body: Whether to include the text below the front matter.

    """
    values = row.document.values if row.document else {}
    result = {
        "id": row.listed.name,
        "path": row.listed.path,
        "score": row.listed.score,
        "story": story_json(row.listed),
    }
    result |= _standard(row, values)
    own = {key: value for key, value in values.items() if key in ADDED}
    result |= {
        key: _utc_if_date(key, value)
        for key, value in values.items()
        if key not in result and key not in ADDED
    }
    if not sealed:
        result.pop(SEALED, None)
    if own:
        result["own"] = own
    if body:
        result["body"] = row.record.body or None
    return result


def story_json(
    listed: IndexedRecord, members: Iterable[IndexedRecord] | None = None
) -> dict[str, Any] | None:
    """Return the story of a record, with its reports if given; None if the record stands alone."""
    if not listed.lead:
        return None
    story: dict[str, Any] = {"lead": listed.lead, "reports": listed.reports, "reason": listed.reason.words}
    if members is not None:
        story["members"] = [member_json(member) for member in members]
    return story


def member_json(listed: IndexedRecord) -> dict[str, Any]:
    """Return a short form of a report."""
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


def _standard(row: Row, values: Mapping[str, Any]) -> dict[str, Any]:
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
            {key: _utc_if_date(key, value) for key, value in entry.items()}
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
    """Return the mappings in a list, or a single mapping as a list."""
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, dict)]


def _utc_if_date(key: str, value: Any) -> Any:
    """Convert the value of a key such as `updatedDateTime` to UTC; return others unchanged."""
    return _time(parse_moment(value)) if key.endswith("DateTime") else value


def _time(moment: Moment | None) -> str | None:
    return None if moment is None else iso(moment)
