"""Rules in the words of the settings."""

from __future__ import annotations

from newsreader.domain.marks import Mark
from newsreader.domain.rules import Rule


def test_a_rule_names_its_actions_as_they_are_written() -> None:
    rule = Rule("topic:AI", (Mark.STARRED, Mark.READ), ("paper",))
    assert rule.actions == ("read", "star", "tag:paper")
    assert rule.filter == "topic:AI "
