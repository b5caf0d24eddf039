"""How many records there are, for the sidebar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Counts(NamedTuple):
    """Numbers of records in all, and by topic, type and provider within one scope.

    `topics` has only folded names with a count above 0. `problems` counts single problems. `providers` has
    all of the corpus, those with most records first. `new` counts what came to the front page since the last
    visit, None where there was none.
    """

    front: int = 0
    everything: int = 0
    topics: Mapping[str, int] = {}
    types: Mapping[str, int] = {}
    problems: int = 0
    providers: Mapping[str, int] = {}
    new: int | None = None
