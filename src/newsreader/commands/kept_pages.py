"""The store of fetched pages, as the settings bound it."""

from __future__ import annotations

from newsreader import paths
from newsreader.config import Settings
from newsreader.library.pages.store import Pages

MEGABYTE = 1_000_000


def open_pages(settings: Settings) -> Pages:
    """The pages that are kept, for writing.

    Raises:
        PagesError: they cannot be opened.

    """
    return Pages(paths.pages_file(), most_bytes=settings.pages_megabytes * MEGABYTE)
