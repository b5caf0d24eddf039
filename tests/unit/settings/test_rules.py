"""The tables of rules in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.marks import Mark
from newsreader.domain.rules import Rule
from newsreader.settings.model import load_settings
from newsreader.settings.rules import EXAMPLE


def _load(folder: Path, text: str) -> tuple[tuple[Rule, ...], list[str]]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    loaded = load_settings(path)
    return loaded.settings.rules, [words.removeprefix(f"{path}:") for words in loaded.complaints]


def test_rules_are_read_with_their_lines(tmp_path: Path) -> None:
    text = f'order = "new"\n\n{EXAMPLE}\n[[rule]]\nwhen = " chips "\nthen = ["hide", "star", "tag:Ads b"]\n'
    rules, complaints = _load(tmp_path, text)
    assert complaints == []
    path = tmp_path / "config.toml"
    assert rules == (
        Rule("provider:example.com -is:starred", (Mark.READ,), ("ads",), f"{path}:3"),
        Rule("chips", (Mark.STARRED, Mark.HIDDEN), ("ads", "b"), f"{path}:7"),
    )
    assert rules[1].actions == ("star", "hide", "tag:ads", "tag:b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rule = 3", "1: rule: a table is needed, [[rule]]"),
        ("rule = [3]", "1: rule: when is needed."),
        ("[[rule]]\nwhen = 'a'", "1: rule: then is needed."),
        ("[[rule]]\nthen = ['read']", "1: rule: when is needed."),
        ("[[rule]]\nwhen = 3\nthen = ['read']", "2: rule.when: a filter is needed"),
        ("[[rule]]\nwhen = ' '\nthen = ['read']", "2: rule.when: a filter is needed"),
        ("[[rule]]\nwhen = 'sort:new'\nthen = ['read']", "2: rule.when: a filter without sort: and limit:"),
        ("[[rule]]\nwhen = 'a limit:3'\nthen = ['read']", "2: rule.when: a filter without sort: and limit:"),
        ("[[rule]]\nwhen = 'quality:x'\nthen = ['read']", "2: rule.when: the filter is invalid ("),
        ("[[rule]]\nthen = 'read'\nwhen = 'a'", "2: rule.then: a list of any of read, star, later, hide and"),
        ("[[rule]]\nthen = []\nwhen = 'a'", "2: rule.then: a list"),
        ("[[rule]]\nthen = ['delete']\nwhen = 'a'", "2: rule.then: a list"),
        ("[[rule]]\nthen = ['tag: ']\nwhen = 'a'", "2: rule.then: a list"),
        ("[[rule]]\nthen = [3]\nwhen = 'a'", "2: rule.then: a list"),
        ("[[rule]]\nwhen = 'a'\nthen = ['read']\nwhne = 'a'", "4: rule.whne is not a key of rules; did you"),
        ("[[rule]]\nwhen = 'a'\nthen = ['read']\nxyz = 'a'", "4: rule.xyz is not a key of rules; known keys"),
    ],
)
def test_an_invalid_rule_is_reported_with_its_line_and_left_out(
    tmp_path: Path, text: str, words: str
) -> None:
    rules, complaints = _load(tmp_path, text)
    assert rules == ()
    assert complaints[0].startswith(words)


def test_the_other_rules_stay(tmp_path: Path) -> None:
    rules, complaints = _load(
        tmp_path,
        "[[rule]]\nwhen = 'a'\n[[rule]]\nwhen = 'b'\nthen = ['read']\n"
        "[[rule]]\nwhen = 'is:old'\nthen = ['read']",
    )
    assert [rule.when for rule in rules] == ["b"]
    assert [words.partition(":")[0] for words in complaints] == ["1", "7"]
