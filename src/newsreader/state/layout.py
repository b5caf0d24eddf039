"""The stored layout: widths of panes, and density of rows."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.domain.setting_values import Density

NARROWEST_TOPICS, WIDEST_TOPICS = 16, 60
"""Columns of the topics, at the least and at the most."""

LEAST_STORY, MOST_STORY = 20, 80
"""Per cent of the room of list and story that the story takes, at the least and at the most."""


class LayoutState(NamedTuple):
    """How the screen is divided.

    `topics` is in columns. `story` is the share of the story, in per cent of what list and story have
    together beside the topics; `story_of_two` is the same where the topics lie over the list. `density` is
    the last one that was chosen, None where none was.
    """

    topics: int = 28
    story: int = 45
    story_of_two: int = 45
    density: Density | None = None

    def bounded(self) -> LayoutState:
        """The same with nothing out of sight."""
        return self._replace(
            topics=min(max(self.topics, NARROWEST_TOPICS), WIDEST_TOPICS),
            story=min(max(self.story, LEAST_STORY), MOST_STORY),
            story_of_two=min(max(self.story_of_two, LEAST_STORY), MOST_STORY),
        )


def read_layout(path: Path) -> LayoutState:
    """The layout that was kept; the usual one where none was, or it makes no sense."""
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(10_000))
        density = None if kept["density"] is None else Density(kept["density"])
        return LayoutState(
            int(kept["topics"]), int(kept["story"]), int(kept["story_of_two"]), density
        ).bounded()
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return LayoutState()


def write_layout(path: Path, layout: LayoutState) -> None:
    """Keep a layout; where that is impossible, the next start has the old one."""
    fresh = path.with_suffix(".new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(layout._asdict()), encoding="utf-8")
        fresh.replace(path)
