"""Tags that the reader puts on stories."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.sanitize import clean_line

LONGEST_TAG = 40
"""Maximum number of characters in a tag."""

MOST_TAGS = 50
"""Maximum number of tags on a story."""

_SEPARATORS = re.compile(r'[\s,;|()"*]+')


class TagEdit(NamedTuple):
    """Tags to add to stories and to remove from them."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def apply(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Return the tags after the edit, sorted."""
        return tuple(sorted({*tags, *self.added} - set(self.removed)))[:MOST_TAGS]

    def __str__(self) -> str:
        return " ".join([*(f"#{tag}" for tag in self.added), *(f"-#{tag}" for tag in self.removed)])


def parse_tags(text: str) -> tuple[str, ...]:
    """Read tags separated by spaces or commas: in lower case, sorted, each once, a leading `#` dropped.

    No tag contains a character that would end it in a filter.
    """
    tags = set(map(_clean_tag, _SEPARATORS.split(clean_line(text).lower())))
    return tuple(sorted(tags - {""}))[:MOST_TAGS]


def _clean_tag(text: str) -> str:
    """Return the tag in a word; what is before it may hide another sign that is no part of it."""
    tag = clean_line(text).lstrip("#=-")[:LONGEST_TAG]
    return tag if tag == text else _clean_tag(tag)


def parse_edit(text: str) -> TagEdit:
    """Read tags to add, and with a leading `-` tags to remove."""
    parts = _SEPARATORS.split(text)
    removed = parse_tags(" ".join(part for part in parts if part.startswith("-")))
    added = parse_tags(" ".join(part for part in parts if not part.startswith("-")))
    return TagEdit(tuple(tag for tag in added if tag not in removed), removed)


def difference(before: Iterable[str], after: Iterable[str]) -> TagEdit:
    """Return the edit that leads from some tags to others."""
    old, new = set(before), set(after)
    return TagEdit(tuple(sorted(new - old)), tuple(sorted(old - new)))


def tag_filter(tag: str) -> str:
    """Return the filter that finds exactly one tag."""
    return f"tag:={tag}"


def joined_tags(tags: Iterable[str]) -> str:
    """Join tags as they are stored and typed."""
    return " ".join(tags)


def complete_tag(text: str, known: Iterable[str]) -> list[str]:
    """Return the known tags that begin with the last word of a text and are not in it yet."""
    *before, last = _SEPARATORS.split(text)
    typed = last.lstrip("#=-").lower()
    held = parse_tags(" ".join(before))
    return [tag for tag in known if tag.startswith(typed) and tag != typed and tag not in held]


def with_completion(text: str, tag: str) -> str:
    """Replace the last word of a text by a tag, ready for the next one."""
    last = _SEPARATORS.split(text)[-1]
    sign = "-" if last.startswith("-") else ""
    return f"{text[: len(text) - len(last)]}{sign}{tag} "
