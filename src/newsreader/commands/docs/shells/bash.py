"""Completion in bash, from 3.2 on, without the package bash-completion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsreader.commands.docs.model import ManualOption, ManualPage
from newsreader.commands.docs.shells import ENDING, is_file, is_folder, plain_words, wants_path

_HEAD = """\
# Completion of newsreader in bash; made by `newsreader completion bash`.
_newsreader() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= words= paths=
    local IFS=$' \\t\\n'
    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
    (( COMP_CWORD > 1 )) && command=${COMP_WORDS[1]}
    case $command in"""

_TAIL = """\
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


def script(itself: ManualPage, listed: Sequence[ManualPage]) -> Iterator[str]:
    """The lines of the script."""
    yield _HEAD
    for page in listed:
        yield f"    {page.name})"
        yield from (f"        {line}" for line in _values(page, plain_words(page)))
        yield "        ;;"
    yield "    *)"
    yield from (f"        {line}" for line in _values(itself, [page.name for page in listed]))
    yield "        ;;"
    yield _TAIL


def _values(page: ManualPage, words: Sequence[str]) -> Iterator[str]:
    """What completes the word after an option, and what any other."""
    yield "case $before in"
    for option in page.options:
        if option.value:
            yield f"{'|'.join(option.flags)}) {_value(option)} ;;"
    flags = " ".join([*(flag for option in page.options for flag in option.flags), ENDING])
    yield "*)"
    yield "    case $word in"
    yield f'    -*) words="{flags}" ;;'
    yield f'    *) words="{" ".join(words)}" paths={wants_path(page)} ;;'
    yield "    esac"
    yield "    ;;"
    yield "esac"


def _value(option: ManualOption) -> str:
    if option.choices:
        return f'words="{" ".join(option.choices)}"'
    return "paths=folders" if is_folder(option) else "paths=files" if is_file(option) else ":"
