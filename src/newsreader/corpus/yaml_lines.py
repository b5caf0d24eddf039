"""YAML -> the lines of its keys and entries, for whoever has to name one."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml
from yaml.events import (
    CollectionEndEvent,
    DocumentEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from newsreader.corpus.yaml_loader import MAX_DEPTH, BoundedLoader
from newsreader.domain.checks.problem import KeyPath
from newsreader.domain.sanitize import clean_line

LONGEST = 1_000_000
"""Most characters of a text whose lines are looked for."""

DEEPEST = 3
"""Longest way to a value whose line is kept: that of a key in an entry of `related`."""


class Positions(NamedTuple):
    """Lines from 0, and every key that stands again in its map, with the line of the later one."""

    lines: dict[KeyPath, int]
    repeated: tuple[tuple[str, int], ...]


class _Frame:
    """A map or list that is open: `key` is the key whose value comes next, `count` the place in a list."""

    def __init__(self, path: KeyPath, *, is_map: bool) -> None:
        self.path = path
        self.is_map = is_map
        self.key: str | None = None
        self.count = 0


def positions(text: str) -> Positions:
    """The lines in the first document of a text. Broken YAML has those before the error.

    Events are walked as far as the loader would go: nothing is deeper, and the time stays linear.
    """
    found = _Walk()
    if len(text) <= LONGEST:
        try:
            for event in yaml.parse(text, BoundedLoader):
                if isinstance(event, DocumentEndEvent) and found.lines:
                    break
                found.take(event)
                if found.depth > MAX_DEPTH:
                    break
        except (yaml.YAMLError, ValueError):
            pass
    return Positions(found.lines, tuple(found.repeated))


class _Walk:
    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.repeated: list[tuple[str, int]] = []
        self._open: list[_Frame] = []

    @property
    def depth(self) -> int:
        return len(self._open)

    def take(self, event: Any) -> None:
        if isinstance(event, CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, NodeEvent):
            path = self._path_of(event)
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                self._open.append(_Frame(path, is_map=isinstance(event, MappingStartEvent)))

    def _path_of(self, event: Any) -> KeyPath:
        """The way to a value; what is not to be told apart any more shares that of what is around it."""
        if not self._open:
            return ()
        frame = self._open[-1]
        if frame.is_map and frame.key is None:
            frame.key = ""  # a key that is no text leads nowhere
            if isinstance(event, ScalarEvent):
                frame.key = clean_line(event.value, 200)
                self._note((*frame.path, frame.key), event)
            return frame.path
        if frame.is_map:
            path = (*frame.path, frame.key or "")
            frame.key = None
        else:
            path = (*frame.path, frame.count)
            frame.count += 1
            self._note(path, event)
        return path if len(path) <= DEEPEST else path[:DEEPEST]

    def _note(self, path: KeyPath, event: Any) -> None:
        if len(path) <= DEEPEST:
            line = event.start_mark.line
            if path in self.lines:
                self.repeated.append((str(path[-1]), line))
            self.lines[path] = line
