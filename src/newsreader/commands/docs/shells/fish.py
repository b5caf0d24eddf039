"""Completion in fish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsreader.commands.docs.model import ManualOption, ManualPage
from newsreader.commands.docs.shells import ENDING, is_file, is_folder, plain_words, wants_path


def script(itself: ManualPage, listed: Sequence[ManualPage]) -> Iterator[str]:
    """The lines of the script."""
    yield "# Completion of newsreader in fish; made by `newsreader completion fish`."
    yield "complete -c newsreader -f"
    for page in listed:
        yield f"complete -c newsreader -n __fish_use_subcommand -a {page.name} -d {_quoted(page.summary)}"
    yield "complete -c newsreader -n __fish_use_subcommand -a '(__fish_complete_directories)'"
    yield from _options(itself, "__fish_use_subcommand")
    for page in listed:
        seen = _quoted(f"__fish_seen_subcommand_from {page.name}")
        yield from _options(page, seen)
        if known := plain_words(page):
            yield f"complete -c newsreader -n {seen} -a {_quoted(' '.join(known))}"
        if wants_path(page):
            yield f"complete -c newsreader -n {seen} -F"


def _options(page: ManualPage, condition: str) -> Iterator[str]:
    for option in page.options:
        flags = " ".join(f"-l {flag.removeprefix('--')}" for flag in option.flags)
        yield f"complete -c newsreader -n {condition} {flags}{_value(option)} -d {_quoted(option.words)}"
    yield f"complete -c newsreader -n {condition} -l {ENDING.removeprefix('--')} -d 'show this help'"


def _value(option: ManualOption) -> str:
    if not option.value:
        return ""
    if option.choices:
        return f" -x -a {_quoted(' '.join(option.choices))}"
    if is_folder(option):
        return " -x -a '(__fish_complete_directories)'"
    return " -r -F" if is_file(option) else " -x"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
