"""Completion in zsh, as a function to be loaded by compinit or to be sourced after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsreader.commands.docs.model import ManualOption, ManualPage
from newsreader.commands.docs.shells import FIELD_WORDS, is_file, is_folder, plain_words, wants_path, words_of


def script(itself: ManualPage, listed: Sequence[ManualPage]) -> Iterator[str]:
    """The lines of the script."""
    yield "#compdef newsreader"
    yield "# Completion of newsreader in zsh; made by `newsreader completion zsh`."
    yield ""
    yield "_newsreader_fields() {"
    yield f"    compadd -S '' -- {' '.join(FIELD_WORDS)}"
    yield "}"
    yield ""
    yield "_newsreader_start() {"
    yield "    local -a commands"
    yield "    commands=("
    for page in listed:
        yield f"        {_quoted(f'{page.name}:{page.summary}')}"
    yield "    )"
    yield "    _describe -t commands command commands"
    yield "    _files -/"
    yield "}"
    yield ""
    yield "_newsreader() {"
    yield "    local command=${words[2]}"
    yield "    if (( CURRENT > 2 )); then"
    yield "        case $command in"
    for page in listed:
        yield f"        {page.name})"
        yield "            shift words"
        yield "            (( CURRENT-- ))"
        yield from _arguments(page, "            ", _rest(page))
        yield "            return"
        yield "            ;;"
    yield "        esac"
    yield "    fi"
    yield from _arguments(itself, "    ", "1: :_newsreader_start")
    yield "}"
    yield ""
    yield "if [[ ${funcstack[1]} == _newsreader ]]; then"
    yield '    _newsreader "$@"'
    yield "else"
    yield "    compdef _newsreader newsreader"
    yield "fi"


def _arguments(page: ManualPage, indent: str, rest: str) -> Iterator[str]:
    yield f"{indent}_arguments -s \\"
    for option in page.options:
        for flag in option.flags:
            yield f"{indent}    {_quoted(f'{flag}[{_escaped(option.words)}]{_value(option)}')} \\"
    yield f"{indent}    '--help[show this help]'" + (f" \\\n{indent}    {_quoted(rest)}" if rest else "")


def _value(option: ManualOption) -> str:
    if not option.value:
        return ""
    name = _escaped(option.value.lower())
    if option.choices:
        return f":{name}:({' '.join(option.choices)})"
    return (
        f":{name}:_files -/" if is_folder(option) else f":{name}:_files" if is_file(option) else f":{name}: "
    )


def _rest(page: ManualPage) -> str:
    """What may stand beside the options."""
    if any("QUERY" in option.value for option in words_of(page)):
        return "*: :_newsreader_fields"
    if known := plain_words(page):
        return f"*: :({' '.join(known)})" if not wants_path(page) else f"1: :({' '.join(known)})"
    return "*: :_files" if wants_path(page) else ""


def _escaped(text: str) -> str:
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
