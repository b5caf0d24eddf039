"""The ranked list: headlines in windows, of which only a few are held."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from newsreader.domain.headline import Headline
from newsreader.domain.listing import WINDOW, Listing
from newsreader.domain.marks import MarkSet
from newsreader.domain.query import Query
from newsreader.domain.setting_values import Density
from newsreader.render.headline_row import Line, RowLook, headline_lines, last_visit_line, placeholder_lines
from newsreader.ui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from newsreader.domain.story_roles import MembershipReason

_WINDOWS_HELD = 8


class HeadlineList(VirtualList):
    """Rows of two lines, or of one: title, and below it provider, age, coverage, AMP and strength."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "headline-list--amp",
        "headline-list--chosen",
        "headline-list--coverage",
        "headline-list--cursor",
        "headline-list--cursor-idle",
        "headline-list--detail",
        "headline-list--hint",
        "headline-list--jump",
        "headline-list--kind",
        "headline-list--marks",
        "headline-list--read",
        "headline-list--rule",
        "headline-list--signal",
        "headline-list--source",
        "headline-list--source-match",
        "headline-list--title",
        "headline-list--title-match",
        "headline-list--unread",
    }

    class WindowWanted(Message):
        """Visible rows are not loaded: those from `start` up to `end`."""

        def __init__(self, control: HeadlineList, start: int, end: int) -> None:
            super().__init__()
            self.list = control
            self.start = start
            self.end = end

        @property
        def control(self) -> HeadlineList:
            """The list that lacks the rows."""
            return self.list

    def __init__(
        self,
        clock: Callable[[], int],
        look: RowLook = RowLook(),  # noqa: B008
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._clock = clock
        self._look = look
        self.row_height = look.height
        self._query = Query()
        self._windows: OrderedDict[int, Sequence[Headline | None]] = OrderedDict()
        self._wanted: set[int] = set()
        self._members: Mapping[int, MembershipReason] = {}
        self._chosen: frozenset[int] = frozenset()
        self._origin: int | None = None

    def set_density(self, density: Density) -> None:
        """Show rows on more lines, or on fewer; the row under the cursor stays where it is if it can."""
        self._look = self._look._replace(density=density)
        self.row_height = self._look.height
        self.set_rows(self.count, self.cursor, line=self.cursor_line, rule=self._rows.rule)

    def choose(self, chosen: frozenset[int]) -> None:
        """Show which records are selected."""
        self._chosen = chosen
        self.repaint()

    def mark_origin(self, record_id: int | None) -> None:
        """Mark the story whose links led to the open one."""
        if record_id != self._origin:
            self._origin = record_id
            self.repaint()

    def show(
        self, listing: Listing, cursor: int, query: Query, *, keep_line: bool, line: int | None = None
    ) -> None:
        """Show a new list.

        Args:
            listing: The records, with some headlines from a multiple of `WINDOW` on.
            cursor: The row to put the cursor on.
            query: What has to be marked in headlines.
            keep_line: Let the row under the cursor stay where it is on the screen.
            line: The line of the screen, from the top of the list, on which that row is to begin.

        """
        self._windows.clear()
        self._wanted.clear()
        self._query = query
        self._members = listing.members
        self._hold(listing.headlines, listing.start)
        count = len(listing.ids) if listing.total is None else listing.total
        self.set_rows(count, cursor, keep_line=keep_line, line=line, rule=listing.seen_from)

    def rule_line(self, width: int) -> Line:
        """Where the last visit ended: only newer ones stand above."""
        return last_visit_line(width)

    def renew(self, headlines: Sequence[Headline | None], start: int) -> None:
        """Show the same list, whose records may have changed."""
        self._windows.clear()
        self._wanted.clear()
        self.supply(headlines, start)

    def supply(self, headlines: Sequence[Headline | None], start: int) -> None:
        """Show rows that were requested."""
        self._hold(headlines, start)
        self.repaint()

    def update_marks(self, marks: Mapping[int, MarkSet]) -> None:
        """Show other marks of the records that are held."""
        for window, headlines in self._windows.items():
            fresh = [
                headline
                if headline is None or marks.get(headline.record_id, headline.marks) == headline.marks
                else headline._replace(marks=marks[headline.record_id])
                for headline in headlines
            ]
            self._windows[window] = fresh
            for place, (before, after) in enumerate(zip(headlines, fresh, strict=True)):
                if after is not before:
                    self.repaint_row(window * WINDOW + place)

    @property
    def wanted(self) -> list[tuple[int, int]]:
        """The rows that were asked for and have not been supplied, as `held` has them."""
        ends = ((window + 1) * WINDOW for window in sorted(self._wanted))
        return [(end - WINDOW, min(end, self.count)) for end in ends]

    @property
    def held(self) -> list[tuple[int, int]]:
        """The rows that are held: from the first of each pair up to the second."""
        return [(window * WINDOW, window * WINDOW + len(rows)) for window, rows in self._windows.items()]

    def headline(self, index: int) -> Headline | None:
        """The headline of a row, if it is held."""
        window = self._windows.get(index // WINDOW)
        place = index % WINDOW
        return window[place] if window is not None and place < len(window) else None

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """The two lines of a headline; a row that is not held is asked for and shown as such."""
        headline = self.headline(index)
        if headline is not None:
            reason = self._members.get(index)
            words = "" if reason is None else reason.words
            chosen = headline.record_id in self._chosen
            now = self._clock()
            return headline_lines(
                headline,
                width,
                now,
                self._query,
                words,
                chosen=chosen,
                is_origin=headline.record_id == self._origin,
                look=self._look,
            )
        window = index // WINDOW
        if window not in self._windows and window not in self._wanted:
            self._ask_for_sight(index)
        return placeholder_lines(width, self._look)

    def _ask_for_sight(self, index: int) -> None:
        """Ask for all windows in sight that are not held: an older question is dropped for a newer one."""
        top, _ = self._rows.at(self.scroll_offset.y)
        bottom = min(self.count - 1, top + self.rows_per_page)
        sight = range(min(top, index) // WINDOW, max(bottom, index) // WINDOW + 1)
        missing = [window for window in sight if window not in self._windows]
        self._wanted = set(missing)
        end = min(self.count, (missing[-1] + 1) * WINDOW)
        self.post_message(self.WindowWanted(self, missing[0] * WINDOW, end))

    def _hold(self, headlines: Sequence[Headline | None], start: int) -> None:
        for offset in range(0, len(headlines), WINDOW):
            window = (start + offset) // WINDOW
            self._windows[window] = headlines[offset : offset + WINDOW]
            self._windows.move_to_end(window)
            self._wanted.discard(window)
        while len(self._windows) > _WINDOWS_HELD:
            self._windows.popitem(last=False)
