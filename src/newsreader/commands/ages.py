"""Ages as arguments, such as `7d`."""

from __future__ import annotations

from argparse import ArgumentTypeError

from newsreader.domain.query.when import is_age, period


def seconds(text: str) -> int:
    """The length of an age in seconds.

    Raises:
        ArgumentTypeError: it is none.

    """
    counted_back = period(text, 0) if is_age(text) else None
    if counted_back is None or counted_back.start is None:
        raise ArgumentTypeError(f"an age is needed, such as 12h, 7d or 2w, not “{text}”")
    return -counted_back.start
