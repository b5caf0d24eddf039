"""JSON from outside -> values, with bounds."""

from __future__ import annotations

import json
from typing import Any

from newsreader.web.sources.incoming_record import InvalidRecordError


def read_json(text: str, what: str) -> dict[str, Any]:
    """The object that a text of JSON holds.

    Args:
        text: As it came.
        what: What it should be, for the words.

    Raises:
        InvalidRecordError: it is no JSON, or no object.

    """
    try:
        values = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        place = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidRecordError(f"this is not {what}: it cannot be read as JSON{place}") from None
    if not isinstance(values, dict):
        raise InvalidRecordError(f"this is not {what}: a JSON object is needed")
    return values


def _refuse(name: str) -> None:
    raise ValueError(name)
