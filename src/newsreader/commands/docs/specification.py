"""The program as one JSON value, generated from the registries that parsers, help and settings use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsreader import __version__
from newsreader.commands.config import literal
from newsreader.commands.docs.model import ManualOption, ManualPage, page_of, pages
from newsreader.commands.output.schemas import JSON_OUTPUTS, SCHEMA_NAMES, schema
from newsreader.commands.support import main_parser
from newsreader.domain.query.fields import FIELDS, FieldKind, FilterField, State
from newsreader.domain.ranking import Order
from newsreader.keymap.actions import ACTIONS, PROMPT_ACTIONS, Action
from newsreader.keymap.help_content import SYNTAX
from newsreader.keymap.key_names import written
from newsreader.keymap.keymap import VIM
from newsreader.keymap.presets import PRESETS, keymap_of
from newsreader.settings.install_hint import DISTRIBUTION
from newsreader.settings.model import SETTINGS, Settings

SPECIFICATION_VERSION = 1
"""Raised when a key of the document is removed or changes its meaning, not when one is added."""


def specification() -> dict[str, Any]:
    """Return the specification of the program."""
    program = page_of("newsreader", "", main_parser.parser())
    return {
        "specification": SPECIFICATION_VERSION,
        "program": "newsreader",
        "distribution": DISTRIBUTION,
        "version": __version__,
        "description": f"{main_parser.DESCRIPTION} {main_parser.WITHOUT_CORPUS}",
        "arguments": [_option(option) for option in _all_options(program)],
        "exitStatuses": [
            {"status": int(status), "meaning": meaning} for status, meaning in main_parser.STATUSES
        ],
        "commands": [_command(page) for page in pages()],
        "filter": _filter(),
        "actions": [_action(action) for action in ACTIONS],
        "promptCommands": [
            {"id": action.id, "forms": list(action.forms), "argument": action.argument, "help": action.help}
            for action in PROMPT_ACTIONS
        ],
        "settings": [
            {
                "name": setting.key,
                "type": setting.expects,
                "default": literal(setting, Settings()),
                "meaning": setting.about,
            }
            for setting in SETTINGS
        ],
        "schemas": {name: schema(name) for name in SCHEMA_NAMES},
    }


def _all_options(page: ManualPage) -> Iterator[ManualOption]:
    for group in page.groups:
        yield from group.options


def _command(page: ManualPage, parent: str = "") -> dict[str, Any]:
    name = f"{parent} {page.name}".strip()
    return {
        "name": name,
        "summary": page.summary,
        "description": page.description,
        "arguments": [_option(option) for option in _all_options(page)],
        "examples": [
            {"command": f"newsreader {example}", "meaning": meaning} for example, meaning in page.examples
        ],
        "json": [
            {"options": output.options, "shape": output.shape, "schema": output.schema}
            for output in JSON_OUTPUTS
            if output.command == name
        ],
        "actions": [_command(action, name) for action in page.actions],
    }


def _option(option: ManualOption) -> dict[str, Any]:
    return {
        "flags": list(option.flags),
        "value": option.value,
        "choices": list(option.choices),
        "meaning": option.words,
    }


def _filter() -> dict[str, Any]:
    return {
        "syntax": [{"example": example, "meaning": meaning} for example, meaning in SYNTAX],
        "fields": [
            {
                "name": field.name,
                "kind": field.kind.value,
                "operators": list(field.operators),
                "values": _values(field),
                "meaning": field.meaning,
                "example": field.example,
            }
            for field in FIELDS.values()
        ],
    }


def _values(field: FilterField) -> list[str]:
    """Return all values of a field that has a fixed set of them."""
    if field.kind is FieldKind.STATE:
        prefix = f"{field.name}:"
        return [state.removeprefix(prefix) for state in State if state.startswith(prefix)]
    return [str(order) for order in Order] if field.kind is FieldKind.ORDER else []


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "label": action.label,
        "help": VIM.help_of(action),
        "group": action.group.value,
        "keys": {name: [written(keys) for keys in keymap_of(name).keys_of(action.id)] for name in PRESETS},
    }
