"""The sources that the settings declare -> what is to be brought into which corpus."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from newsreader.app.open_corpus import corpus_root
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sources.plan import Plan, SourceKind, SyncSource


class NoSourceError(NewsreaderError):
    """There is nothing to bring in; the message says why and what to do."""


def plans_of(settings: Settings, names: Sequence[str] = (), root: Path | None = None) -> list[Plan]:
    """A plan for each corpus that gets something.

    Args:
        settings: Declare the sources.
        names: Of the sources; without any, all that are enabled.
        root: Of a corpus, for its sources only.

    Raises:
        NoSourceError: no source is declared, or none of that name or for that corpus.

    """
    if not settings.sources:
        raise NoSourceError("No source of fresh records is declared.")
    here = {source.name: _root_of(source, settings) for source in settings.sources}
    chosen = [source for source in settings.sources if (source.name in names if names else source.enabled)]
    unknown = next((name for name in names if name not in here), None)
    if unknown is not None:
        near = get_close_matches(unknown, here, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(here)}."
        raise NoSourceError(f"There is no source “{clean_line(unknown)}”. {hint}")
    if root is not None:
        chosen = [source for source in chosen if here[source.name] == root.resolve()]
        if not chosen:
            raise NoSourceError(f"No source of fresh records is declared for {clean_line(str(root))}.")
    if not chosen:
        raise NoSourceError("No source is enabled; naming one brings it in once.")
    return [
        Plan(
            root=str(corpus),
            state=str(paths.sync_dir()),
            sources=tuple(_source(source) for source in chosen if here[source.name] == corpus),
            declared=tuple(name for name, place in here.items() if place == corpus),
            private_addresses=settings.private_addresses,
        )
        for corpus in dict.fromkeys(here[source.name] for source in chosen)
    ]


def _root_of(source: DeclaredSource, settings: Settings) -> Path:
    """The folder of the corpus that a source writes to.

    Raises:
        NoSourceError: it is the sample, which comes with the program and stays as it is.

    """
    root = corpus_root(source.corpus, settings)[0].resolve()
    if root.is_relative_to(paths.shipped("sample_content").resolve()):
        raise NoSourceError(
            f"The source “{source.name}” names the sample corpus, which is never written to. Name another."
        )
    return root


def _source(source: DeclaredSource) -> SyncSource:
    is_file = source.kind == SourceKind.OPML and "://" not in source.address
    return SyncSource(
        name=source.name,
        kind=SourceKind(source.kind),
        address=str(Path(source.address).expanduser()) if is_file else source.address,
        topics=source.topics,
        quality=source.quality,
        folder=source.folder,
        published=source.published,
    )
