"""YAML, loaded safely and bounded.

Three things differ from `yaml.safe_load`, each because real or hostile files need it:

* Only values that read back to the same text become numbers or truth values. `No` stays "No" and
  `12:30` stays "12:30"; dates stay text, so that an impossible one cannot end the load. A value
  that does not fit the tag written before it (`!!int x`) stays text too.
* Depth, size and aliases are bounded before a tree is built: libyaml's composer recurses in C and
  dies of deep nesting, and aliases can expand without end.
* Merge keys (`<<`) are ordinary keys: they can multiply work, and no record uses them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.constructor import ConstructorError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from newsreader.corpus.yaml_fast_path import read_plain

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # pragma: no cover - depends on how PyYAML was built
    from yaml import SafeLoader  # type: ignore[assignment]

MAX_DEPTH = 32
"""Deepest nesting of collections that a record may have; real ones need 5."""

MAX_VALUES = 50_000
"""Most scalars and collections in one document, aliases counted as often as they are used.

A scalar counts once more for every 64 characters, so that repeated long text is bounded too.
"""

# Numbers beyond these stay text: Python refuses to print huge ones, and `1:1:1:…` takes long to add up.
_LARGEST = 10**18
_LONGEST_NUMBER = 40
# A shorter text has too few values to hurt, unless it repeats itself.
_PLAIN_LENGTH = 200_000
_ALIAS_RE = re.compile(r"\*[\w-]")
# Each level of nesting takes a bracket, or a column in front of the first word of a line.
_DEEP_LINE_RE = re.compile(r"^[ \t?:-]{16}", re.MULTILINE)


_PLAIN = "plain"
_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
# What a plain scalar that is no text can begin with.
_TELLING = frozenset("-0123456789tfn~")
_WORDS = {"true": True, "false": False, "null": None, "~": None}
_INT_RE = re.compile(r"0|-?[1-9][0-9]{0,17}")
# At most 15 significant digits, no trailing zero and not tiny: such a float prints as it was written.
_FLOAT_RE = re.compile(r"-?(?:0\.(?!0000)|[1-9][0-9]{0,6}\.)[0-9]{0,7}[1-9]")


class BoundedLoader(SafeLoader):
    """A safe loader whose plain scalars only become numbers where no text is lost.

    PyYAML resolves and constructs each node by tables of patterns and functions. Records hold
    little but maps, lists and text, so these are built directly, in half the time; everything
    else, a node with a tag before it, goes the long way.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: Any) -> str:  # noqa: ARG002
        """The tag of a node that has none: of a scalar, whether it was plain or quoted."""
        if kind is ScalarNode:
            return _PLAIN if implicit[0] else _STR
        return _MAP if kind is MappingNode else _SEQ

    def construct_document(self, node: yaml.Node) -> Any:
        """The value of a whole document."""
        return _value(self, node)


def _value(loader: BoundedLoader, node: Any) -> Any:
    tag = node.tag
    if tag == _PLAIN:
        return meaning_of(node.value)
    if tag == _STR and isinstance(node, ScalarNode):
        return node.value
    if tag == _MAP and isinstance(node, MappingNode):
        return {_key(loader, key): _value(loader, value) for key, value in node.value}
    if tag == _SEQ and isinstance(node, SequenceNode):
        return [_value(loader, value) for value in node.value]
    return loader.construct_object(node, deep=True)


def _key(loader: BoundedLoader, node: Any) -> Any:
    if not isinstance(node, ScalarNode):
        raise ConstructorError(None, None, "found unhashable key", node.start_mark)
    return _value(loader, node)


def meaning_of(text: str) -> object:
    """What an unquoted scalar without a tag means."""
    if text[:1] in _TELLING:
        if text in _WORDS:
            return _WORDS[text]
        if _INT_RE.fullmatch(text):
            return int(text)
        if _FLOAT_RE.fullmatch(text):
            return float(text)
    return text or None


BoundedLoader.add_constructor(_PLAIN, lambda _, node: meaning_of(node.value))


def _construct(tag: str, construct: Callable[[Any, Any], Any]) -> None:
    """Read scalars of a tag, as text where they do not fit it or are no reasonable number."""

    def read(loader: Any, node: Any) -> object:
        if len(node.value) <= _LONGEST_NUMBER:
            try:
                value = construct(loader, node)
            except (ValueError, LookupError):
                pass
            else:
                if abs(value) < _LARGEST:
                    return value
        return _as_text(loader, node)

    BoundedLoader.add_constructor(f"tag:yaml.org,2002:{tag}", read)


def _as_text(loader: Any, node: Any) -> object:
    return loader.construct_scalar(node)


_construct("bool", BoundedLoader.construct_yaml_bool)
_construct("int", BoundedLoader.construct_yaml_int)
_construct("float", BoundedLoader.construct_yaml_float)
BoundedLoader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)


class TooComplexError(yaml.MarkedYAMLError):
    """A document that is nested, repeated or sized beyond any real record."""

    def __init__(self, problem: str, event: yaml.Event) -> None:
        super().__init__(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def load(text: str) -> object:
    """The first YAML document that is not empty.

    Raises:
        yaml.YAMLError: the text is no YAML or too complex; `problem_mark.line` counts from 0.
        ValueError: the loader written in Python met a character that does not exist.

    """
    plain = read_plain(text, meaning_of)
    return load_any(text) if plain is None else plain


def load_any(text: str) -> object:
    """The same for a text that may hold anything; `load` leaves to it what is not plain."""
    if _is_suspicious(text):
        _check_events(text)
    if not text.startswith("---") and "\n---" not in text:
        return yaml.load(text, BoundedLoader)  # noqa: S506 - derives from the safe loader
    documents = yaml.load_all(text, BoundedLoader)
    return next((document for document in documents if document is not None), None)


def _is_suspicious(text: str) -> bool:
    """Whether a text could nest deeply or repeat itself; only such a text pays for `_check_events`."""
    return (
        len(text) > _PLAIN_LENGTH
        or text.count("[") + text.count("{") > 16
        or _DEEP_LINE_RE.search(text) is not None
        or ("*" in text and "&" in text and _ALIAS_RE.search(text) is not None)
    )


def _check_events(text: str) -> None:
    """Walk the events, which libyaml keeps on a heap, and refuse what a tree could not bear."""
    depth = values = 0
    weights: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    for event in yaml.parse(text, BoundedLoader):
        if isinstance(event, CollectionStartEvent):
            depth += 1
            opened.append((event.anchor, values))
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
            anchor, before = opened.pop()
            if anchor is not None:
                weights[anchor] = values - before + 1
        elif isinstance(event, AliasEvent):
            # An alias inside its own anchor would never end; it is not in `weights` yet.
            if any(anchor == event.anchor for anchor, _ in opened):
                raise TooComplexError("an alias refers to itself", event)
            values += weights.get(event.anchor or "", 1)
        elif isinstance(event, ScalarEvent):
            weight = len(event.value) // 64
            values += weight
            if event.anchor is not None:
                weights[event.anchor] = weight + 1
        values += 1
        if depth > MAX_DEPTH:
            raise TooComplexError(f"nested more than {MAX_DEPTH} deep", event)
        if values > MAX_VALUES:
            raise TooComplexError(f"more than {MAX_VALUES} values", event)
