"""The table `[sources]` of the settings: sources of fresh records, and the corpora they are written to.

Naming a corpus there permits the program to write to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from newsreader.domain.urls import is_openable
from newsreader.settings.intervals import NEEDED, read_interval
from newsreader.settings.line_numbers import SourceEntry

KINDS = ("listing", "feed", "opml")
"""Keys of which a source has exactly one; the value is a URL or file."""


class DeclaredSource(NamedTuple):
    """A source of fresh records.

    `corpus` is a name of `[corpora]` or a folder. `kind` is one of `KINDS`, `address` a URL, or a file for an
    OPML list. `topics`, `quality` and `published` are set in its records, `folder` is their folder in the
    corpus. A source that is not `enabled` is synced only by name. `refresh` is the seconds
    between two syncs by itself, 0 for none, None for those of the settings. `line` is its line in the
    settings file.
    """

    name: str
    corpus: str
    kind: str
    address: str
    topics: tuple[str, ...] = ()
    quality: int | None = None
    folder: str = "_news"
    published: bool = True
    enabled: bool = True
    refresh: int | None = None
    line: int = 1


EXAMPLE = """\
[sources.ai]
corpus = "~/corpora/ai"    # a folder, or a name of [corpora]: fresh records are written to it
feed = "https://example.com/feed.xml"    # or listing = URL of a site's JSON listing, or opml = file or URL
topics = ["AI"]    # what its records are about
quality = 50    # how they rank
"""
"""An example of a source."""


class _InvalidSourceError(Exception):
    """The value is invalid; the message says what is needed."""


def _corpus(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _InvalidSourceError("a name of [corpora] or a folder is needed")


def _web_address(value: Any) -> str:
    if isinstance(value, str) and is_openable(value.strip()):
        return value.strip()
    raise _InvalidSourceError('a web address is needed, such as "https://example.com/feed.xml"')


def _file_or_address(value: Any) -> str:
    if isinstance(value, str) and value.strip():
        return _web_address(value) if re.match("[a-z]+://", value.strip(), re.IGNORECASE) else value.strip()
    raise _InvalidSourceError("a file or a web address is needed")


def _topics(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value):
        return tuple(name.strip() for name in value)
    raise _InvalidSourceError('a list of names is needed, such as ["AI"]')


def _quality(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000:
        return value
    raise _InvalidSourceError("a whole number from 0 to 1000 is needed")


def is_record_folder(text: str) -> bool:
    """Return whether records of sources may be written to a folder of the corpus."""
    return re.fullmatch(r"_[\w-]+(?:/[\w-]+)*", text) is not None


def _folder(value: Any) -> str:
    if isinstance(value, str) and is_record_folder(value):
        return value
    raise _InvalidSourceError('a folder of the corpus that begins with _ is needed, such as "_news"')


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _InvalidSourceError("true or false is needed")


def _interval(value: Any) -> int:
    seconds = read_interval(value)
    if seconds is None:
        raise _InvalidSourceError(NEEDED)
    return seconds


_READ: Mapping[str, Callable[[Any], object]] = {
    "corpus": _corpus,
    "listing": _web_address,
    "feed": _web_address,
    "opml": _file_or_address,
    "topics": _topics,
    "quality": _quality,
    "folder": _folder,
    "published": _switch,
    "enabled": _switch,
    "refresh": _interval,
}


def read_sources(
    entries: Iterable[SourceEntry], corpora: object, path: Path
) -> tuple[tuple[DeclaredSource, ...], list[str]]:
    """Parse the sources. Return the valid ones, and a message for each error.

    Args:
        entries: The tables of sources.
        corpora: The table of corpora, not validated.
        path: The settings file.

    """
    names = list(corpora) if isinstance(corpora, dict) else []
    sources: list[DeclaredSource] = []
    complaints: list[str] = []
    for entry in entries:
        found, mistakes = _read(entry, names, path)
        complaints += mistakes
        if found is not None:
            sources.append(found)
    return tuple(sources), complaints


def _read(entry: SourceEntry, corpora: list[str], path: Path) -> tuple[DeclaredSource | None, list[str]]:
    place = f"{path}:{entry.line}: sources.{entry.name}"
    if not isinstance(entry.values, dict):
        return None, [f"{place}: a table is needed, [sources.{entry.name}]; the source is left out."]
    if not re.fullmatch(r"[\w.-]+", entry.name):
        return None, [f"{place}: its name may have letters, digits, - and _; the source is left out."]
    fields: dict[str, Any] = {}
    complaints: list[str] = []
    for key, value in entry.values.items():
        spot = f"{path}:{entry.lines[key]}: sources.{entry.name}.{key}"
        if key not in _READ:
            near = get_close_matches(key, _READ, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(_READ)}."
            complaints.append(f"{spot} is not a setting; {hint}")
            continue
        try:
            fields[key] = _READ[key](value)
        except _InvalidSourceError as error:
            rest = "the source is left out" if key in (*KINDS, "corpus") else "the default is used"
            complaints.append(f"{spot}: {error}; {rest}.")
    problem = next(_errors_in(fields, entry.values, corpora), "")
    if problem:
        return None, [*complaints, f"{place}: {problem}; the source is left out."]
    if not {"corpus", *KINDS} & entry.values.keys() <= fields.keys():
        return None, complaints
    kind = next(key for key in KINDS if key in fields)
    address = fields.pop(kind)
    return DeclaredSource(entry.name, kind=kind, address=address, line=entry.line, **fields), complaints


def _errors_in(fields: Mapping[str, Any], given: Mapping[str, Any], corpora: list[str]) -> Iterator[str]:
    """Yield the errors that make a source unusable."""
    if "corpus" not in given:
        yield "corpus is missing, a name of [corpora] or a folder"
    kinds = [key for key in KINDS if key in given]
    if len(kinds) != 1:
        yield f"exactly one of {', '.join(KINDS)} is needed, found {' and '.join(kinds) or 'none'}"
    corpus = fields.get("corpus", "")
    if corpus and corpus not in corpora and not re.search(r"[/\\~]", corpus):
        near = get_close_matches(corpus, corpora, n=1)
        hint = f"did you mean {near[0]}?" if near else f'a folder is written with a slash, "./{corpus}"'
        yield f"corpus: [corpora] has no “{corpus}”; {hint.rstrip('?')}"
