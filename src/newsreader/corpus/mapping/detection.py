"""Detect which program a folder belongs to: from its settings, its layout and a sample of its keys."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsreader.corpus.document import Document, Format
from newsreader.corpus.mapping.keys import fold
from newsreader.corpus.mapping.paths import is_language
from newsreader.corpus.mapping.presets import GENERIC, PRESETS, Preset
from newsreader.domain.corpus_options import CorpusOptions

SAMPLE: Final = 100
"""Most records that are read to learn their keys."""

MOST_FOLDERS: Final = 40
"""Most folders below the root that may be sites of their own."""

_MOST_SETTINGS: Final = 60
"""Most files of settings that are read; with `SAMPLE` less than 200 files in all."""

_READ_BYTES: Final = 64 * 1024
_MOST_ENTRIES: Final = 5_000
_SETTINGS = (
    *("_config.yml", "_config.yaml", "_config.toml", "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"),
    *("config.toml", "config.yaml", "config.yml", "config/_default/config.toml", "config/_default/hugo.toml"),
    *("zola.toml", "mkdocs.yml", "mkdocs.yaml", "publishconf.py", "pelicanconf.py"),
    *("astro.config.mjs", "astro.config.ts", "astro.config.js", "CNAME"),
)
_CONTENT_FOLDERS = ("content", "src/content", "source", "docs", "src", "pages", "i18n", "posts")
_MOST_INNER_FOLDERS = 20
"""Most folders in one of content that may hold folders of languages."""
_PYTHON_RE = re.compile(
    r"^(SITEURL|DEFAULT_LANG|ARTICLE_URL|AUTHOR)\s*=\s*[bru]?[\"']([^\"'\n]+)[\"']", re.MULTILINE
)
_SCRIPT_RE = re.compile(r"^\s*(site|defaultLocale)\s*:\s*[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_PYTHON_DATE_RE = re.compile(r"\{date:%([Ymd])\}")
_DATE_PARTS = {"Y": ":year", "m": ":month", "d": ":day"}
_YAML_LINE_RE = re.compile(
    r"^([A-Za-z_]{1,40}):[ \t]+[\"']?([^\"'\s{\[!&*][^\"'\n]*?)[\"']?[ \t]*$", re.MULTILINE
)
"""Top-level text of YAML that cannot be loaded, such as that with the tags of a program."""


class Site(NamedTuple):
    """A folder of the corpus that one program publishes.

    `prefix` is the path of the folder with a `/` behind it, empty for the corpus itself. `address` is that of
    the published site without a slash at its end, empty where it is not known. `link` is the pattern of the
    addresses of its records. `languages` are the names of folders that stand for languages.
    `content` is the folder of the pages, relative to the prefix. `author` is that of records that name none.
    """

    prefix: str = ""
    preset: Preset = GENERIC
    address: str = ""
    link: str = ""
    language: str = ""
    languages: frozenset[str] = frozenset()
    content: str = "content"
    author: str = ""

    def is_template(self, path: str) -> bool:
        """Whether a file of the site lies in a folder of templates."""
        folders = path.removeprefix(self.prefix).casefold().split("/")[:-1]
        return not set(self.preset.templates).isdisjoint(folders)


class Detected(NamedTuple):
    """The sites of a corpus, those of inner folders first, and how many files were read to find them."""

    sites: tuple[Site, ...]
    files_read: int = 0

    def of(self, path: str) -> Site:
        """The site that a file belongs to."""
        return next(site for site in self.sites if path.startswith(site.prefix))

    @property
    def main(self) -> Site:
        """The site of the corpus itself, or the only one that a program is known of."""
        known = [site for site in self.sites if site.preset is not GENERIC]
        return self.sites[-1] if self.sites[-1].preset is not GENERIC or len(known) != 1 else known[0]


def detect(root: Path, options: CorpusOptions = CorpusOptions()) -> Detected:  # noqa: B008 - immutable
    """Detect which program a corpus belongs to. Reads fewer than 200 files; unreadable ones are absent."""
    try:
        changed = os.stat(root).st_mtime_ns  # noqa: PTH116 - as the scan does
    except OSError:
        changed = 0
    return _detect(os.path.realpath(root), changed, options.to_json())


@lru_cache(maxsize=8)
def _detect(root: str, _changed: int, options_json: str) -> Detected:
    options = CorpusOptions.from_json(options_json)
    reader = _Reader(root)
    main = _site(reader, "")
    known: list[Site] = []
    if options.preset:
        main = main._replace(preset=PRESETS[options.preset])
    elif main.preset is GENERIC:
        inner = [_site(reader, f"{folder}/") for folder in reader.folders("")[:MOST_FOLDERS]]
        known = [site for site in inner if site.preset is not GENERIC]
    if main.preset is GENERIC and not known and not options.preset:
        main = main._replace(preset=_by_keys(reader))
    main = main._replace(
        address=options.site.rstrip("/") or main.address,
        link=main.link or main.preset.link,
    )
    return Detected((*known, main), reader.read)


class _Reader:
    """Reads the few files that are looked at, and counts them."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.read = 0
        self._settings = 0

    def exists(self, path: str) -> bool:
        return os.path.exists(os.path.join(self._root, path))  # noqa: PTH110, PTH118

    def folders(self, path: str) -> list[str]:
        try:
            with os.scandir(os.path.join(self._root, path)) as entries:  # noqa: PTH118
                names = [
                    entry.name
                    for entry, _ in zip(entries, range(_MOST_ENTRIES), strict=False)
                    if entry.is_dir(follow_symlinks=False)
                ]
        except OSError:
            return []
        return sorted(name for name in names if not name.startswith("."))

    def text(self, path: str) -> str:
        """The beginning of a file of settings; empty where it cannot be read."""
        if self._settings >= _MOST_SETTINGS or not self.exists(path):
            return ""
        self._settings += 1
        return self._beginning(path).decode("utf-8", "replace")

    def documents(self) -> Iterator[tuple[str, Document]]:
        """A sample of the records."""
        from newsreader.corpus.formats.reading import read_document
        from newsreader.corpus.scan import display_path, walk

        try:
            paths = [
                path for _, (path, _) in zip(range(SAMPLE), walk(Path(self._root), [], {}), strict=False)
            ]
        except OSError:
            return
        for path in paths:
            shown = display_path(path)
            document = read_document(self._beginning(os.fsdecode(path)))
            if document is not None:
                yield shown, document

    def _beginning(self, path: str) -> bytes:
        self.read += 1
        try:
            descriptor = os.open(os.path.join(self._root, path), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # noqa: PTH118
            with os.fdopen(descriptor, "rb") as file:
                return file.read(_READ_BYTES)
        except OSError:
            return b""


def _site(reader: _Reader, prefix: str) -> Site:
    preset = next((preset for preset in PRESETS.values() if _is_marked(reader, prefix, preset)), GENERIC)
    if preset is GENERIC and prefix:
        return Site(prefix)
    values = _settings(reader, prefix)
    languages = _languages(reader, prefix)
    address = _address(values) or _from_cname(reader, prefix)
    link = values.get("permalink") if preset.name in ("jekyll", "hexo") else values.get("articleurl")
    return Site(
        prefix,
        preset,
        address,
        _pattern(link, preset),
        _language(values),
        languages,
        _content(reader, prefix, values),
        author if isinstance(author := values.get("author"), str) and preset.name == "pelican" else "",
    )


def _is_marked(reader: _Reader, prefix: str, preset: Preset) -> bool:
    return any(all(reader.exists(prefix + mark) for mark in marks) for marks in preset.marks)


def _settings(reader: _Reader, prefix: str) -> dict[str, Any]:
    """The values of the site's files of settings by folded key; the first file counts."""
    values: dict[str, Any] = {}
    for name in _SETTINGS[:-1]:
        text = reader.text(prefix + name)
        for key, value in _parsed(name, text).items() if text else ():
            values.setdefault(fold(str(key)), value)
    return values


def _parsed(name: str, text: str) -> Mapping[Any, Any]:
    try:
        if name.endswith(".toml"):
            import tomllib

            return tomllib.loads(text)
        if name.endswith(".py"):
            return {found[1]: found[2] for found in _PYTHON_RE.finditer(text)}
        if "astro.config" in name:
            return {found[1]: found[2] for found in _SCRIPT_RE.finditer(text)}
        from newsreader.corpus.yaml_loader import load_any

        loaded = load_any(text)
    except Exception:  # noqa: BLE001 - a file of settings has its own program to complain of it
        return {found[1]: found[2] for found in _YAML_LINE_RE.finditer(text)}
    return loaded if isinstance(loaded, dict) else {}


def _address(values: Mapping[str, Any]) -> str:
    from newsreader.domain.urls import is_openable

    for key in ("url", "baseurl", "siteurl", "site"):
        address = values.get(key)
        if isinstance(address, str) and is_openable(address.strip()):
            base = values.get("baseurl")
            path = base if key == "url" and isinstance(base, str) and base.startswith("/") else ""
            return address.strip().rstrip("/") + path.rstrip("/")
    return ""


def _from_cname(reader: _Reader, prefix: str) -> str:
    from newsreader.domain.urls import is_openable

    host = reader.text(f"{prefix}CNAME").strip()
    return f"https://{host}" if is_openable(f"https://{host}") else ""


def _pattern(link: object, preset: Preset) -> str:
    """The pattern of a record's address; one with words that are not known here is not used."""
    named = {"pretty": "/:categories/:year/:month/:day/:title/", "none": "/:categories/:title.html"}
    named |= {"date": "/:categories/:year/:month/:day/:title.html"}
    if not isinstance(link, str) or not link:
        return preset.link
    pattern = _PYTHON_DATE_RE.sub(lambda part: _DATE_PARTS[part[1]], named.get(link, link))
    pattern = pattern.replace("{slug}", ":title").replace(":slug", ":title")
    return "/" + pattern.lstrip("/")


def _language(values: Mapping[str, Any]) -> str:
    for key in (
        "defaultcontentlanguage",
        "defaultlanguage",
        "languagecode",
        "lang",
        "language",
        "defaultlang",
        "defaultlocale",
    ):
        value = values.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and is_language(value):
            return value
    return ""


def _content(reader: _Reader, prefix: str, values: Mapping[str, Any]) -> str:
    """The folder whose pages have the addresses of the site; that of the default language, if it has one."""
    content = values.get("contentdir")
    content = content.strip("./ ") if isinstance(content, str) else ""
    own = f"content/{_language(values)}"
    return content or (own if reader.exists(prefix + own) else "content").rstrip("/")


def _languages(reader: _Reader, prefix: str) -> frozenset[str]:
    """Names of folders that stand for languages: two at least beside each other."""
    inner: list[str] = []
    for folder in ("", *_CONTENT_FOLDERS):
        below = reader.folders(prefix + folder)
        if names := _named_as_languages(below):
            return names
        if folder:
            inner += [f"{folder}/{name}" for name in below[:_MOST_INNER_FOLDERS]]
    found = (_named_as_languages(reader.folders(prefix + folder)) for folder in inner)
    return next(filter(None, found), frozenset())


def _named_as_languages(names: Iterable[str]) -> frozenset[str]:
    languages = frozenset(filter(is_language, names))
    return languages if len(languages) > 1 else frozenset()


def _by_keys(reader: _Reader) -> Preset:
    """The preset whose keys, formats and folders the sample shows most often."""
    votes: Counter[str] = Counter()
    for path, document in reader.documents():
        votes.update(_votes(path, document))
    best = max(PRESETS, key=lambda name: votes[name])
    return PRESETS[best] if votes[best] else GENERIC


def _votes(path: str, document: Document) -> Iterable[str]:
    keys = {fold(key) for key in document.values}
    folders = set(path.split("/")[:-1])
    if document.format is Format.TOML and not keys.isdisjoint(("extra", "taxonomies")):
        return ("zola",)
    return tuple(
        preset.name
        for preset in PRESETS.values()
        if not keys.isdisjoint(preset.keys)
        or document.format in preset.formats
        or not folders.isdisjoint(preset.folders)
    )
