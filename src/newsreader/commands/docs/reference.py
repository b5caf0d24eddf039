"""The reference of the command line as Markdown, generated from the argument parsers."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.commands.config import literal
from newsreader.commands.docs.model import ManualPage, page_of, pages
from newsreader.commands.registry import COMMANDS
from newsreader.commands.support import main_parser
from newsreader.settings.model import SETTINGS, Settings


def reference() -> Iterator[str]:
    """Write the lines of `docs/reference.md`."""
    yield "# The command line"
    yield ""
    yield "Made by `python docs/make_reference.py` from what the program says of itself."
    yield ""
    yield f"`newsreader [options] [CORPUS]`: {main_parser.DESCRIPTION} {main_parser.WITHOUT_CORPUS}"
    yield ""
    yield from _table(page_of("newsreader", "", main_parser.parser()))
    yield ""
    yield from short_list()
    for page in pages():
        yield from _page(page)


def short_list() -> Iterator[str]:
    """Write the table of commands, also used in the README."""
    yield "| command | gives |"
    yield "|---|---|"
    for command in COMMANDS:
        yield f"| `newsreader {command.name}` | {_cell(command.summary)} |"


def settings_table() -> Iterator[str]:
    """Write the table of settings in the guide."""
    yield "| setting | default | type | meaning |"
    yield "|---|---|---|---|"
    for setting in SETTINGS:
        default = literal(setting, Settings())
        yield f"| `{setting.key}` | `{_cell(default)}` | {_cell(setting.expects)} | {_cell(setting.about)} |"


def _page(page: ManualPage) -> Iterator[str]:
    yield ""
    yield f"## {page.name}"
    yield ""
    yield f"`newsreader {page.name} {page.words}`".replace(" `", "`")
    yield ""
    yield page.description
    for action in page.actions:
        yield ""
        yield f"`newsreader {page.name} {action.name} {action.words}`: {action.summary}."
    if any(group.options for group in page.groups):
        yield ""
        yield from _table(page)
    if page.examples:
        yield ""
        yield "```sh"
        width = max(len(example) for example, _ in page.examples)
        for example, meaning in page.examples:
            yield f"newsreader {example:<{width}}  # {meaning}"
        yield "```"


def _table(page: ManualPage) -> Iterator[str]:
    yield "| option | means |"
    yield "|---|---|"
    for group in page.groups:
        for option in group.options:
            yield f"| `{_cell(option.shown)}` | {_cell(option.words)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
