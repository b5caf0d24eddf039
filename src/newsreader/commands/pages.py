"""`newsreader pages`: what is kept of fetched pages and pictures, and throwing it away."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing
from time import time
from typing import NamedTuple

from newsreader.app.page_texts import MEGABYTE, PageTexts
from newsreader.commands.support.arguments import CommandParser, parse_arguments, seconds
from newsreader.domain.dates import Moment, iso
from newsreader.domain.sanitize import clean_line
from newsreader.library.pages.store import PagesSize, PageStore
from newsreader.settings import paths
from newsreader.settings.model import Settings, load_settings
from newsreader.web.fetch.picture_cache import PictureCache


def open_pages(settings: Settings) -> PageStore:
    """Open the database of pages for writing.

    Raises:
        PagesError: it cannot be opened.

    """
    return PageTexts(paths.pages_file(), settings.pages_megabytes).open()


def parser() -> ArgumentParser:
    """The command line."""
    command = CommandParser(
        "pages",
        "Tell what is kept of fetched pages: how many, how much room they take, where, and since when; and "
        "the same of pictures. --purge throws it away, together with what is known of links. All of it can "
        "be fetched again; records and marks are not touched.",
        (
            ("pages", "how much there is"),
            ("pages --purge --older 30d", "throw away what was fetched more than thirty days ago"),
            ('du -h "$(newsreader pages --where)"', "the file itself"),
        ),
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument("--purge", action="store_true", help="throw it away")
    what.add_argument("--where", action="store_true", help="print the path of the file, made or not")
    command.add_argument(
        "--older",
        type=seconds,
        metavar="AGE",
        help="with --purge, only what was fetched longer ago than this, such as 12h or 30d",
    )
    command.add_argument("--json", action="store_true", help="as one JSON object")
    return command


def run(arguments: Sequence[str]) -> int:
    """Print the statistics, or purge."""
    command = parser()
    options = parse_arguments(command, arguments)
    if options.older is not None and not options.purge:
        command.error("--older says what --purge throws away; it needs --purge")
    if options.where:
        print(paths.pages_file())
        return 0
    settings, complaints, _ = load_settings(paths.config_file())
    for complaint in complaints:
        print(f"newsreader: {complaint}", file=sys.stderr)
    if options.purge:
        _write(_purged(settings, options.older), options)
    else:
        _write(_kept(settings), options)
    return 0


class _Summary(NamedTuple):
    """A line: its name, its value in JSON, and its text for people."""

    name: str
    value: object
    words: str


def _kept(settings: Settings) -> Iterator[_Summary]:
    """Return the statistics. Creates no file."""
    size, oldest = PagesSize(0, 0), None
    if paths.pages_file().exists():
        with closing(open_pages(settings)) as pages:
            size, oldest = pages.size(), pages.oldest()
    most = settings.pages_megabytes * MEGABYTE
    since = None if oldest is None else iso(Moment(oldest, day_only=False))
    yield _Summary("pages", size.pages, f"{size.pages:,}")
    yield _Summary("bytes", size.bytes, f"{_room(size.bytes)} of at most {_room(most)}")
    yield _Summary("most", most, "")
    yield _Summary("oldest", since, since or "none")
    yield _Summary("where", str(paths.pages_file()), clean_line(str(paths.pages_file())))
    folder = paths.pictures_dir()
    pictures = PictureCache(folder).size()
    yield _Summary("pictures", pictures.pictures, f"{pictures.pictures:,}, {_room(pictures.bytes)}")
    yield _Summary("pictureBytes", pictures.bytes, "")
    yield _Summary("picturesWhere", str(folder), "")


def _purged(settings: Settings, older: int | None) -> Iterator[_Summary]:
    """Purge, and return what was removed."""
    before = None if older is None else int(time()) - older
    size = PagesSize(0, 0)
    if paths.pages_file().exists():
        with closing(open_pages(settings)) as kept:
            size = kept.purge(before)
    pictures = PictureCache(paths.pictures_dir()).purge(before)
    yield _Summary("pages", size.pages, f"{size.pages:,} thrown away")
    yield _Summary("pictures", pictures.pictures, f"{pictures.pictures:,} thrown away")
    freed = size.bytes + pictures.bytes
    yield _Summary("bytes", freed, f"{_room(freed)} freed")


def _write(lines: Iterator[_Summary], options: Namespace) -> None:
    if options.json:
        from newsreader.commands.output.formats.json_output import write_value

        write_value({name: value for name, value, _ in lines}, sys.stdout)
    else:
        sys.stdout.writelines(f"{name:<10}{words}\n" for name, _, words in lines if words)


def _room(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB" if size >= MEGABYTE else f"{round(size / 1000)} kB"
