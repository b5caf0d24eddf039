"""The page about the JSON output of commands, generated from the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newsreader.commands.output.schemas import JSON_OUTPUTS, SCHEMA_NAMES, schema

_INTRODUCTION = """\
# JSON output

Made by `python docs/make_reference.py` from the schemas of the program.

`newsreader --spec | jq .schemas.NAME` prints the JSON Schema of an output. Each schema has a `version`: it is
raised when a key is removed or changes its meaning. New keys may come at any time, so ignore unknown ones.

An `array` and `lines` (JSON Lines: one value a line) have the same elements; `objects` are printed one
after the other, as `jq` reads them."""


def schemas_page() -> Iterator[str]:
    """Write the lines of `docs/schemas.md`."""
    yield _INTRODUCTION
    yield ""
    yield "| command | prints | of |"
    yield "|---|---|---|"
    for output in JSON_OUTPUTS:
        is_own = output.schema in SCHEMA_NAMES
        target = f"[`{output.schema}`](#{output.schema})" if is_own else f"<{output.schema}>"
        yield f"| `{f'newsreader {output.command} {output.options}'.strip()}` | {output.shape} | {target} |"
    for name in SCHEMA_NAMES:
        yield from _section(name, schema(name))


def _section(name: str, described: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"## {name}"
    yield ""
    about = f" {described['description']}" if "description" in described else ""
    yield f"{described['title']}; version {described['version']}.{about}"
    yield ""
    yield "| key | type | meaning |"
    yield "|---|---|---|"
    yield from _rows(described, described)


def _rows(whole: Mapping[str, Any], part: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Write a row for each key, and those of objects inside it."""
    required = part.get("required", ())
    for key, found in part["properties"].items():
        value = _resolved(whole, found)
        meaning = found.get("description") or value.get("description", "")
        optional = "" if key in required else "; may be missing"
        yield f"| `{prefix}{key}` | {_type(whole, value)}{optional} | {meaning} |".replace("|  |", "| |")
        inner, mark = _inner(whole, value)
        if inner is not None:
            yield from _rows(whole, inner, f"{prefix}{key}{mark}.")


def _inner(whole: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, str]:
    """Return the object in a value that has known keys, and `[]` if it is an element of an array."""
    if "items" in value:
        inner, _ = _inner(whole, _resolved(whole, value["items"]))
        return inner, "[]"
    for choice in (value, *(_resolved(whole, other) for other in value.get("oneOf", ()))):
        if "properties" in choice:
            return choice, ""
    return None, ""


def _type(whole: Mapping[str, Any], value: Mapping[str, Any]) -> str:
    if "enum" in value:
        return ", ".join("null" if choice is None else f"`{choice}`" for choice in value["enum"])
    if "oneOf" in value:
        return " or ".join(_type(whole, _resolved(whole, choice)) for choice in value["oneOf"])
    if "items" in value:
        return f"array of {_type(whole, _resolved(whole, value['items']))}s"
    types = value.get("type", "any")
    return types if isinstance(types, str) else " or ".join(types)


def _resolved(whole: Mapping[str, Any], value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a value, or the definition that it refers to."""
    reference = value.get("$ref")
    return whole["$defs"][reference.rpartition("/")[2]] if reference else value
