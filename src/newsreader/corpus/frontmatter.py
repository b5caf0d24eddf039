"""The bytes of a file -> its front matter and body, through the text gate. Never raises on content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from typing import Any, NamedTuple

import frontmatter
import yaml

from newsreader.corpus import yaml_loader
from newsreader.corpus.document import Document
from newsreader.corpus.yaml_fast_path import CleanValues
from newsreader.domain.checks.problem import Defect
from newsreader.domain.sanitize import clean_block, clean_line, clean_source

STRING_LIMIT = 100_000
"""Longest string kept from the front matter, in characters; the longest real one has 3,000."""

KEY_LIMIT = 1_000
"""Most top-level keys whose lines are known; real records have less than 40."""

SALVAGE_LIMIT = 1_000_000
"""Most characters of broken front matter that are searched for sound keys."""

_MOST_DEFECTS = 10
_ERRORS = (yaml.YAMLError, ValueError, RecursionError)
_NUMBERS = (bool, int, float)
_LISTS = (list, tuple, set)
_FENCE_RE = re.compile(r"---[ \t]*(?:\n|\Z)")
# YAML ends a document with three dots; a fence may follow.
_DOTS_RE = re.compile(r"\.\.\.[ \t]*(?:\n|\Z)(?:---[ \t]*(?:\n|\Z))?")
_KEY_RE = re.compile(r"^[^\s#:\[{\"'-][^:\n]{0,80}:(?:\s|$)", re.MULTILINE)
_TEXT_KEYS = (
    "title|name|headline|excerpt|description|summary|subtitle|abstract|author|source|publisher|category|type"
    "|caption|label|bio|location|linkTitle|ogTitle|tagline|lead|text|url|link"
)
_TEXT_LINE_RE = re.compile(
    rf"^(?P<before>[ ]{{0,16}}(?:- )?(?:{_TEXT_KEYS}):[ \t]+)(?P<value>\S.*)$", re.MULTILINE | re.IGNORECASE
)
_COMMENTED_LINE_RE = re.compile(rf"^(?P<key>{_TEXT_KEYS}):[ \t]+(?P<value>#\S.*)$", re.MULTILINE)


class _Handler(frontmatter.default_handlers.YAMLHandler):
    """Front matter that was cut out already, read by the bounded loader."""

    def __init__(self, front: str, body: str) -> None:
        super().__init__()
        self._parts = front, body
        self.is_clean = False

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002
        return self._parts

    def load(self, fm: str, **_kwargs: object) -> dict[str, Any]:
        loaded = yaml_loader.load(fm)
        if not isinstance(loaded, dict) and loaded is not None:
            raise yaml.MarkedYAMLError(problem=f"keys and values are needed, found a {_kind(loaded)}")
        self.is_clean = isinstance(loaded, CleanValues)
        return loaded or {}


class _Key(NamedTuple):
    """A top-level key, where it starts in the front matter, and on which line, counted from 0."""

    name: str
    start: int
    line: int


class KeyLines(Mapping[str, int]):
    """The line of each top-level key, looked for only when something is to be said about one."""

    def __init__(self, front: str, offset: int) -> None:
        self._front = front
        self._offset = offset

    @cached_property
    def _lines(self) -> dict[str, int]:
        return self._found()

    def _found(self) -> dict[str, int]:
        return {key.name: self._offset + key.line for key in _keys(self._front)}

    def __getitem__(self, key: str) -> int:
        return self._lines[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def read_document(data: bytes) -> Document | None:
    """Read one file with YAML front matter.

    Returns:
        None when the file has no front matter: it is no record, and that is no defect.

    """
    decoded, defects = decode(data)
    return read_source(clean_source(decoded), defects)


def read_source(source: str, defects: list[Defect]) -> Document | None:
    """Read the decoded text of a file with YAML front matter; the defects found so far are kept."""
    text = source.lstrip()
    opening = _FENCE_RE.match(text)
    if not opening:
        return None
    offset = source.count("\n", 0, len(source) - len(text)) + 1
    front, body = _cut(text, opening.end())
    if body is None:
        if not _KEY_RE.match(front.lstrip("\n")):
            return None
        reason = "the front matter is never closed: a line with --- is needed after it"
        defects.append(Defect(offset, reason, "unclosed-front-matter"))
    loaded = _parse(front, body or "", offset, defects)
    values, lines = gated(loaded), KeyLines(front, offset)
    return Document(values, clean_block(body or ""), tuple(defects), lines, front, offset)


def read_front(front: str, offset: int, defects: list[Defect]) -> dict[Any, Any]:
    """Load YAML that stands between other fences; its first line follows line `offset`."""
    return _parse("\n" + front, "", offset, defects)


def read_text(data: bytes) -> str:
    """The text of a file as a YAML parser may be given it, line for line."""
    return clean_source(decode(data)[0])


def read_yaml(data: bytes) -> tuple[dict[str, object], tuple[Defect, ...]]:
    """Read a file that is YAML as a whole: its first mapping, and its defects."""
    decoded, defects = decode(data)
    try:
        loaded = yaml_loader.load(clean_source(decoded))
    except _ERRORS as error:
        defects.append(_defect(error, 1))
        loaded = None
    return gated(loaded) if isinstance(loaded, dict) else {}, tuple(defects)


def _cut(text: str, start: int) -> tuple[str, str | None]:
    """The front matter, from the line break before it on, and the body; None where no fence closes it."""
    place = text.find("\n---", start - 1)
    closing = None
    while place >= 0 and not (closing := _FENCE_RE.match(text, place + 1)):
        place = text.find("\n---", place + 1)
    end = len(text) if place < 0 else place + 1
    dots = text.find("\n...", start - 1, end)
    if dots >= 0 and (ending := _DOTS_RE.match(text, dots + 1)):
        return "\n" + text[start : dots + 1], text[ending.end() :]
    return "\n" + text[start:end], text[closing.end() :] if closing else None


def _parse(front: str, body: str, offset: int, defects: list[Defect]) -> dict[Any, Any]:
    """The values of the front matter; where the YAML is broken, what its sound parts say."""
    handler = _Handler(front, body)
    try:
        loaded: dict[Any, Any] = frontmatter.parse("", handler=handler)[0]
    except _ERRORS as error:
        kept, found = _salvage(front, offset)
        defects.extend(found or [_defect(error, offset)])
        loaded = kept
    if None in loaded.values() and ": #" in front:
        return _with_commented_lines(loaded, front, offset, defects)
    return CleanValues(loaded) if handler.is_clean else loaded


def _with_commented_lines(
    loaded: dict[Any, Any], front: str, offset: int, defects: list[Defect]
) -> dict[Any, Any]:
    """Recover the text of one-line keys that begins with #, which YAML takes for a comment."""
    for match in islice(_COMMENTED_LINE_RE.finditer(front), _MOST_DEFECTS):
        if loaded.get(match["key"], "") is None:
            line = offset + front.count("\n", 0, match.start())
            reason = f"{match['key']}: text that begins with # is a comment in YAML: put it in quotes"
            defects.append(Defect(line, reason, "invalid-yaml"))
            loaded[match["key"]] = match["value"].strip()
    return loaded


def _keys(front: str) -> list[_Key]:
    keys: list[_Key] = []
    line = done = 0
    for match in islice(_KEY_RE.finditer(front), KEY_LIMIT):
        line += front.count("\n", done, match.start())
        done = match.start()
        keys.append(_Key(match[0].partition(":")[0].strip(), done, line))
    return keys


def _salvage(front: str, offset: int) -> tuple[dict[Any, Any], list[Defect]]:
    """Load the top-level keys one by one: those that can be read, and what is wrong with the first others."""
    kept: dict[Any, Any] = {}
    defects: list[Defect] = []
    budget = SALVAGE_LIMIT
    for key, following in pairwise([*_keys(front), _Key("", len(front), 0)]):
        part = front[key.start : following.start].rstrip()
        budget -= len(part)
        if budget < 0:
            break
        try:
            loaded = yaml_loader.load(part)
        except _ERRORS as error:
            defects.append(_defect(error, offset + key.line, part.count("\n")))
            loaded = _with_texts_quoted(part)
        kept.update(loaded if isinstance(loaded, dict) else {})
    return kept, defects[:_MOST_DEFECTS]


def _with_texts_quoted(part: str) -> object:
    """Load a broken part with the values of its one-line texts in quotes; None where it stays broken."""
    quoted = _TEXT_LINE_RE.sub(_in_quotes, part)
    if quoted == part:
        return None
    try:
        return yaml_loader.load(quoted)
    except _ERRORS:
        return None


def _in_quotes(line: re.Match[str]) -> str:
    """Put the value of a line in quotes where it cannot be loaded by itself."""
    try:
        yaml_loader.load(f"key: {line['value']}")
        return line[0]
    except _ERRORS:
        pass
    text = line["value"].strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return f"{line['before']}{json.dumps(text, ensure_ascii=False)}"


def _defect(error: Exception, offset: int, last: int | None = None) -> Defect:
    """An error in text whose first line is `offset` and whose last one is `last` lines below it."""
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or str(error).partition("\n")[0] or type(error).__name__
    context = getattr(error, "context", None) or ""
    if context.startswith("while scanning a") and error.context_mark:  # type: ignore[attr-defined]
        # What was opened and never closed is to blame, not the place where the text ran out.
        mark, reason = error.context_mark, f"{context}, {reason}"  # type: ignore[attr-defined]
    line = mark.line if mark else 0
    place = offset + (line if last is None else min(line, last))
    return Defect(place, f"not valid YAML: {clean_line(reason, 200)}", "invalid-yaml")


def decode(data: bytes) -> tuple[str, list[Defect]]:
    """Decode the bytes of a file; what is not UTF-8 is replaced and becomes a defect."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        # The error counts from behind the byte-order mark.
        line = error.object.count(b"\n", 0, error.start) + 1
        reason = f"byte 0x{error.object[error.start]:02x} is not UTF-8; it is shown as �"
        return data.decode("utf-8-sig", errors="replace"), [Defect(line, reason, "not-utf8")]


def gated(values: Mapping[Any, Any]) -> dict[str, object]:
    """Keys and values as a file may give them to the program, every text through the text gate."""
    if isinstance(values, CleanValues):
        return values
    return {_gate_key(str(key)): _gate(value) for key, value in values.items()}


@lru_cache(maxsize=1_024)
def _gate_key(key: str) -> str:
    """Records have few different keys, over and over."""
    return clean_line(key, 200)


def _gate(value: object) -> object:
    """Pass every string of a value through the text gate; the loader has bounded its depth."""
    if isinstance(value, str):
        return clean_block(value, STRING_LIMIT) if "\n" in value else clean_line(value, STRING_LIMIT)
    if value is None or isinstance(value, _NUMBERS):
        return value
    if isinstance(value, dict):
        return gated(value)
    if isinstance(value, _LISTS):
        return [_gate(inner) for inner in value]
    return clean_line(str(value), STRING_LIMIT)


def _kind(value: object) -> str:
    return {"list": "list", "str": "text"}.get(type(value).__name__, type(value).__name__)
