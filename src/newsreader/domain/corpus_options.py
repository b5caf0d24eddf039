"""The settings of a corpus (`[corpora.NAME]`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from newsreader.domain.date_parsing import DateOrder

# fmt: off
PRESET_NAMES: Final = (
    "native", "hexo", "jekyll", "zola", "hugo", "eleventy", "astro", "next", "pelican", "mkdocs", "obsidian",
    "logseq", "zenn", "ghost", "readwise", "omnivore", "pocket", "plain",
)
# fmt: on
"""Names of the presets in `corpus/mapping/presets.py`."""

MAPPED_FIELDS: Final = (
    *("title", "excerpt", "date", "created", "updated", "topics", "category", "authors", "link", "provider"),
    *("image", "language", "slug"),
)
"""The fields that keys can be mapped to, see `corpus/mapping/keys.py`."""


class CorpusOptions(NamedTuple):
    """How to read the files of a corpus; defaults are detected from the folder.

    `preset` is one of `PRESET_NAMES`, `keys` are ordered aliases by field that precede the usual ones, `site`
    is the URL of the published site, `language` the language to show, `bare` whether files without metadata
    are records, `index_bodies` whether a filter searches bodies.
    """

    preset: str = ""
    keys: Mapping[str, tuple[str, ...]] = {}
    site: str = ""
    language: str = ""
    dates: DateOrder = DateOrder.REFUSED
    bare: bool = False
    index_bodies: bool = True

    def to_json(self) -> str:
        """Serialize the options for a command line; empty if nothing is set."""
        if self == CorpusOptions():
            return ""
        return json.dumps(self._asdict(), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> CorpusOptions:
        """Parse the result of `to_json`."""
        if not text:
            return cls()
        values = json.loads(text)
        keys = {field: tuple(names) for field, names in values["keys"].items()}
        return cls(**{**values, "keys": keys, "dates": DateOrder(values["dates"])})
