"""The command line as values, for the manual page, the reference and the completion scripts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

from newsreader.commands.registry import COMMANDS
from newsreader.commands.support.arguments import CommandParser


class ManualOption(NamedTuple):
    """An option, or a positional argument without `flags`. `value` is its placeholder, empty for a switch."""

    flags: tuple[str, ...]
    value: str
    words: str
    choices: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The option as it is typed."""
        return f"{', '.join(self.flags)} {self.value}".strip()


class OptionGroup(NamedTuple):
    """Options under a common title."""

    title: str
    options: tuple[ManualOption, ...]


class ManualPage(NamedTuple):
    """The documentation of a command; `actions` are its subcommands."""

    name: str
    summary: str
    description: str
    groups: tuple[OptionGroup, ...]
    examples: tuple[tuple[str, str], ...] = ()
    actions: tuple[ManualPage, ...] = ()

    @property
    def words(self) -> str:
        """The positional arguments, such as `[QUERY …]`."""
        return " ".join(option.value for group in self.groups for option in group.options if not option.flags)

    @property
    def options(self) -> Iterator[ManualOption]:
        """All options without the positional arguments."""
        for group in self.groups:
            yield from (option for option in group.options if option.flags)


def pages() -> list[ManualPage]:
    """Return a page for every command, in the order of the help."""
    return [page_of(command.name, command.summary, command.load().parser()) for command in COMMANDS]


def page_of(name: str, summary: str, parser: argparse.ArgumentParser) -> ManualPage:
    """Convert a parser to a page."""
    groups: list[OptionGroup] = []
    actions: list[ManualPage] = []
    for group in parser._action_groups:
        options: list[ManualOption] = []
        for action in group._group_actions:
            if isinstance(action, argparse._SubParsersAction):
                helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
                actions += [page_of(key, helps.get(key, ""), inner) for key, inner in action.choices.items()]
            elif not isinstance(action, argparse._HelpAction):
                options.append(_option(action))
        if options:
            groups.append(OptionGroup(group.title or "", tuple(options)))
    examples = parser.examples if isinstance(parser, CommandParser) else ()
    return ManualPage(name, summary, parser.description or "", tuple(groups), tuple(examples), tuple(actions))


def _option(action: argparse.Action) -> ManualOption:
    takes = action.nargs != 0
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    choices = tuple(map(str, action.choices)) if action.choices else ()
    if action.metavar is None and choices:
        metavar = "|".join(choices)
    shown = _repeated(metavar, action.nargs) if takes else ""
    return ManualOption(tuple(action.option_strings), shown, (action.help or "").replace("%%", "%"), choices)


def _repeated(metavar: str, nargs: int | str | None) -> str:
    return {"*": f"[{metavar} …]", "+": f"{metavar} …", "?": f"[{metavar}]"}.get(str(nargs), metavar)
