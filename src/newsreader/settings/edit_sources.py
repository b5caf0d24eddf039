"""Edit the tables `[corpora]` and `[sources]` in the text of the settings, preserving comments and order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from newsreader.settings.line_numbers import SOURCES
from newsreader.settings.sources import DeclaredSource

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

CORPORA = "corpora"
_DEFAULTS = DeclaredSource("", "", "", "")._asdict()


class EditError(Exception):
    """The settings cannot be edited; the message says why."""


def free_name(wanted: str, taken: Collection[str]) -> str:
    """Return a valid name for a source or corpus that is not taken, such as `lab-2`."""
    name = re.sub(r"[^\w]+", "-", wanted.casefold(), flags=re.ASCII).strip("-_")[:40] or "news"
    number = 2
    found = name
    while found in taken:
        found = f"{name}-{number}"
        number += 1
    return found


def source_values(source: DeclaredSource) -> dict[str, Any]:
    """Return the keys of a source that differ from their defaults, in the order of the documentation."""
    values: dict[str, Any] = {"corpus": source.corpus, source.kind: source.address}
    for key in ("topics", "quality", "folder", "published", "enabled"):
        value = getattr(source, key)
        if value != _DEFAULTS[key]:
            values[key] = list(value) if isinstance(value, tuple) else value
    return values


def add_source(text: str, source: DeclaredSource) -> str:
    """Append the table of a source."""
    return _add_table(text, SOURCES, source.name, source_values(source))


def add_corpus(text: str, name: str, folder: str) -> str:
    """Append a corpus to the table of corpora."""
    import tomlkit

    def change(document: TOMLDocument) -> None:
        if CORPORA not in document:
            table = tomlkit.table()
            table.add(name, folder)
            if document.body:
                document.add(tomlkit.nl())
            document.add(CORPORA, table)
        else:
            document[CORPORA][name] = folder

    return _edited(text, change, lambda values: _inner(values, CORPORA).update({name: folder}))


def set_enabled(text: str, name: str, *, enabled: bool) -> str:
    """Enable or disable a source."""

    def change(document: TOMLDocument) -> None:
        document[SOURCES][name]["enabled"] = enabled

    return _edited(text, change, lambda values: values[SOURCES][name].update(enabled=enabled))


def remove_source(text: str, name: str) -> str:
    """Delete the table of a source."""

    def change(document: TOMLDocument) -> None:
        del document[SOURCES][name]

    def expect(values: dict[str, Any]) -> None:
        del values[SOURCES][name]
        if not values[SOURCES]:
            del values[SOURCES]

    return _edited(text, change, expect)


def rename_source(text: str, old: str, new: str) -> str:
    """Rename a source where it stands; raises EditError if its table has no header of its own."""
    header = re.compile(rf"""(?m)^(\s*\[\s*["']?sources["']?\s*\.\s*)["']?{re.escape(old)}["']?(\s*[\].])""")

    def expect(values: dict[str, Any]) -> None:
        values[SOURCES] = {new if name == old else name: one for name, one in values[SOURCES].items()}

    quoted = new if re.fullmatch(r"[A-Za-z0-9_-]+", new) else f'"{new}"'
    changed = header.sub(lambda found: f"{found[1]}{quoted}{found[2]}", text)
    return _checked(text, changed, expect)


def _add_table(text: str, parent: str, name: str, values: Mapping[str, Any]) -> str:
    import tomlkit

    # As text: a new table belongs at the end, wherever the tables of the others are.
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, value)
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{name}"'
    start = f"{text.rstrip()}\n\n" if text.strip() else ""
    changed = f"{start}[{parent}.{key}]\n{table.as_string()}"
    return _checked(text, changed, lambda read: _inner(read, parent).update({name: dict(values)}))


def _edited(
    text: str, change: Callable[[TOMLDocument], None], expect: Callable[[dict[str, Any]], None]
) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        change(document)
        changed = tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise EditError(f"it cannot be changed ({error})") from None
    return _checked(text, changed, expect)


def _checked(text: str, changed: str, expect: Callable[[dict[str, Any]], None]) -> str:
    """Return the changed text if it says what is expected and nothing else."""
    import tomllib

    try:
        before, after = tomllib.loads(text), tomllib.loads(changed)
        expect(before)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise EditError(f"it cannot be changed ({error})") from None
    if after != before:
        raise EditError("it is written in a way that can only be changed by hand")
    return changed


def _inner(values: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = values.setdefault(key, {})
    return found
