"""Completion scripts for bash, zsh and fish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from newsreader.commands.docs.model import ManualOption, ManualPage
from newsreader.domain.query.fields import FIELDS

_FIELD_PREFIXES = tuple(f"{name}:" for name in FIELDS)
"""Possible beginnings of a query term."""

_HELP = "--help"
"""An option of every command, which the pages leave out."""

_BASH_HEAD = """\
# Completion of newsreader in bash; made by `newsreader completion bash`.
_newsreader() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= paths=
    local IFS=$' \\t\\n'
    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
    (( COMP_CWORD > 1 )) && command=${COMP_WORDS[1]}
    case $command in"""

_BASH_TAIL = """\
    esac
    [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$word")) || COMPREPLY=()
    IFS=$'\\n'
    case $paths in
    folders) COMPREPLY+=($(compgen -d -- "$word")) ;;
    files) COMPREPLY+=($(compgen -f -- "$word")) ;;
    esac
    if type compopt > /dev/null 2>&1; then
        [[ -n $paths ]] && compopt -o filenames
        [[ ${COMPREPLY[0]-} == *: ]] && compopt -o nospace
    fi
    return 0
}
complete -F _newsreader newsreader"""


def _is_folder(option: ManualOption) -> bool:
    """Whether the value is a folder."""
    return option.value in ("PATH|NAME", "[CORPUS]")


def _is_file(option: ManualOption) -> bool:
    """Whether the value is a file."""
    return "FILE" in option.value or "|PATH" in option.value


def _positionals(page: ManualPage) -> list[ManualOption]:
    """List the positional arguments of a command and its subcommands."""
    own = [option for group in page.groups for option in group.options if not option.flags]
    return own + [option for action in page.actions for option in _positionals(action)]


def _fixed_words(page: ManualPage) -> list[str]:
    """List the fixed words: choices, subcommands, and the beginnings of query terms."""
    known = [action.name for action in page.actions]
    for option in _positionals(page):
        known += option.choices
        known += _FIELD_PREFIXES if "QUERY" in option.value else ()
    return known


def _path_kind(page: ManualPage) -> str:
    """Return the kind of path that is accepted as an argument: `folders`, `files` or empty."""
    options = _positionals(page)
    return "folders" if any(map(_is_folder, options)) else "files" if any(map(_is_file, options)) else ""


def bash(program: ManualPage, commands: Sequence[ManualPage]) -> Iterator[str]:
    """Write the script for bash 3.2 or later, without the package bash-completion."""
    yield _BASH_HEAD
    for page in commands:
        yield f"    {page.name})"
        yield from (f"        {line}" for line in _bash_cases(page, _fixed_words(page)))
        yield "        ;;"
    yield "    *)"
    yield from (f"        {line}" for line in _bash_cases(program, [page.name for page in commands]))
    yield "        ;;"
    yield _BASH_TAIL


def _bash_cases(page: ManualPage, words: Sequence[str]) -> Iterator[str]:
    """Write the cases for the value of an option, and for any other word."""
    yield "case $before in"
    for option in page.options:
        if option.value:
            yield f"{'|'.join(option.flags)}) {_bash_value(option)} ;;"
    flags = " ".join([*(flag for option in page.options for flag in option.flags), _HELP])
    yield "*)"
    yield "    case $word in"
    yield f'    -*) words="{flags}" ;;'
    yield f'    *) words="{" ".join(words)}" paths={_path_kind(page)} ;;'
    yield "    esac"
    yield "    ;;"
    yield "esac"


def _bash_value(option: ManualOption) -> str:
    if option.choices:
        return f'words="{" ".join(option.choices)}"'
    return "paths=folders" if _is_folder(option) else "paths=files" if _is_file(option) else ":"


def zsh(program: ManualPage, commands: Sequence[ManualPage]) -> Iterator[str]:
    """Write the function for zsh, loaded by compinit or sourced after it."""
    yield "#compdef newsreader"
    yield "# Completion of newsreader in zsh; made by `newsreader completion zsh`."
    yield ""
    yield "_newsreader_fields() {"
    yield f"    compadd -S '' -- {' '.join(_FIELD_PREFIXES)}"
    yield "}"
    yield ""
    yield "_newsreader_start() {"
    yield "    local -a commands"
    yield "    commands=("
    for page in commands:
        yield f"        {_zsh_quote(f'{page.name}:{page.summary}')}"
    yield "    )"
    yield "    _describe -t commands command commands"
    yield "    _files -/"
    yield "}"
    yield ""
    yield "_newsreader() {"
    yield "    local command=${words[2]}"
    yield "    if (( CURRENT > 2 )); then"
    yield "        case $command in"
    for page in commands:
        yield f"        {page.name})"
        yield "            shift words"
        yield "            (( CURRENT-- ))"
        yield from _zsh_arguments(page, "            ", _zsh_rest(page))
        yield "            return"
        yield "            ;;"
    yield "        esac"
    yield "    fi"
    yield from _zsh_arguments(program, "    ", "1: :_newsreader_start")
    yield "}"
    yield ""
    yield "if [[ ${funcstack[1]} == _newsreader ]]; then"
    yield '    _newsreader "$@"'
    yield "else"
    yield "    compdef _newsreader newsreader"
    yield "fi"


def _zsh_arguments(page: ManualPage, indent: str, rest: str) -> Iterator[str]:
    yield f"{indent}_arguments -s \\"
    for option in page.options:
        for flag in option.flags:
            yield f"{indent}    {_zsh_quote(f'{flag}[{_zsh_escape(option.words)}]{_zsh_value(option)}')} \\"
    yield f"{indent}    '--help[show this help]'" + (f" \\\n{indent}    {_zsh_quote(rest)}" if rest else "")


def _zsh_value(option: ManualOption) -> str:
    if not option.value:
        return ""
    name = _zsh_escape(option.value.lower())
    if option.choices:
        return f":{name}:({' '.join(option.choices)})"
    return (
        f":{name}:_files -/"
        if _is_folder(option)
        else f":{name}:_files"
        if _is_file(option)
        else f":{name}: "
    )


def _zsh_rest(page: ManualPage) -> str:
    """Return the specification of the positional arguments."""
    if any("QUERY" in option.value for option in _positionals(page)):
        return "*: :_newsreader_fields"
    if known := _fixed_words(page):
        return f"*: :({' '.join(known)})" if not _path_kind(page) else f"1: :({' '.join(known)})"
    return "*: :_files" if _path_kind(page) else ""


def _zsh_escape(text: str) -> str:
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def _zsh_quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def fish(program: ManualPage, commands: Sequence[ManualPage]) -> Iterator[str]:
    """Write the script for fish."""
    yield "# Completion of newsreader in fish; made by `newsreader completion fish`."
    yield "complete -c newsreader -f"
    for page in commands:
        yield f"complete -c newsreader -n __fish_use_subcommand -a {page.name} -d {_fish_quote(page.summary)}"
    yield "complete -c newsreader -n __fish_use_subcommand -a '(__fish_complete_directories)'"
    yield from _fish_options(program, "__fish_use_subcommand")
    for page in commands:
        seen = _fish_quote(f"__fish_seen_subcommand_from {page.name}")
        yield from _fish_options(page, seen)
        if known := _fixed_words(page):
            yield f"complete -c newsreader -n {seen} -a {_fish_quote(' '.join(known))}"
        if _path_kind(page):
            yield f"complete -c newsreader -n {seen} -F"


def _fish_options(page: ManualPage, condition: str) -> Iterator[str]:
    for option in page.options:
        flags = " ".join(f"-l {flag.removeprefix('--')}" for flag in option.flags)
        value, description = _fish_value(option), _fish_quote(option.words)
        yield f"complete -c newsreader -n {condition} {flags}{value} -d {description}"
    yield f"complete -c newsreader -n {condition} -l {_HELP.removeprefix('--')} -d 'show this help'"


def _fish_value(option: ManualOption) -> str:
    if not option.value:
        return ""
    if option.choices:
        return f" -x -a {_fish_quote(' '.join(option.choices))}"
    if _is_folder(option):
        return " -x -a '(__fish_complete_directories)'"
    return " -r -F" if _is_file(option) else " -x"


def _fish_quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SCRIPTS: Mapping[str, Callable[[ManualPage, Sequence[ManualPage]], Iterator[str]]] = {
    "bash": bash,
    "zsh": zsh,
    "fish": fish,
}
"""The writers of scripts by shell: from the page of the program and those of its commands."""
