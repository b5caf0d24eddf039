"""The commands by name. They are imported only when they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Sequence
    from typing import Protocol

    class CommandModule(Protocol):
        """The module of a command."""

        def parser(self) -> ArgumentParser:
            """Build the argument parser, with help and examples."""

        def run(self, arguments: Sequence[str]) -> int:
            """Run the command and return the exit status."""


class CommandEntry(NamedTuple):
    """A command: its name, a summary, and its module."""

    name: str
    summary: str
    module: str

    def load(self) -> CommandModule:
        """Import the module."""
        from importlib import import_module

        return cast("CommandModule", import_module(self.module))


COMMANDS: tuple[CommandEntry, ...] = (
    CommandEntry("list", "the records that a query finds", "newsreader.commands.list_records"),
    CommandEntry(
        "stories", "the stories that a query finds, with their reports", "newsreader.commands.stories"
    ),
    CommandEntry("show", "a story as text, or as JSON with all its keys", "newsreader.commands.show"),
    CommandEntry("open", "open the pages of stories in the browser", "newsreader.commands.open_pages"),
    CommandEntry("fetch", "the pages of a selection, to be read offline", "newsreader.commands.fetch"),
    CommandEntry("links", "which addresses of a selection are dead", "newsreader.commands.links"),
    CommandEntry(
        "related", "the coverage around a story, as a tree or a graph", "newsreader.commands.related"
    ),
    CommandEntry("explain", "why a record ranks where it ranks", "newsreader.commands.explain"),
    CommandEntry("topics", "the tree of topics with numbers of records", "newsreader.commands.topics"),
    CommandEntry("providers", "the providers with numbers of records", "newsreader.commands.providers"),
    CommandEntry("stats", "a corpus in numbers, with a chart", "newsreader.commands.stats"),
    CommandEntry("pages", "what is kept of fetched pages, and throwing it away", "newsreader.commands.pages"),
    CommandEntry("index", "make, check or find the index", "newsreader.commands.index"),
    CommandEntry("check", "everything that is wrong with the files", "newsreader.commands.check"),
    CommandEntry("digest", "a newsletter of the hottest stories", "newsreader.commands.digest"),
    CommandEntry("export", "records as a feed, a table or a folder of files", "newsreader.commands.export"),
    CommandEntry("add", "add a feed, a list of feeds or a folder, and read it", "newsreader.commands.add"),
    CommandEntry("sources", "the sources of fresh records and how they fare", "newsreader.commands.sources"),
    CommandEntry("sync", "bring fresh records into a corpus", "newsreader.commands.sync"),
    CommandEntry("rules", "what the rules of the settings do", "newsreader.commands.rules"),
    CommandEntry("config", "print the settings with their origins", "newsreader.commands.config"),
    CommandEntry("marks", "move marks between machines", "newsreader.commands.marks"),
    CommandEntry("completion", "completion of command lines, for a shell", "newsreader.commands.completion"),
    CommandEntry("man", "the manual page", "newsreader.commands.man"),
)
"""In the order of the help."""


def find(name: str) -> CommandEntry | None:
    """Return the command with this name, if there is one."""
    return next((command for command in COMMANDS if command.name == name), None)
