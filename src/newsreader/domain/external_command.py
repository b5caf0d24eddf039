"""Commands of the user to which a story is passed."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class StoryForm(StrEnum):
    """The form in which a command reads a story from its standard input."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


class ExternalCommand(NamedTuple):
    """A command and its arguments, with placeholders for values of a story.

    `key` is as in the settings, not validated; empty for none. Without an `input` the command reads nothing.
    One in the `foreground` has the terminal until it ends. `place` is its file and line in the settings.
    """

    name: str
    run: tuple[str, ...]
    key: str = ""
    input: StoryForm | None = None
    foreground: bool = False
    place: str = ""
