"""Adding a source of fresh records: what is at an address, and how it gets into the settings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsreader.app.open_corpus import corpus_root, is_sample
from newsreader.app.source_settings import change_settings
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, host_of, is_openable
from newsreader.settings import paths
from newsreader.settings.edit_sources import add_corpus, add_source, free_name
from newsreader.settings.model import Settings, load_settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sources.plan import SourceKind

if TYPE_CHECKING:
    from newsreader.web.sources.discovery import Candidate

DEFAULT_CORPUS = "~/news"
"""The folder of the first corpus, if the reader names no other."""


class AddError(NewsreaderError):
    """A source cannot be added; the message says why and what to do."""


class SourceOptions(NamedTuple):
    """What the reader says about a new source: see `DeclaredSource`."""

    topics: tuple[str, ...] = ()
    quality: int | None = None
    folder: str = ""


class AddedSource(NamedTuple):
    """A source that was written to the settings: its name, its table, and the folder of its corpus."""

    name: str
    table: str
    root: Path


def corpus_for(settings: Settings) -> str:
    """Return the corpus that a new source writes to, by name or folder; empty if there is none yet."""
    return next((source.corpus for source in settings.sources), "") or next(iter(settings.corpora), "")


def corpus_beside(settings: Settings, shown: Path) -> str:
    """Return the corpus for a source that is added while a folder is shown: that one, but not the sample."""
    return (corpus_for(settings) or DEFAULT_CORPUS) if is_sample(shown) else str(shown)


def with_declared(settings: Settings) -> Settings:
    """Return the settings with the sources and corpora that their file declares now."""
    declared = load_settings(paths.config_file()).settings
    return settings._replace(sources=declared.sources, corpora=declared.corpora)


def candidates_of(given: str, *, private_addresses: bool) -> list[Candidate]:
    """Return the sources that a web address leads to, or that a file has.

    Raises:
        AddError: there are none, or what is named cannot be read or fetched.

    """
    local = local_candidate(given)
    if local is not None:
        return [local]
    return find_candidates(web_address(given), private_addresses=private_addresses)


def local_candidate(given: str) -> Candidate | None:
    """Return the list of feeds that a path names, None for a web address.

    Raises:
        AddError: the path names nothing that has sources.

    """
    from newsreader.web.sources.discovery import Candidate
    from newsreader.web.sources.incoming_record import InvalidRecordError
    from newsreader.web.sources.opml import read_opml

    path = Path(given).expanduser()
    if is_openable(web_address(given)) and not path.exists():
        return None
    try:
        read_opml(path.read_bytes())
    except OSError as error:
        raise AddError(f"{clean_line(given)}: cannot be read ({error.strerror}).") from error
    except InvalidRecordError as error:
        raise AddError(f"{clean_line(given)}: {error}.") from None
    return Candidate(SourceKind.OPML, str(path.resolve()), path.stem)


def web_address(given: str) -> str:
    """Return a web address as typed by the reader with its scheme: `lab.example` is https."""
    address = given.strip()
    if re.match(r"feed:(//)?https?:", address, re.IGNORECASE):
        return re.sub(r"^feed:(//)?", "", address, flags=re.IGNORECASE)
    if re.match(r"feed://", address, re.IGNORECASE):
        return f"https://{address[7:]}"
    is_host = re.match(r"[^\s/:@]+\.[^\s/:@]+(:\d+)?(/|$)", address) and not address.startswith((".", "~"))
    return f"https://{address}" if is_host else address


def find_candidates(address: str, *, private_addresses: bool) -> list[Candidate]:
    """Return the sources that a web address leads to.

    Raises:
        AddError: it cannot be fetched, or has none.

    """
    from newsreader.web.http.errors import WebError
    from newsreader.web.sources.discovery import find_sources

    try:
        found = find_sources(address, private_addresses=private_addresses)
    except WebError as error:
        raise AddError(f"{clean_line(str(error)).rstrip('.')}. Look at the address in a browser.") from None
    if not found:
        raise AddError(
            f"{clean_line(address)}: no feed was found there. Give the address of the feed itself."
        )
    return found


def declare(candidate: Candidate, options: SourceOptions, corpus: str) -> AddedSource:
    """Write a source to the settings, and make the folder of its corpus.

    Args:
        candidate: The source.
        options: What is said about its records.
        corpus: A name of the settings, or a folder.

    Raises:
        AddError: it is declared already.
        SettingsWriteError: the settings cannot be changed.

    """
    file = paths.config_file()
    settings = load_settings(file).settings
    root = corpus_root(corpus, settings)[0].resolve()
    for source in settings.sources:
        is_same = _same_address(source.address, candidate.url)
        if is_same and corpus_root(source.corpus, settings)[0].resolve() == root:
            raise AddError(
                f"This is the source “{source.name}” already. newsreader sync {source.name} asks it."
            )
    taken = {source.name for source in settings.sources}
    name = free_name(_wanted_name(candidate), taken)
    new = DeclaredSource(name, corpus, candidate.kind.value, candidate.url, options.topics, options.quality)
    if options.folder:
        new = new._replace(folder=options.folder)

    def edit(text: str) -> str:
        nonlocal new
        known = settings.corpora
        if corpus not in known:
            folder = _short(root)
            given = next((key for key, value in known.items() if _is_folder(value, root)), None)
            if given is None:
                given = free_name(root.name, set(known))
                text = add_corpus(text, given, folder)
            new = new._replace(corpus=given)
        return add_source(text, new)

    changed = change_settings(file, edit)
    root.mkdir(parents=True, exist_ok=True)
    return AddedSource(name, changed[changed.rindex("[sources.") :], root)


def declare_corpus(folder: Path) -> str:
    """Write a folder of records to the settings; return its name there.

    Raises:
        SettingsWriteError: the settings cannot be changed.

    """
    settings = load_settings(paths.config_file()).settings
    root = folder.expanduser().resolve()
    known = next((name for name, value in settings.corpora.items() if _is_folder(value, root)), "")
    if known:
        raise AddError(f"This folder is the corpus “{known}” already. newsreader {known} opens it.")
    name = free_name(root.name, set(settings.corpora))
    change_settings(paths.config_file(), lambda text: add_corpus(text, name, _short(root)))
    return name


def _wanted_name(candidate: Candidate) -> str:
    return clean_line(candidate.title) or host_of(candidate.url)


def _same_address(one: str, other: str) -> bool:
    return (canonical_url(one) or one) == (canonical_url(other) or other)


def _is_folder(value: str, root: Path) -> bool:
    return Path(value).expanduser().resolve() == root


def _short(root: Path) -> str:
    """Return a folder as people write it, with `~` for the home folder."""
    home = Path.home()
    return f"~/{root.relative_to(home)}" if root.is_relative_to(home) and root != home else str(root)
