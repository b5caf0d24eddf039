"""What the file of a record says, as the index keeps it."""

from __future__ import annotations

import json
import zlib

from newsreader.corpus.document import Document

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def pack(document: Document) -> bytes:
    """The keys and values of a document with its body: compressed JSON of `[values, body]`."""
    return zlib.compress(_encode((document.values, document.body)).encode(), 1)


def unpack_document(data: bytes) -> Document:
    """The keys, values and body that `pack` stored."""
    values, body = json.loads(zlib.decompress(data))
    return Document(values, body)
