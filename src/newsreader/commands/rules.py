"""`newsreader rules`: show or do what the rules of the settings do with the records of a corpus."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from newsreader.app.marking import count_stories
from newsreader.app.rules import RuleEffect, apply_rules, plan_rules
from newsreader.commands.support.arguments import CommandParser, add_corpus, parse_arguments
from newsreader.commands.support.selection import open_corpus
from newsreader.domain.errors import NewsreaderError
from newsreader.settings import paths
from newsreader.settings.rules import EXAMPLE

MOST_TITLES = 5
"""Titles that are printed for each rule, without --all-titles."""


class NoRuleError(NewsreaderError):
    """The settings have no valid rule; the message says how to write one."""


def parser() -> ArgumentParser:
    """Build the argument parser."""
    command = CommandParser(
        "rules",
        "Show which stories each rule of the settings would change, or change them. Records that come in are "
        "changed without this command; use it for those that were there before the rule. Undo on the screen "
        "takes back a whole application.",
        (
            ("rules", "what each rule would do"),
            ("rules --apply", "do it"),
        ),
    )
    add_corpus(command)
    mode = command.add_mutually_exclusive_group()
    mode.add_argument("--dry-run", action="store_true", help="change nothing; the default")
    mode.add_argument("--apply", action="store_true", help="set the marks and tags")
    command.add_argument(
        "--all-titles", action="store_true", help=f"print every title, not only {MOST_TITLES} for each rule"
    )
    return command


def run(arguments: Sequence[str]) -> int:
    """Run the command; return 0."""
    options = parse_arguments(parser(), arguments)
    with open_corpus(options) as corpus:
        rules = corpus.settings.rules
        if not rules:
            raise NoRuleError(
                f"There is no rule in {paths.config_file()}. A rule looks like this:\n\n{EXAMPLE}"
            )
        plan = plan_rules(corpus.reader, rules)
        for effect in plan.effects:
            _print(effect, None if options.all_titles else MOST_TITLES)
        if options.apply:
            print(f"Changed {count_stories(apply_rules(corpus.library, plan))}.")
        else:
            print(f"Would change {count_stories(plan.stories)}; --apply does it.")
    return 0


def _print(effect: RuleEffect, most: int | None) -> None:
    rule, titles = effect
    line = Path(rule.place).name
    print(f"{line}: {rule.when} → {', '.join(rule.actions)}: {count_stories(len(titles))}")
    shown = titles[:most]
    for title in shown:
        print(f"  {title}")
    if len(titles) > len(shown):
        print(f"  … and {len(titles) - len(shown):,} more")
