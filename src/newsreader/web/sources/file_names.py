"""The names that the sites give to files: the day and the title, in letters that every system takes."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final
from unicodedata import normalize

from newsreader.domain.dates import Moment, iso

_LONGEST: Final = 145
"""Bytes of a title in a name; those of the sites are cut there, too."""

_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_PARTING: Final = re.compile(r"[\s\-_\u2010-\u2015]+")


def file_name(title: str, moment: Moment | None, key: str) -> str:
    """The name of a record's file, such as `2021-06-28-who-won-the-race.md`.

    Args:
        title: Of the record.
        moment: When it appeared; the day is that of UTC. Without one the name begins with the title.
        key: Of the record; names it where the title has no letter at all.

    """
    name = slug(title) or f"record-{blake2b(key.encode(), digest_size=6).hexdigest()}"
    return f"{iso(moment)[:10]}-{name}.md" if moment else f"{name}.md"


def slug(title: str) -> str:
    """A title as the sites write it in names: letters and digits in lower case, hyphens for spaces."""
    text = normalize("NFC", _ACCENTS.sub("", normalize("NFD", title))).lower()
    words = ("".join(character for character in word if character.isalnum()) for word in _PARTING.split(text))
    name = "-".join(filter(None, words))
    if len(name.encode()) > _LONGEST:
        cut = name.encode()[:_LONGEST].decode("utf-8", "ignore")
        name = cut if name[len(cut)] == "-" else cut.rpartition("-")[0] or cut
    return name
