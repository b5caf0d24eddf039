"""The layout of the screen: widths of panes, and the density of rows."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.domain.setting_values import Density

NARROWEST_TOPICS, WIDEST_TOPICS = 16, 60
"""Minimum and maximum width of the topics, in columns."""

LEAST_STORY, MOST_STORY = 20, 80
"""Minimum and maximum share of the story in the width of list and story, in percent."""


class LayoutState(NamedTuple):
    """The layout of the screen.

    `topics` is a width in columns. `story` is the share of the story in the width of list and story, in
    percent; `story_of_two` is the same while the topics overlay the list. `density` was chosen in the
    program; None if none was.
    """

    topics: int = 28
    story: int = 45
    story_of_two: int = 45
    density: Density | None = None

    def shown_density(self, setting: Density | None) -> Density:
        """Return the density of rows: a setting wins over what was chosen in the program."""
        return setting or self.density or Density.COMFORTABLE

    def bounded(self) -> LayoutState:
        """Return the layout with all values in their bounds."""
        return self._replace(
            topics=min(max(self.topics, NARROWEST_TOPICS), WIDEST_TOPICS),
            story=min(max(self.story, LEAST_STORY), MOST_STORY),
            story_of_two=min(max(self.story_of_two, LEAST_STORY), MOST_STORY),
        )


def read_layout(path: Path) -> LayoutState:
    """Read the stored layout; the default if there is none, or it is invalid."""
    try:
        with path.open("rb") as file:
            stored = json.loads(file.read(10_000))
        density = None if stored["density"] is None else Density(stored["density"])
        return LayoutState(
            int(stored["topics"]), int(stored["story"]), int(stored["story_of_two"]), density
        ).bounded()
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return LayoutState()


def write_layout(path: Path, layout: LayoutState) -> None:
    """Store a layout atomically, if possible."""
    temporary = path.with_suffix(".new")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(layout._asdict()), encoding="utf-8")
        temporary.replace(path)
