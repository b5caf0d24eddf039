"""Completion scripts, one module a shell."""

from __future__ import annotations

from newsreader.commands.docs.model import ManualOption, ManualPage
from newsreader.domain.query.fields import FIELDS

FIELD_WORDS = tuple(f"{name}:" for name in FIELDS)
"""How words of a query may begin."""

ENDING = "--help"
"""Every command line has this option, which the pages do not tell."""


def is_folder(option: ManualOption) -> bool:
    """Whether the path of a folder is wanted."""
    return option.value in ("PATH|NAME", "[CORPUS]")


def is_file(option: ManualOption) -> bool:
    """Whether the path of a file is wanted."""
    return "FILE" in option.value or "|PATH" in option.value


def words_of(page: ManualPage) -> list[ManualOption]:
    """What may stand in a command line besides options."""
    listed = [option for group in page.groups for option in group.options if not option.flags]
    return listed + [option for action in page.actions for option in words_of(action)]


def plain_words(page: ManualPage) -> list[str]:
    """Words that are known beforehand: choices, actions, and the beginnings of a query's words."""
    known = [action.name for action in page.actions]
    for option in words_of(page):
        known += option.choices
        known += FIELD_WORDS if "QUERY" in option.value else ()
    return known


def wants_path(page: ManualPage) -> str:
    """`folders`, `files` or nothing: what else may stand in a command line."""
    options = words_of(page)
    return "folders" if any(map(is_folder, options)) else "files" if any(map(is_file, options)) else ""
