"""What the settings say about the records of one corpus (`[corpora.NAME]`)."""

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
"""The programs whose folders are known, see `corpus/mapping/presets.py`."""

MAPPED_FIELDS: Final = (
    *("title", "excerpt", "date", "created", "updated", "topics", "category", "authors", "link", "provider"),
    *("image", "language", "slug"),
)
"""The fields that keys may feed, see `corpus/mapping/keys.py`."""


class CorpusOptions(NamedTuple):
    """How the files of a corpus are read; each default means that the folder itself tells.

    `preset` is one of `PRESET_NAMES`, `keys` are ordered aliases by field that come before the usual ones,
    `site` is the address of the published site, `language` the one that is shown, `bare` whether files
    without any metadata are records.
    """

    preset: str = ""
    keys: Mapping[str, tuple[str, ...]] = {}
    site: str = ""
    language: str = ""
    dates: DateOrder = DateOrder.REFUSED
    bare: bool = False

    def to_json(self) -> str:
        """The options as one argument of a process; empty where nothing is set."""
        if self == CorpusOptions():
            return ""
        return json.dumps(self._asdict(), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> CorpusOptions:
        """The options that `to_json` wrote."""
        if not text:
            return cls()
        values = json.loads(text)
        keys = {field: tuple(names) for field, names in values["keys"].items()}
        return cls(**{**values, "keys": keys, "dates": DateOrder(values["dates"])})
