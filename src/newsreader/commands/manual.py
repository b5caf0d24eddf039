"""What the parsers say, as values: the manual page, the reference and the completions are made of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from newsreader.commands.arguments import CommandParser
from newsreader.commands.registry import COMMANDS


class Option(NamedTuple):
    """One option or word of a command line.

    `flags` are its spellings, none for a word. `value` is what stands behind it, empty where nothing does.
    """

    flags: tuple[str, ...]
    value: str
    words: str
    choices: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """As a person writes it."""
        return f"{', '.join(self.flags)} {self.value}".strip()


class Group(NamedTuple):
    """Options that belong together, under a title."""

    title: str
    options: tuple[Option, ...]


class Page(NamedTuple):
    """What there is to know of a command. `actions` are its own subcommands."""

    name: str
    summary: str
    description: str
    groups: tuple[Group, ...]
    examples: tuple[tuple[str, str], ...] = ()
    actions: tuple[Page, ...] = ()

    @property
    def words(self) -> str:
        """The words that may follow its name, such as `[QUERY …]`."""
        return " ".join(option.value for group in self.groups for option in group.options if not option.flags)

    @property
    def options(self) -> Iterator[Option]:
        """All options, but not the words."""
        for group in self.groups:
            yield from (option for option in group.options if option.flags)


def pages() -> list[Page]:
    """A page for every command, in the order of the help."""
    return [page_of(command.name, command.summary, command.load().parser()) for command in COMMANDS]


def page_of(name: str, summary: str, parser: argparse.ArgumentParser) -> Page:
    """What a parser says."""
    groups: list[Group] = []
    actions: list[Page] = []
    for group in parser._action_groups:
        options: list[Option] = []
        for action in group._group_actions:
            if isinstance(action, argparse._SubParsersAction):
                helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
                actions += [page_of(key, helps.get(key, ""), inner) for key, inner in action.choices.items()]
            elif not isinstance(action, argparse._HelpAction):
                options.append(_option(action))
        if options:
            groups.append(Group(group.title or "", tuple(options)))
    examples = parser.examples if isinstance(parser, CommandParser) else ()
    return Page(name, summary, parser.description or "", tuple(groups), tuple(examples), tuple(actions))


def _option(action: argparse.Action) -> Option:
    takes = action.nargs != 0
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    choices = tuple(map(str, action.choices)) if action.choices else ()
    if action.metavar is None and choices:
        metavar = "|".join(choices)
    shown = _repeated(metavar, action.nargs) if takes else ""
    return Option(tuple(action.option_strings), shown, (action.help or "").replace("%%", "%"), choices)


def _repeated(metavar: str, nargs: int | str | None) -> str:
    return {"*": f"[{metavar} …]", "+": f"{metavar} …", "?": f"[{metavar}]"}.get(str(nargs), metavar)
