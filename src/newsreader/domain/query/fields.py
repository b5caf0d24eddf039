"""The fields of the filter language."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NamedTuple


class State(StrEnum):
    """The states of a record: `is:front`, `has:amp`."""

    FRONT = "is:front"
    LEAD = "is:lead"
    FOLLOWER = "is:follower"
    UNREAD = "is:unread"
    READ = "is:read"
    STARRED = "is:starred"
    LATER = "is:later"
    TAGGED = "is:tagged"
    HIDDEN = "is:hidden"
    NEW = "is:new"
    PROBLEM = "is:problem"
    GONE = "is:gone"
    AMP = "has:amp"
    IMAGE = "has:image"
    VIDEO = "has:video"
    BODY = "has:body"
    TEXT = "has:text"
    RELATED = "has:related"
    NOTE = "has:note"


EXACT = ":="
"""The operator for exact names."""

_EQUALS = (":", "=")


class FieldKind(Enum):
    """The kind of a field's value."""

    WORDS = "words"
    TOPIC = "topic"
    PROVIDER = "provider"
    TYPE = "type"
    PART = "part of an address or path"
    TAG = "tag"
    LABEL = "author, category or language"
    NUMBER = "number"
    DATE = "date"
    STATE = "state"
    ORDER = "order"
    LIMIT = "limit"


class FilterField(NamedTuple):
    """A field, with its description and an example for the help."""

    name: str
    kind: FieldKind
    meaning: str
    example: str

    @property
    def operators(self) -> tuple[str, ...]:
        """What may stand between the name and the value."""
        if self.kind is FieldKind.NUMBER or self.name == "date":
            return (*_EQUALS, "<", "<=", ">", ">=")
        named = self.kind in (FieldKind.TOPIC, FieldKind.PROVIDER, FieldKind.TAG)
        return (*_EQUALS, EXACT) if named else _EQUALS


FIELDS = {
    field.name: field
    for field in (
        FilterField("title", FieldKind.WORDS, "words in the headline", 'title:"open source"'),
        FilterField("excerpt", FieldKind.WORDS, "words in the excerpt", "excerpt:tensor*"),
        FilterField(
            "topic",
            FieldKind.TOPIC,
            "a topic and those below it; topic:=AI is that one alone",
            "topic:nlp,vision",
        ),
        FilterField("provider", FieldKind.PROVIDER, "name or domain of the provider", "provider:forbes.com"),
        FilterField("type", FieldKind.TYPE, "type of the record", "type:video,course"),
        FilterField("author", FieldKind.LABEL, "part of an author's name", "author:lovelace"),
        FilterField("category", FieldKind.LABEL, "category of the record", "category:news"),
        FilterField("lang", FieldKind.LABEL, "language of the record", "lang:de"),
        FilterField("tag", FieldKind.TAG, "a tag of your own; tag:=ai is exactly that one", "tag:work,home"),
        FilterField("url", FieldKind.PART, "part of an address", "url:github.com"),
        FilterField("path", FieldKind.PART, "part of the path in the corpus", "path:_archive/"),
        FilterField("quality", FieldKind.NUMBER, "editorial score", "quality>=90"),
        FilterField("heat", FieldKind.NUMBER, "heat of the story", "heat:100..300"),
        FilterField("related", FieldKind.NUMBER, "number of related reports", "related>3"),
        FilterField("date", FieldKind.DATE, "day, month, year or a range of them", "date:2021-06..2021-08"),
        FilterField("after", FieldKind.DATE, "published on that day or later", "after:2021-06-15"),
        FilterField("before", FieldKind.DATE, "published before that day", "before:yesterday"),
        FilterField(
            "newer", FieldKind.DATE, "at most that old: h, d, w, m (30 days), y (365 days)", "newer:7d"
        ),
        FilterField("older", FieldKind.DATE, "older than that", "older:2w"),
        FilterField("is", FieldKind.STATE, "what a record is", "is:lead"),
        FilterField("has", FieldKind.STATE, "what a record has", "has:amp"),
        FilterField("sort", FieldKind.ORDER, "order of the list", "sort:new"),
        FilterField("limit", FieldKind.LIMIT, "most records to list", "limit:20"),
    )
}
"""By name, in the order in which the help lists them."""
