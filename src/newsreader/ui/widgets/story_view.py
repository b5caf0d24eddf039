"""The story pane: one story, its links and its related coverage, scrolled and walked by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.style import Style
from textual import events
from textual.content import Content
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from newsreader.domain.dates import DateForm
from newsreader.domain.record import Link
from newsreader.domain.story_page import StoryPage
from newsreader.keymap.actions import MOVE
from newsreader.render.cell_widths import reserve
from newsreader.render.cells import fit
from newsreader.render.find_in_lines import Hit, find, highlighted
from newsreader.render.headline_row import Line, Span
from newsreader.render.story_lines import StoryLayout, Target, layout_hint, text_width
from newsreader.ui.keys.bindings import bind
from newsreader.ui.style.painter import NO_STYLE, hyperlink
from newsreader.ui.texts import breadcrumb, way_back
from newsreader.ui.widgets.line_pane import RIGHT_BUTTON, LinePane
from newsreader.ui.widgets.text_selection import paint_selection, selected_text

_MARGIN = 1
"""Least cells to the left and right of the text."""

_BORDER_TEXT = 4
"""Cells of the border that its title does not reach."""


class Position(NamedTuple):
    """Where a reader is in a story: the first visible line and the target under the cursor, -1 for none."""

    scroll: int = 0
    target: int = -1


class StoryView(LinePane, inherit_bindings=False):
    """A story as text. `j` and `k` walk its links and related coverage, scrolling where none is in sight."""

    ALLOW_SELECT = True

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "story-view--body",
        "story-view--code",
        "story-view--cursor",
        "story-view--cursor-idle",
        "story-view--emphasis",
        "story-view--excerpt",
        "story-view--found",
        "story-view--found-here",
        "story-view--heading",
        "story-view--jump",
        "story-view--key",
        "story-view--label",
        "story-view--link",
        "story-view--marker",
        "story-view--marks",
        "story-view--meta",
        "story-view--note",
        "story-view--provider",
        "story-view--quote",
        "story-view--reference",
        "story-view--related",
        "story-view--selection",
        "story-view--strike",
        "story-view--strong",
        "story-view--title",
    }

    class Followed(Message):
        """A link, related coverage or an item of a collection was chosen."""

        def __init__(self, control: StoryView, target: Target) -> None:
            super().__init__()
            self.view = control
            self.target = target

        @property
        def control(self) -> StoryView:
            """The pane that shows the story."""
            return self.view

    class NothingChosen(Message):
        """`enter` was pressed while the cursor was on no link."""

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        hyperlinks: bool = False,
        dates: DateForm = DateForm.RELATIVE,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        bind(self, MOVE)
        self._hyperlinks = hyperlinks
        self._dates = dates
        self._clock = clock
        self._page: StoryPage | None = None
        self._snippet = ""
        self._hint = ""
        self._trail: Sequence[str] = ()
        self._layout = StoryLayout((), ())
        self._target = -1
        self._wanted = ""
        self._hits: list[Hit] = []
        self._hit = -1

    @property
    def page(self) -> StoryPage | None:
        """The story that is shown."""
        return self._page

    @property
    def is_at_end(self) -> bool:
        """Whether the last line of the story is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def position(self) -> Position:
        """The position of the reader."""
        return Position(self.scroll_offset.y, self._target)

    def show(self, page: StoryPage, position: Position = Position(), snippet: str = "") -> None:  # noqa: B008 - a frozen value
        """Show a story, at a place where the reader was before if there is one.

        `snippet` is the place of its body that the filter matches.
        """
        if self._page is None or page.record.path != self._page.record.path:
            self._wanted = ""
        self._page = page
        self._snippet = snippet
        self._target = position.target
        self._lay_out()
        self.scroll_to_line(position.scroll)

    def show_trail(self, titles: Sequence[str]) -> None:
        """Show the titles of the stories that led here, from the first on, in the border."""
        self._trail = titles
        self._name_trail()

    def _name_trail(self) -> None:
        width = max(1, self.size.width - _BORDER_TEXT)
        if self._trail and self._page is not None:
            titles = [*self._trail, self._page.record.title]
            self.border_title = Content(reserve(breadcrumb(titles, width)))
            self.border_subtitle = Content(reserve(fit(way_back(self._trail[-1]), width)))
        else:
            self.border_title, self.border_subtitle = Content("Story"), None

    @property
    def text_width(self) -> int:
        """Cells of a line of the story."""
        return self.scrollable_content_region.width - 2 * _MARGIN

    @property
    def left_margin(self) -> int:
        """Cells to the left of the text, which is centred in a wide pane."""
        spare = self.text_width - text_width(self.text_width)
        return _MARGIN + max(0, spare) // 2

    def reveal_text(self) -> None:
        """Scroll to where the text of the page begins, unless a good part of it is in sight."""
        line, top = self._layout.text[0], self.scroll_offset.y
        if line and not top <= line <= top + self.size.height // 2:
            self.scroll_to_line(line)

    @property
    def wanted(self) -> str:
        """The words that are looked for."""
        return self._wanted

    def find(self, words: str) -> int:
        """Mark every place where words stand, and go to the first at or below what is in sight.

        Returns:
            How many places there are.

        """
        self._wanted, self._hit = words.strip(), -1
        self._search()
        if self._hits:
            top = self.scroll_offset.y
            below = (number for number, hit in enumerate(self._hits) if hit[0].line >= top)
            self._hit = next(below, 0)
            self._show_hit()
        return len(self._hits)

    def go_to_hit(self, direction: int) -> tuple[int, int] | None:
        """Go to another place where the words stand, around the ends.

        Returns:
            Its number, from 1, and how many there are; None where there is none.

        """
        if not self._hits:
            return None
        self._hit = (self._hit + direction) % len(self._hits)
        self._show_hit()
        return self._hit + 1, len(self._hits)

    def show_hint(self, hint: str) -> None:
        """Show words in place of a story."""
        self._page, self._hint, self._target, self._wanted = None, hint, -1, ""
        self._lay_out()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._layout.lines):
            return self.painter.blank(width)
        spans, target = self._layout.lines[number]
        if self._hits:
            spans = highlighted(spans, self._marks_on(number))
        chosen = target >= 0 and target == self._target
        over = self.painter.cursor(focused=self.has_focus) if chosen else NO_STYLE
        meta = Style.from_meta({"target": target}) if target >= 0 else NO_STYLE
        link = self._hyperlink(target, spans)
        strip = self.painter.paint((Span(" " * self.left_margin, "blank"), *spans), width, over, meta, link)
        strip = self.painter.mark_cursor(strip, over) if chosen else strip
        is_first_line = target in self._jump_labels and self._layout.span_of(target)[0] == number
        if is_first_line:
            strip = self._with_jump_label(strip, target, max(0, self.left_margin - 2))
        if not self.mouse_hover and self.text_selection is None:
            return strip  # what the mouse needs to select text takes more to paint
        marked = self.painter.style_on("selection", NO_STYLE)
        return paint_selection(strip, number, self.text_selection, marked)

    def watch_mouse_hover(self) -> None:
        """Paint what the mouse needs to select text."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """Return the text that is selected with the mouse, and what ends it."""
        margin = " " * self.left_margin
        lines = [margin + "".join(span.text for span in line.spans) for line in self._layout.lines]
        return selected_text(lines, selection), "\n"

    def on_resize(self) -> None:
        """Wrap the story again, near the same place."""
        self._name_trail()
        share = self.scroll_offset.y / max(1, len(self._layout.lines))
        self._lay_out()
        if self._target < 0:
            self.scroll_to_line(round(share * len(self._layout.lines)))
        else:
            self._show_target()

    def on_click(self, event: events.Click) -> None:
        """A click on a link opens it; on related coverage it moves the cursor.

        A double click, or one with ctrl, follows. The right button opens a menu.
        """
        if event.button == RIGHT_BUTTON:
            self.post_message(self.MenuWanted(self))
            return
        target = event.style.meta.get("target", -1)
        if not 0 <= target < len(self._layout.targets):
            return
        self._point_at(target)
        is_link = hasattr(self._layout.targets[target], "url")
        if event.chain == 2 or event.ctrl or (is_link and event.chain == 1):
            self.action_activate()

    def jump_targets(self) -> Sequence[int]:
        """The links and related stories that begin in sight."""
        top = self.scroll_offset.y
        bottom = top + self.size.height
        return [
            target
            for target in range(len(self._layout.targets))
            if top <= self._layout.span_of(target)[0] < bottom
        ]

    def jump_to(self, target: int) -> None:
        """Put the cursor on a link or a related story."""
        if target < len(self._layout.targets):
            self._point_at(target)

    def place_cursor(self, share: float) -> None:
        """Scroll so that what is under the cursor has this share of the pane above it, if it can."""
        if self._target >= 0:
            first, last = self._layout.span_of(self._target)
            self.scroll_to_line(first - round(share * max(0, self.size.height - (last - first))))

    def action_first(self) -> None:
        """To the top of the story."""
        self._point_at(-1)
        self.scroll_to_line(0)

    def action_last(self) -> None:
        """To the end of the story and its last link."""
        self._point_at(len(self._layout.targets) - 1)
        self.scroll_to_line(len(self._layout.lines))

    def action_activate(self) -> None:
        """Follow what is under the cursor."""
        if 0 <= self._target < len(self._layout.targets):
            self.post_message(self.Followed(self, self._layout.targets[self._target]))
        else:
            self.post_message(self.NothingChosen())

    def _lay_out(self) -> None:
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()
        width = self.text_width
        if self._page is None:
            self._layout = layout_hint(self._hint, width)
        else:
            from newsreader.render.page_text import offered_text  # not before the first story
            from newsreader.render.story import layout_story

            offer = offered_text()
            self._layout = layout_story(
                self._page, width, self._clock(), self._dates, offer=offer, snippet=self._snippet
            )
        if self._target >= len(self._layout.targets):
            self._target = -1
        self._search()
        self.fit_content(len(self._layout.lines))
        self.refresh()

    def _hyperlink(self, target: int, spans: Line) -> Style:
        """What makes the words of a link on a line a link for the terminal, too."""
        shown = self._layout.targets[target] if self._hyperlinks and target >= 0 else None
        # Of several links on one line it is only known which comes first.
        is_alone = sum(span.role == "link" for span in spans) == 1
        return hyperlink(shown.url) if isinstance(shown, Link) and is_alone else NO_STYLE

    def _search(self) -> None:
        self._hits = find([line.spans for line in self._layout.lines], self._wanted) if self._wanted else []
        self._hit = min(self._hit, len(self._hits) - 1)
        self.refresh()

    def _marks_on(self, line: int) -> dict[tuple[int, int], str]:
        """Return the roles of the matches on a line."""
        return {
            (piece.start, piece.end): "found-here" if number == self._hit else "found"
            for number, hit in enumerate(self._hits)
            for piece in hit
            if piece.line == line
        }

    def _show_hit(self) -> None:
        line, height = self._hits[self._hit][0].line, self.size.height
        if not self.scroll_offset.y <= line < self.scroll_offset.y + height:
            self.scroll_to_line(line - height // 3)
        self.refresh()

    def _step(self, direction: int) -> None:
        """Move the cursor to the neighbouring target if that is in sight, else scroll by a line."""
        top = self.scroll_offset.y
        bottom = top + self.size.height
        candidate = self._neighbour(direction, top, bottom)
        if candidate is not None:
            first, last = self._layout.span_of(candidate)
            if top - 2 <= first and last <= bottom + 2:
                self._point_at(candidate)
                self._show_target()
                return
        self._leap(direction)

    def _neighbour(self, direction: int, top: int, bottom: int) -> int | None:
        """The next target in a direction; from nowhere, the first or last one in sight."""
        count = len(self._layout.targets)
        if self._target >= 0:
            first, last = self._layout.span_of(self._target)
            if top <= first and last <= bottom:
                following = self._target + direction
                return following if 0 <= following < count else None
        visible = [line.target for line in self._layout.lines[top:bottom] if line.target >= 0]
        if not visible:
            return None
        return visible[0] if direction > 0 else visible[-1]

    def _point_at(self, target: int) -> None:
        self._target = target
        self.refresh()

    def _show_target(self) -> None:
        first, last = self._layout.span_of(self._target)
        top, height = self.scroll_offset.y, self.size.height
        if first < top:
            self.scroll_to_line(first)
        elif last > top + height:
            self.scroll_to_line(last - height)
