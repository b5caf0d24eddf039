"""One file of the corpus -> what it holds: a record, a topic, nothing of interest, or defects."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.document import Document
from newsreader.corpus.fields import build_record
from newsreader.corpus.formats.reading import read_document
from newsreader.corpus.mapping.detection import detect
from newsreader.corpus.mapping.paths import facts_of
from newsreader.corpus.mapping.translate import has_aliases, is_native, translate
from newsreader.corpus.scan import MARKDOWN_SUFFIXES, display_path
from newsreader.corpus.topics import is_topic_path, read_topic
from newsreader.domain.checks.problem import Defect
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.record import Record
from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import Topic

SIZE_LIMIT = 16 * 1024 * 1024
"""Largest file that is read, in bytes; the largest real record has 77 kB."""


_NO_OPTIONS = CorpusOptions()


class ReadFile(NamedTuple):
    """What one file holds. `document` is what `record` was built from."""

    record: Record | None = None
    document: Document | None = None
    topic: Topic | None = None
    defects: tuple[Defect, ...] = ()


def read_file(
    root: Path, path: bytes, options: CorpusOptions = _NO_OPTIONS, *, brief: bool = False
) -> ReadFile:
    """Read one file of the corpus. Whatever is wrong with it becomes a defect.

    Args:
        root: Of the corpus.
        path: Relative to it.
        options: What the settings say about the corpus.
        brief: Whether what identifies each related entry of the record is enough.

    """
    shown = clean_line(display_path(path))
    try:
        data = read_bytes(root, path)
    except OSError as error:
        return ReadFile(defects=(Defect(0, f"cannot be read: {error.strerror or error}", "unreadable"),))
    if len(data) > SIZE_LIMIT:
        reason = f"larger than {SIZE_LIMIT // 2**20} MB; it is left out"
        return ReadFile(defects=(Defect(0, reason, "too-large"),))
    if is_topic_path(shown):
        topic, defects = read_topic(data, shown)
        return ReadFile(topic=topic, defects=defects)
    document = read_document(data) or _read_bare(root, data, shown, options)
    if document is None or document.values.get("taxonomy") in ("organization", "topic"):
        return ReadFile(defects=document.defects if document else ())
    if not is_native(document) or has_aliases(document):
        site = detect(root, options).of(shown)
        if site.is_template(shown):
            return ReadFile()
        document = translate(root, document, shown, site, options)
    record, misfits = build_record(document, shown, brief=brief)
    return ReadFile(record=record, document=document, defects=document.defects + misfits)


def _read_bare(root: Path, data: bytes, path: str, options: CorpusOptions) -> Document | None:
    """A Markdown file without metadata, where the settings want such or its name or folder is a day."""
    if not path.lower().endswith(MARKDOWN_SUFFIXES):
        return None
    if options.bare or (facts_of(path).is_dated and not detect(root, options).of(path).preset.skips_bare):
        return read_document(data, bare=True)
    return None


def read_bytes(root: Path, path: bytes) -> bytes:
    """The bytes of a regular file of the corpus, one more than the limit at most.

    Opening without blocking keeps a named pipe, put there after the scan, from hanging the reader.

    Raises:
        OSError: it cannot be read.

    """
    whole = os.path.join(os.fsencode(root), path)  # noqa: PTH118 - the name may not be text
    descriptor = os.open(whole, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(None, "not a regular file")
        # Asking for the limit at once would have memory for all of it made ready, file after file.
        data = os.read(descriptor, min(status.st_size, SIZE_LIMIT) + 1)
        if len(data) != status.st_size:  # it has changed since, or the system reads in parts
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data += file.read(SIZE_LIMIT + 1 - len(data))
        return data
    finally:
        os.close(descriptor)
