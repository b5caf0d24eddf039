"""Every field of the filter language: its name, what may stand behind it, and how it is explained."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What stands behind the name of a field."""

    WORDS = "words"
    TOPIC = "topic"
    PROVIDER = "provider"
    TYPE = "type"
    PART = "part of an address or path"
    NUMBER = "number"
    DATE = "date"
    STATE = "state"
    ORDER = "order"
    LIMIT = "limit"


class Field(NamedTuple):
    """One field of the language."""

    name: str
    kind: Kind
    meaning: str
    example: str

    @property
    def compares(self) -> bool:
        """Whether `<`, `<=`, `>` and `>=` may stand in place of the colon."""
        return self.kind is Kind.NUMBER or self.name == "date"


FIELDS = {
    field.name: field
    for field in (
        Field("title", Kind.WORDS, "words in the headline", 'title:"open source"'),
        Field("excerpt", Kind.WORDS, "words in the excerpt", "excerpt:tensor*"),
        Field(
            "topic", Kind.TOPIC, "a topic and those below it; topic:=AI is that one alone", "topic:nlp,vision"
        ),
        Field("provider", Kind.PROVIDER, "name or domain of the provider", "provider:forbes.com"),
        Field("type", Kind.TYPE, "type of the record", "type:video,course"),
        Field("url", Kind.PART, "part of an address", "url:github.com"),
        Field("path", Kind.PART, "part of the path in the corpus", "path:_archive/"),
        Field("quality", Kind.NUMBER, "editorial score", "quality>=90"),
        Field("heat", Kind.NUMBER, "heat of the story", "heat:100..300"),
        Field("related", Kind.NUMBER, "number of related reports", "related>3"),
        Field("date", Kind.DATE, "day, month, year or a range of them", "date:2021-06..2021-08"),
        Field("after", Kind.DATE, "published on that day or later", "after:2021-06-15"),
        Field("before", Kind.DATE, "published before that day", "before:yesterday"),
        Field("newer", Kind.DATE, "at most that old: h, d, w, m (30 days), y (365 days)", "newer:7d"),
        Field("older", Kind.DATE, "older than that", "older:2w"),
        Field("is", Kind.STATE, "what a record is", "is:lead"),
        Field("has", Kind.STATE, "what a record has", "has:amp"),
        Field("sort", Kind.ORDER, "order of the list", "sort:new"),
        Field("limit", Kind.LIMIT, "most records to list", "limit:20"),
    )
}
"""By name, in the order of the help."""
