"""Which key of the front matter feeds which field of a record.

One table, so that another kind of front matter can be read by another table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite, nan
from typing import Any, NamedTuple

from newsreader.corpus.document import Document
from newsreader.domain.checks.problem import Defect
from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.dates import Moment
from newsreader.domain.record import (
    Enclosure,
    Image,
    Link,
    LinkKind,
    Provider,
    Rating,
    Record,
    RecordAction,
    Related,
    with_valid_domain,
)
from newsreader.domain.sanitize import clean_line, plain
from newsreader.domain.urls import is_openable

TITLE_LIMIT = 500
EXCERPT_LIMIT = 5_000
URL_LIMIT = 8_000
MAX_AMOUNT = 10**15
"""Most bytes or seconds of an enclosure."""
LIST_LIMIT = 500
"""Most entries kept of any list; the longest real one has 50."""

_SRC_RE = re.compile(r"""\ssrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class _InvalidFieldError(Exception):
    """The value cannot be read as its field asks; the message says what is needed."""


class RecordField(NamedTuple):
    """A key of the front matter, the record's attribute that it feeds, and how it is read."""

    key: str
    attribute: str
    read: Callable[[Any], object]


def _title(value: Any) -> str:
    return _prose(value, TITLE_LIMIT)


def _excerpt(value: Any) -> str:
    return _prose(value, EXCERPT_LIMIT)


def _line(value: Any) -> str:
    if isinstance(value, str) and len(value) <= TITLE_LIMIT and "\n" not in value:
        return value  # as nearly all are
    return _one_line(_text(value), TITLE_LIMIT)


def _prose(value: Any, limit: int) -> str:
    """One line without stray HTML. What stood behind an entity has not been through the gate yet."""
    if isinstance(value, str) and len(value) <= limit and not ("\n" in value or "<" in value or "&" in value):
        return value  # as nearly all are
    text = _text(value)
    shown = plain(text)
    return _one_line(text, limit) if shown == text else clean_line(shown, limit)


def _one_line(text: str, limit: int) -> str:
    """Text that went through the gate once, as a whole; only length and line breaks are left to check."""
    return text if len(text) <= limit and "\n" not in text else clean_line(text, limit)


def _url(value: Any) -> str:
    text = _text(value)
    if "&" in text:
        text = text.replace("&amp;", "&")
    if len(text) <= URL_LIMIT and not (" " in text or "\n" in text):
        return text
    line = clean_line(text, URL_LIMIT)
    # Browsers encode blanks too; other text than a web address stays as it is.
    encoded = line.replace(" ", "%20") if line.startswith(("https://", "http://")) else line
    return encoded if is_openable(encoded) else line


def _text(value: Any) -> str:
    if isinstance(value, str):  # as nearly all are
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    raise _InvalidFieldError("text is needed")


def _number(value: Any) -> int:
    if type(value) is int and -(10**9) <= value <= 10**9:
        return value
    if isinstance(value, bool):
        raise _InvalidFieldError("a number is needed")
    try:
        number = int(float(value)) if isinstance(value, str) else int(value)
    except (TypeError, ValueError, OverflowError):
        raise _InvalidFieldError("a number is needed") from None
    return max(-(10**9), min(number, 10**9))


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in ("true", "yes", "on", "1"):
        return True
    if word in ("false", "no", "off", "0"):
        return False
    raise _InvalidFieldError("true or false is needed")


def _moment(value: Any) -> Moment:
    moment = parse_moment(value)
    if moment is None:
        raise _InvalidFieldError("a date is needed")
    return moment


def _list(value: Any) -> list[Any]:
    """A list; a single value stands for a list of one."""
    return (value if isinstance(value, list) else [value])[:LIST_LIMIT]


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, dict):
        raise _InvalidFieldError("a list of names is needed")
    names = (
        _line(entry) for entry in _list(value) if not isinstance(entry, dict | list) and entry is not None
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _maps(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, dict | list):
        raise _InvalidFieldError("a list of maps is needed")
    return [entry for entry in _list(value) if isinstance(entry, dict)]


def _images(value: Any) -> tuple[Image, ...]:
    return tuple(
        Image(
            url=_part(entry, "url", _url, ""),
            width=_part(entry, "width", _number, 0),
            height=_part(entry, "height", _number, 0),
            title=_part(entry, "title", _line, ""),
            attribution=_part(entry, "attribution", _line, ""),
        )
        for entry in _maps(value)
    )


def _publisher(value: Any) -> Provider:
    """The name and domain of a provider."""
    if isinstance(value, str):
        return Provider(name=_line(value))
    if not isinstance(value, dict):
        raise _InvalidFieldError("a map with name and domain is needed")
    return Provider(_part(value, "name", _line, ""), _part(value, "domain", _line, ""))


def _provider(value: Any) -> Provider:
    publisher = _publisher(value)
    if isinstance(value, str):
        return publisher
    authors = (_part(entry, "name", _line, "") for entry in _part(value, "authors", _maps, []))
    return publisher._replace(
        images=_part(value, "images", _images, ()), authors=tuple(name for name in authors if name)
    )


def _actions(value: Any) -> tuple[RecordAction, ...]:
    return tuple(
        RecordAction(
            _part(entry, "url", _url, ""), _part(entry, "type", _line, ""), _part(entry, "title", _line, "")
        )
        for entry in _maps(value)
    )


def _enclosures(value: Any) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(
            url=_part(entry, "url", _url, ""),
            type=_part(entry, "type", _line, ""),
            size=_part(entry, "size", _amount, 0),
            duration=_part(entry, "duration", _amount, 0),
        )
        for entry in _maps(value)
    )


def _amount(value: Any) -> int:
    if type(value) is int and 0 <= value <= MAX_AMOUNT:
        return value
    raise _InvalidFieldError("a number is needed")


def _rating(value: Any) -> Rating:
    if not isinstance(value, dict):
        raise _InvalidFieldError("a map with count and average is needed")
    try:
        average = float(value.get("average") or 0)
    except (TypeError, ValueError):
        average = nan
    if not isfinite(average):
        raise _InvalidFieldError("the average has to be a number")
    return Rating(average, _part(value, "count", _number, 0))


def _related(value: Any) -> tuple[Related, ...]:
    return tuple(_related_entry(entry) for entry in _maps(value))


def _related_entry(entry: Mapping[str, Any]) -> Related:
    return _brief_entry(entry, _provider)._replace(
        excerpt=_part(entry, "excerpt", _excerpt, ""),
        cached_amp_url=_part(entry, "cdnAmpWebUrl", _url, ""),
        type=_part(entry, "type", _line, "") or "article",
        quality=_part(entry, "quality", _number, None),
        images=_part(entry, "images", _images, ()),
    )


def _brief_related(value: Any) -> tuple[Related, ...]:
    return tuple([_brief_entry(entry, _publisher) for entry in _maps(value)])


def _brief_entry(entry: Mapping[str, Any], provider: Callable[[Any], Provider]) -> Related:
    """What identifies a related entry."""
    web_url = _part(entry, "webUrl", _url, "") or _part(entry, "originalUrl", _url, "")
    return Related(
        title=_part(entry, "title", _title, "") or _part(entry, "webUrl", _url, "") or "untitled",
        moment=_part(entry, "publishedDateTime", _moment, None),
        web_url=web_url,
        amp_url=_part(entry, "ampWebUrl", _url, ""),
        provider=with_valid_domain(_part(entry, "provider", provider, Provider()), (web_url,)),
    )


def _part(entry: Mapping[str, Any], key: str, read: Callable[[Any], Any], default: Any) -> Any:
    """One value of a nested map; a value that does not fit counts as missing."""
    value = entry.get(key)
    if value is None:
        return default
    try:
        return read(value)
    except _InvalidFieldError:
        return default


def _embed_urls(value: Any) -> tuple[str, ...]:
    found = (match[1].replace("&amp;", "&") for match in _SRC_RE.finditer(_text(value)))
    return tuple("https:" + url if url.startswith("//") else url for url in found)


FIELDS: tuple[RecordField, ...] = (
    RecordField("category", "category", _line),
    RecordField("name", "title", _title),
    RecordField("title", "title", _title),
    RecordField("excerpt", "excerpt", _excerpt),
    RecordField("publishedDateTime", "moment", _moment),
    RecordField("originalUrl", "original_url", _url),
    RecordField("webUrl", "web_url", _url),
    RecordField("ampWebUrl", "amp_url", _url),
    RecordField("cdnAmpWebUrl", "cached_amp_url", _url),
    RecordField("type", "type", _line),
    RecordField("quality", "quality", _number),
    RecordField("heat", "heat", _number),
    RecordField("published", "published", _truth),
    RecordField("removed", "removed", _truth),
    RecordField("provider", "provider", _provider),
    RecordField("topics", "topics", _names),
    RecordField("images", "images", _images),
    RecordField("related", "related", _related),
    RecordField("featuredContent", "embed_urls", _embed_urls),
    RecordField("secured", "sealed", _text),
    RecordField("price", "price", _line),
    RecordField("length", "length", _line),
    RecordField("levels", "levels", _names),
    RecordField("ratings", "rating", _rating),
    RecordField("items", "items", _names),
    RecordField("actions", "actions", _actions),
    RecordField("enclosures", "enclosures", _enclosures),
    RecordField("bio", "bio", _excerpt),
    RecordField("location", "location", _line),
    RecordField("members", "members", _number),
    RecordField("website", "website", _url),
    RecordField("lang", "language", _line),
)
"""The news record's keys and those of other kinds, see the guide's chapter on the format."""

PROFILES = ("twitter", "linkedin", "github", "facebook", "youtube")
"""Keys whose map holds the address of a profile elsewhere."""

KNOWN_KEYS = frozenset(field.key for field in FIELDS) | frozenset(PROFILES)


_BRIEF_FIELDS = tuple(
    field._replace(read=_brief_related) if field.key == "related" else field for field in FIELDS
)
_READERS = {field.key: field.read for field in FIELDS}


def fits(key: str, value: Any) -> bool:
    """Whether a value is what its key of the format asks for."""
    try:
        _READERS[key](value)
    except _InvalidFieldError:
        return False
    return True


def build_record(document: Document, path: str, *, brief: bool = False) -> tuple[Record, tuple[Defect, ...]]:
    """The record that a document describes, and every value that did not fit its field.

    Args:
        document: What the file says.
        path: Relative to the corpus, fit for the screen.
        brief: Whether what identifies each related entry is enough, as for the index.

    """
    fields: dict[str, Any] = {}
    defects: list[Defect] = []
    values, foreign = document.values, document.foreign
    given = _without(values, foreign).get if foreign else values.get
    for key, attribute, read in _BRIEF_FIELDS if brief else FIELDS:
        value = given(key)
        if value is None:
            continue
        try:
            fields[attribute] = read(value)
        except _InvalidFieldError as misfit:
            found = clean_line(str(value), 40)
            defects.append(
                Defect(document.lines.get(key, 0), f"{key}: {misfit}, found “{found}”", "wrong-value")
            )
    if not fields.get("title"):
        fields["title"] = path.rpartition("/")[2]
        if not document.defects:  # else it may have stood in what could not be read
            defects.append(Defect(0, "no title; the file name is shown instead", "missing-title"))
    if not fields.get("type"):
        fields["type"] = "article"
    if not fields.get("category"):
        fields["category"] = _folder_category(path)
    if "provider" in fields:
        urls = (fields.get("original_url", ""), fields.get("web_url", ""))
        fields["provider"] = with_valid_domain(fields["provider"], urls)
    known = KNOWN_KEYS.difference(foreign) if foreign else KNOWN_KEYS
    extra = {key: value for key, value in values.items() if key not in known}
    record = Record(path=path, body=document.body, profiles=_profiles(document.values), extra=extra, **fields)
    return record, tuple(dict.fromkeys(defects))


def _without(values: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in keys}


def _profiles(values: Mapping[str, Any]) -> tuple[Link, ...]:
    links: list[Link] = []
    for key in PROFILES:
        profile = values.get(key)
        if isinstance(profile, dict) and (url := _part(profile, "url", _url, "")):
            username = _part(profile, "username", _line, "")
            followers = _part(profile, "followers", _number, None)
            label = key + (f" @{username}" if username else "")
            label += "" if followers is None else f", {followers:,} followers"
            links.append(Link(LinkKind.WEBSITE, url, label))
    return tuple(links)


def _folder_category(path: str) -> str:
    """The category that the folders tell: the last one that leads with an underscore, else the first."""
    folders = path.split("/")[:-1]
    marked = [folder[1:] for folder in folders if folder.startswith("_")]
    return marked[-1] if marked else (folders[0] if folders else "")
