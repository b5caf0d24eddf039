"""File names of records as on the sites: the date and the title, in portable characters."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final
from unicodedata import normalize

from newsreader.domain.dates import Moment, iso

_MAX_BYTES: Final = 145
"""Of a title in a name, as on the sites."""

_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_SEPARATORS: Final = re.compile(r"[\s\-_\u2010-\u2015]+")


def file_name(title: str, moment: Moment | None, key: str) -> str:
    """Return the name of a record's file, such as `2021-06-28-who-won-the-race.md`.

    The date is in UTC. The key names a record whose title has no letters.
    """
    name = slug(title) or f"record-{blake2b(key.encode(), digest_size=6).hexdigest()}"
    return f"{iso(moment)[:10]}-{name}.md" if moment else f"{name}.md"


def slug(title: str) -> str:
    """Return a title as in names on the sites: letters and digits in lower case, hyphens for spaces."""
    text = normalize("NFC", _ACCENTS.sub("", normalize("NFD", title))).lower()
    words = (
        "".join(character for character in word if character.isalnum()) for word in _SEPARATORS.split(text)
    )
    name = "-".join(filter(None, words))
    if len(name.encode()) > _MAX_BYTES:
        cut = name.encode()[:_MAX_BYTES].decode("utf-8", "ignore")
        name = cut if name[len(cut)] == "-" else cut.rpartition("-")[0] or cut
    return name
