"""What the path of a file tells: its day, the words of its name, its language, whether it is published."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.dates import day_in_words

_DAY = r"(?P<year>(?:19|20)[0-9]{2})(?P<sign>[-_.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})"
_NAMED_DAY_RE = re.compile(rf"{_DAY}(?=$|[^0-9])")
_COMPACT_DAY_RE = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?=$|[^0-9])")
_FOLDER_DAY_RE = re.compile(
    r"(?:^|/)(?P<year>(?:19|20)[0-9]{2})[/-](?P<month>0[1-9]|1[0-2])"
    r"(?:[/-](?P<day>0[1-9]|[12][0-9]|3[01])(?=[^0-9]|$))?(?=[/-])"
)
_HIDDEN_FOLDERS = frozenset(
    ("_drafts", "drafts", "draft", "_layouts", "_includes", "_templates", "templates", "archetypes")
)
_LANGUAGE_RE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_LANGUAGES = frozenset(
    "ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nb nl no pl pt ro ru sk"  # noqa: SIM905
    " sl sr sv ta th tr uk ur vi zh".split()
)


class PathFacts(NamedTuple):
    """What a path tells. `day` is an ISO date, `slug` the name without date and suffix."""

    slug: str
    day: str = ""
    language: str = ""
    is_hidden: bool = False
    is_dated: bool = False

    @property
    def day_as_title(self) -> str:
        """The day in words, if the name of the file is nothing but the day."""
        moment = parse_moment(self.day) if _is_day(self.slug) else None
        return day_in_words(moment) if moment else ""


def facts_of(path: str, languages: frozenset[str] = frozenset()) -> PathFacts:
    """What the path of a file, relative to the corpus, tells of it.

    Args:
        path: With `/`.
        languages: Names of folders that stand for languages in this corpus.

    """
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    language = ""
    if "." in stem and is_language(stem.rpartition(".")[2]):
        stem, _, language = stem.rpartition(".")
    is_section = stem == "_index"
    if stem in ("index", "_index", "README") and folder:
        folder, _, stem = folder.rpartition("/")
    if not language:
        language = next((part for part in reversed(folder.split("/")) if part in languages), "")
    day, slug = _day_and_slug(stem)
    is_dated = bool(day)
    if not day and (found := _FOLDER_DAY_RE.search(f"{folder}/")):
        parts = [found["year"], found["month"], found["day"] or "01"]
        day = "-".join(parts)
        is_dated = True
    elif not day:
        day = next((named for part in reversed(folder.split("/")) if (named := _day_and_slug(part)[0])), "")
        is_dated = bool(day)
    is_hidden = is_section or not _HIDDEN_FOLDERS.isdisjoint(path.casefold().split("/")[:-1])
    return PathFacts(slug or stem, day, language, is_hidden, is_dated)


def words_of(slug: str) -> str:
    """The words of a slug, as a title."""
    if " " in slug:
        return slug.strip()
    words = re.sub(r"[-_+]+", " ", slug).strip()
    if not words or parse_moment(slug.replace("_", "-")) is not None:
        return slug
    return words[0].upper() + words[1:]


def is_language(text: str) -> bool:
    """Whether the name of a folder or a suffix is that of a language: de, pt-BR."""
    return text[:2].lower() in _LANGUAGES and _LANGUAGE_RE.fullmatch(text) is not None


def _is_day(name: str) -> bool:
    found = _NAMED_DAY_RE.fullmatch(name) or _COMPACT_DAY_RE.fullmatch(name)
    return found is not None and bool(_day_and_slug(name)[0])


def _day_and_slug(stem: str) -> tuple[str, str]:
    found = _NAMED_DAY_RE.match(stem) or _COMPACT_DAY_RE.match(stem)
    if found is None:
        return "", stem
    day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    if parse_moment(day) is None or int(found["month"]) > 12:
        return "", stem
    slug = stem[found.end() :].strip("-_. ")
    return day, slug
