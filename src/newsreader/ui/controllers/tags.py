"""Tags of stories: edited in a dialog, and counted for the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from newsreader.app.marking import Marker, count_stories
from newsreader.domain.tags import TagEdit, difference, joined_tags, parse_tags
from newsreader.ui.messages import MarksChanged, TagsCounted, TagsWanted, handles

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.app.undo import Change
    from newsreader.domain.story_page import StoryPage
    from newsreader.ui.controllers.changes import ChangesController
    from newsreader.ui.controllers.context import ScreenContext


COUNT_DELAY = 0.5
"""Seconds after which changed tags are counted."""


class TagsController:
    """Tags stories in the background."""

    def __init__(self, context: ScreenContext, marker: Marker, changes: ChangesController) -> None:
        self._context = context
        self._marker = marker
        self._changes = changes
        self._known: Sequence[str] = ()
        self._counting: Timer | None = None

    def read(self) -> None:
        """Count the records by tag, and those that are read."""
        self._context.client.count_marks(self._context.view)

    @handles(MarksChanged)
    def count_soon(self, _: MarksChanged) -> None:
        """Count again, once for many changes."""
        if self._counting is None:
            self._counting = self._context.screen.set_timer(COUNT_DELAY, self._count)

    def _count(self) -> None:
        self._counting = None
        self.read()

    @handles(TagsCounted)
    def note_known(self, message: TagsCounted) -> None:
        """Note which tags are in use."""
        self._known = list(message.tags)

    def edit(self, page: StoryPage) -> None:
        """Ask for the tags of a story."""
        self._ask(page.record.title, page.tags, lambda edit: partial(self._marker.tag, page, edit))

    def edit_all(self, ids: Sequence[int]) -> None:
        """Ask for the tags of several stories, beginning with those that all of them have."""
        self._changes.run(lambda: TagsWanted(ids, self._marker.common_tags(ids)), is_change=False)

    @handles(TagsWanted)
    def ask_for_all(self, message: TagsWanted) -> None:
        """Ask for the tags of several stories."""
        ids = message.ids
        subject = f"{count_stories(len(ids))}; tags that only some of them have stay."
        self._ask(subject, message.common, lambda edit: partial(self._marker.tag_all, ids, edit))

    def _ask(
        self, subject: str, tags: Sequence[str], change: Callable[[TagEdit], Callable[[], Change]]
    ) -> None:
        from newsreader.ui.dialogs.tags import TagsScreen

        text = joined_tags(tags)

        def accept(typed: str | None) -> None:
            if typed is not None:
                self._changes.run(change(difference(tags, parse_tags(typed))))

        self._context.push(TagsScreen(subject, f"{text} " if text else "", self._known), accept)
