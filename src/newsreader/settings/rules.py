"""The tables `[[rule]]` of the settings: what is done with stories that a filter finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from newsreader.domain.query import QueryError, parse
from newsreader.domain.rules import RULE_MARKS, TAG_PREFIX, Rule
from newsreader.domain.sanitize import clean_line
from newsreader.domain.tags import parse_tags
from newsreader.settings.line_numbers import SourceEntry

EXAMPLE = """\
[[rule]]
when = "provider:example.com -is:starred"    # a filter
then = ["read", "tag:ads"]    # any of read, star, later, hide, tag:NAME
"""
"""An example of a rule."""

_LONGEST_WORD = 60


class _InvalidRuleError(Exception):
    """The value is invalid; the message says what is needed."""


def _when(value: Any) -> str:
    if not (isinstance(value, str) and value.strip()):
        raise _InvalidRuleError('a filter is needed, such as "provider:example.com -is:starred"')
    try:
        query = parse(f"{value} ")
    except QueryError as error:
        raise _InvalidRuleError(f"the filter is invalid ({clean_line(str(error))})") from error
    if query.condition is None or query.order is not None or query.limit is not None:
        raise _InvalidRuleError("a filter without sort: and limit: is needed")
    return value.strip()


def _then(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(map(_is_action, value)):
        return tuple(value)
    raise _InvalidRuleError(f"a list of any of {', '.join(RULE_MARKS)} and {TAG_PREFIX}NAME is needed")


def _is_action(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    return value in RULE_MARKS or (value.startswith(TAG_PREFIX) and bool(_tags(value)))


def _tags(action: str) -> tuple[str, ...]:
    return parse_tags(action.removeprefix(TAG_PREFIX))


_READ: Mapping[str, Callable[[Any], object]] = {"when": _when, "then": _then}


def read_rules(entries: Iterable[SourceEntry], path: Path) -> tuple[tuple[Rule, ...], list[str]]:
    """Parse the rules. Return the valid ones, and a message for each error; a rule with one is left out."""
    rules: list[Rule] = []
    complaints: list[str] = []
    for entry in entries:
        fields: dict[str, Any] = {}
        mistakes: list[str] = []
        place = f"{path}:{entry.line}"
        values = entry.values if isinstance(entry.values, dict) else {}
        for key, value in values.items():
            spot = f"{path}:{entry.lines[key]}: rule.{clean_line(key, _LONGEST_WORD)}"
            if key not in _READ:
                near = get_close_matches(key, _READ, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join(_READ)}."
                mistakes.append(f"{spot} is not a key of rules; {hint}")
                continue
            try:
                fields[key] = _READ[key](value)
            except _InvalidRuleError as error:
                mistakes.append(f"{spot}: {error}.")
        mistakes += [f"{place}: rule: {key} is needed." for key in _READ if key not in values]
        if not mistakes:
            then = fields["then"]
            marks = tuple(mark for word, mark in RULE_MARKS.items() if word in then)
            tags = parse_tags(" ".join(" ".join(_tags(word)) for word in then if word not in RULE_MARKS))
            rules.append(Rule(fields["when"], marks, tags, place))
        complaints += mistakes
    return tuple(rules), complaints
