"""Why there is no connection to a host."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.web.http.errors import Failure


class OfflineAtStartError(Exception):
    """No connection is made. The text goes after the name of the host.

    Attributes:
        kind: What a reader can do about it.
        is_offline: Whether the network itself cannot be reached, so that no other host will fare better.

    """

    def __init__(self, words: str, kind: Failure, *, is_offline: bool = False) -> None:
        super().__init__(words)
        self.kind = kind
        self.is_offline = is_offline


def private_address() -> OfflineAtStartError:
    """Say that an address is none of those that everybody can reach."""
    return OfflineAtStartError("the address is a private one, which pages may not lead to", Failure.UNSAFE)


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Give an error and those that it came from, the innermost last."""
    current: BaseException | None = error
    for _ in range(10):
        if current is None:
            return
        yield current
        if isinstance(current, BaseExceptionGroup):
            current = current.exceptions[0]
        else:
            current = current.__cause__ or current.__context__
