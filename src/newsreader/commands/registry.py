"""The commands by name. Imports none of them: a start without one, or with another, need not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from typing import Protocol

    class CommandModule(Protocol):
        """What the module of a command offers."""

        def parser(self) -> ArgumentParser:
            """What its command line may be, with help and examples."""

        def run(self, arguments: Sequence[str]) -> int:
            """Do what the command line asks for, and give the exit status."""


class Command(NamedTuple):
    """One command: its name, what it does in one line, and the module that does it."""

    name: str
    summary: str
    module: str

    def load(self) -> CommandModule:
        """Import its module."""
        from importlib import import_module

        return cast("CommandModule", import_module(self.module))


COMMANDS: tuple[Command, ...] = (
    Command("list", "the records that a query finds", "newsreader.commands.list_records"),
    Command("stories", "the stories that a query finds, with their reports", "newsreader.commands.stories"),
    Command("show", "a story as text, or as JSON with all its keys", "newsreader.commands.show"),
    Command("open", "open the pages of stories in the browser", "newsreader.commands.open_pages"),
    Command("fetch", "the pages of a selection, to be read offline", "newsreader.commands.fetch"),
    Command("links", "which addresses of a selection are dead", "newsreader.commands.links"),
    Command("related", "the coverage around a story, as a tree or a graph", "newsreader.commands.related"),
    Command("explain", "why a record ranks where it ranks", "newsreader.commands.explain"),
    Command("topics", "the tree of topics with numbers of records", "newsreader.commands.topics"),
    Command("providers", "the providers with numbers of records", "newsreader.commands.providers"),
    Command("stats", "a corpus in numbers, with a chart", "newsreader.commands.stats"),
    Command("pages", "what is kept of fetched pages, and throwing it away", "newsreader.commands.pages"),
    Command("index", "make, check or find the index", "newsreader.commands.index"),
    Command("check", "everything that is wrong with the files", "newsreader.commands.check"),
    Command("digest", "a newsletter of the hottest stories", "newsreader.commands.digest"),
    Command("export", "records as a feed, a table or a folder of files", "newsreader.commands.export"),
    Command("sync", "bring fresh records into a corpus", "newsreader.commands.sync"),
    Command("config", "print the settings with their origins", "newsreader.commands.config"),
    Command("marks", "move marks between machines", "newsreader.commands.marks"),
    Command("completion", "completion of command lines, for a shell", "newsreader.commands.completion"),
    Command("man", "the manual page", "newsreader.commands.man"),
)
"""In the order of the help."""


def find(name: str) -> Command | None:
    """The command of a name."""
    return next((command for command in COMMANDS if command.name == name), None)
