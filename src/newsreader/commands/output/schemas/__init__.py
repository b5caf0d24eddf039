"""JSON Schemas of the output of commands, and which command writes what.

A schema has a `version`: it is raised when a key is removed or changes its meaning, not when one is added.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class JsonOutput(NamedTuple):
    """A JSON output of a command.

    `options` are those that choose it. `shape` is `array`, `lines` (JSON Lines), `object`, or `objects`, one
    after the other; the schema describes one element. `schema` is a name of `schema()`, or the URL of a
    standard.
    """

    command: str
    options: str
    shape: str
    schema: str


def _rows(command: str, schema: str) -> tuple[JsonOutput, JsonOutput]:
    """Return the outputs of a command that offers all formats."""
    return (
        JsonOutput(command, "--format json", "array", schema),
        JsonOutput(command, "--format jsonl", "lines", schema),
    )


JSON_OUTPUTS = (
    *_rows("list", "record"),
    *_rows("stories", "record"),
    JsonOutput("show", "--format json", "objects", "record"),
    JsonOutput("show", "--format jsonl", "lines", "record"),
    *_rows("fetch", "fetched"),
    *_rows("links", "link"),
    *_rows("related", "related"),
    JsonOutput("explain", "--json", "object", "explanation"),
    *_rows("topics", "topic"),
    *_rows("providers", "provider"),
    JsonOutput("stats", "--json", "object", "statistics"),
    JsonOutput("pages", "--json", "object", "pages"),
    JsonOutput("pages", "--purge --json", "object", "purge"),
    JsonOutput("check", "--format json", "object", "findings"),
    JsonOutput("check", "--format sarif", "object", "https://json.schemastore.org/sarif-2.1.0.json"),
    JsonOutput("export", "--format jsonfeed", "object", "https://www.jsonfeed.org/version/1.1/"),
    JsonOutput("sources", "--json", "array", "source"),
    JsonOutput("sync", "--json", "array", "sync"),
    JsonOutput("marks export", "", "lines", "mark"),
)
"""In the order of the commands."""

SCHEMA_NAMES = tuple(dict.fromkeys(output.schema for output in JSON_OUTPUTS if "/" not in output.schema))
"""The names of all schemas of the program."""


def schema(name: str) -> dict[str, Any]:
    """Return the schema with a name."""
    text = (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
