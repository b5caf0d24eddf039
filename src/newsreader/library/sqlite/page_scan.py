"""Read rows from the pages of a damaged database, without its schema.

See https://www.sqlite.org/fileformat2.html: database pages, record format and write-ahead log.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

Value = int | str | bytes | None

_INTERIOR_INDEX, _LEAF_INDEX, _LEAF_TABLE = 0x02, 0x0A, 0x0D
_HEADERS = {_INTERIOR_INDEX: 12, _LEAF_INDEX: 8, _LEAF_TABLE: 8}
"""The kinds of pages that hold rows, with the length of their headers."""

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The lengths of integers by serial type."""

_FILE_HEADER = 100
_LOG_HEADER = 32
_FRAME_HEADER = 24
_DEFAULT_SIZE = 4096

_MOST_COLUMNS = 32


class Row(NamedTuple):
    """A row; the rowid is None in a table without one."""

    rowid: int | None
    values: tuple[Value, ...]


class _InvalidCellError(Exception):
    """These bytes are no row."""


def scan(database: Path, log: Path) -> Iterator[Row]:
    """Yield every row that is found in a database and its write-ahead log, in no order.

    Bytes that are no row are skipped. Deleted rows may be found, too. Bytes that are not UTF-8 are replaced.
    """
    pages = _Pages(_read(database), _read(log))
    for number, page in pages.by_number.items():
        yield from _rows(pages, page, _FILE_HEADER if number == 1 else 0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


class _Pages:
    """The pages of a database as of the last commit in its log."""

    def __init__(self, database: bytes, log: bytes) -> None:
        self.size = _page_size(database, log)
        whole = range(0, len(database) - self.size + 1, self.size)
        self.by_number = {
            number: database[start : start + self.size] for number, start in enumerate(whole, 1)
        }
        uncommitted: dict[int, bytes] = {}
        for start in range(_LOG_HEADER, len(log) - self.size - _FRAME_HEADER + 1, self.size + _FRAME_HEADER):
            number, pages_after_commit, salts = struct.unpack_from(">II8s", log, start)
            if salts != log[16:24]:
                break  # of an earlier log
            first = start + _FRAME_HEADER
            uncommitted[number] = log[first : first + self.size]
            if pages_after_commit:
                self.by_number |= uncommitted
                uncommitted.clear()

    def overflow(self, number: int, length: int) -> bytes:
        """Return what continues in a chain of overflow pages."""
        content = b""
        while len(content) < length and (page := self.by_number.get(number)):
            content += page[4:]
            number = int.from_bytes(page[:4], "big")
        return content[:length]


def _page_size(database: bytes, log: bytes) -> int:
    for size in (int.from_bytes(log[8:12], "big"), int.from_bytes(database[16:18], "big")):
        if 512 <= size <= 65_536 and size & (size - 1) == 0:
            return size
    return _DEFAULT_SIZE


def _rows(pages: _Pages, page: bytes, start: int) -> Iterator[Row]:
    header = _HEADERS.get(page[start])
    if header is None:
        return
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    pointers = page[start + header : start + header + 2 * count]
    for (cell,) in struct.iter_unpack(">H", pointers[: len(pointers) // 2 * 2]):
        try:
            yield _row(pages, page, cell, page[start])
        except (_InvalidCellError, IndexError):
            continue


def _row(pages: _Pages, page: bytes, position: int, kind: int) -> Row:
    if kind == _INTERIOR_INDEX:
        position += 4  # the number of the left child
    length, position = _varint(page, position)
    rowid = None
    if kind == _LEAF_TABLE:
        rowid, position = _varint(page, position)
    if length > pages.size * len(pages.by_number):
        raise _InvalidCellError
    here = _local_length(pages.size, length, is_table=kind == _LEAF_TABLE)
    payload = page[position : position + here]
    if here < length:
        following = int.from_bytes(page[position + here : position + here + 4], "big")
        payload += pages.overflow(following, length - here)
    if len(payload) < length:
        raise _InvalidCellError
    return Row(rowid, tuple(_values(payload)))


def _local_length(size: int, length: int, *, is_table: bool) -> int:
    """Return how many bytes of a row are in its cell; the rest is on overflow pages."""
    most = size - 35 if is_table else (size - 12) * 64 // 255 - 23
    if length <= most:
        return length
    least = (size - 12) * 32 // 255 - 23
    fitting = least + (length - least) % (size - 4)
    return fitting if fitting <= most else least


def _values(payload: bytes) -> Iterator[Value]:
    """Decode a record: serial types, then values."""
    header, position = _varint(payload, 0)
    kinds: list[int] = []
    while position < header:
        kind, position = _varint(payload, position)
        kinds.append(kind)
        if len(kinds) > _MOST_COLUMNS:
            raise _InvalidCellError
    if position != header:
        raise _InvalidCellError
    for kind in kinds:
        length = _INTEGERS.get(kind, (kind - 12) // 2 if kind >= 12 else 0)
        content = payload[position : position + length]
        if len(content) < length or kind in (7, 10, 11):  # a float, which no mark has, or reserved
            raise _InvalidCellError
        position += length
        if kind in _INTEGERS:
            yield int.from_bytes(content, "big", signed=True)
        elif kind >= 12:
            yield content.decode("utf-8", "replace") if kind % 2 else content
        else:
            yield {8: 0, 9: 1}.get(kind)


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """Decode a variable-length integer; return it and the position after it."""
    value = 0
    for index in range(position, position + 8):
        value = value << 7 | data[index] & 0x7F
        if data[index] < 0x80:
            return value, index + 1
    value = value << 8 | data[position + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, position + 9
