"""What a file says -> the text of a file: front matter as the publishing sites write it, and the body below.

Text is written plainly wherever it reads back to the same text, dates above all, so that other readers of
front matter see what the first file said.
"""

from __future__ import annotations

from typing import Any

import yaml

from newsreader.corpus.document import Document
from newsreader.corpus.fields import FIELDS

_ORDER = {key: place for place, key in enumerate(dict.fromkeys(field.key for field in FIELDS))}
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Dumper(yaml.SafeDumper):
    """Writes lists below their keys with a step, and dates without quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def written(document: Document) -> str:
    """The text of a file that says the same: known keys in the order of the format, then all others."""
    values = dict(sorted(document.values.items(), key=_place))
    front = yaml.dump(
        values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False
    )
    body = f"{document.body}\n" if document.body else ""
    return f"---\n{front if values else ''}---\n{body}"


def _place(item: tuple[str, object]) -> int:
    return _ORDER.get(item[0], len(_ORDER))
