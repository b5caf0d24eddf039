"""The base class of the program's errors."""

from __future__ import annotations

from newsreader.domain.sanitize import clean_block


class NewsreaderError(Exception):
    """An error to show to the user; its message says what happened, where, and what to do.

    It may quote names, arguments and files, so it is sanitized.
    """

    def __init__(self, message: object = "") -> None:
        super().__init__(clean_block(str(message)))
