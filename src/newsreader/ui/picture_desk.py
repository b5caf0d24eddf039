"""The picture of the story in the pane: when it is fetched, and where it is shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.config import Pictures, Settings
from newsreader.domain.pictures import Picture, picture_of
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import StoryPage
from newsreader.domain.text import clean_line
from newsreader.domain.urls import host_of
from newsreader.keymap.live import key_of
from newsreader.layout.cells import steady
from newsreader.layout.glyphs import is_plain
from newsreader.layout.picture_fit import Cell, Room
from newsreader.ui import fetch_wording
from newsreader.ui.fetch_desk import FetchDesk
from newsreader.ui.messages import PictureDrawn
from newsreader.ui.terminal_pictures import Way, cell_size, way_of
from newsreader.ui.widgets.picture_view import FRAME, PictureView, StoryArea
from newsreader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

    from newsreader.ui.picture_drawing import Drawing, Shown
    from newsreader.web.wire import Answer, Failed

REST = 0.5
"""Seconds that a story has to stay in the pane before its picture comes by itself."""

LEAST = Room(8, 4)
"""Columns and rows below which nobody could tell what is on a picture."""

_MOST_WIDE, _MOST_HIGH = 1_600, 1_200
"""Pixels that a terminal gets at most."""


class PictureDesk:
    """Brings the picture of a story, on request or by itself, and takes it away with the story.

    Args:
        screen: Runs the workers and receives `PictureDrawn`.
        view: Shows the picture.
        area: Holds the view and the story.
        fetches: Asks for the pictures.
        settings: Whether pictures come by themselves, and whether the screen is plain.
        status: Shows how far it is, and what came of it.
        open_link: Hands a link to the browser.

    """

    def __init__(
        self,
        screen: Screen[None],
        view: PictureView,
        area: StoryArea,
        fetches: FetchDesk,
        settings: Settings,
        *,
        status: StatusLine,
        open_link: Callable[[Link], None],
    ) -> None:
        self._screen = screen
        self._view = view
        self._area = area
        self._fetches = fetches
        self._settings = settings
        self._status = status
        self._tell = status.say
        self._stage = ""
        self._open_link = open_link
        self._path: str | None = None
        self._picture: Picture | None = None
        self._asked: int | None = None
        self._is_wanted = False  # by a key, so that the reader waits for it
        self._is_unwanted = False  # the reader put it away, or it failed: it does not come by itself again
        self._shown: Shown | None = None
        self._drawing: Drawing | None = None
        self._draws: object = None
        self._resting: Timer | None = None

    def follow(self, page: StoryPage | None) -> None:
        """The pane shows a story, or none: what belongs to another one goes at once."""
        path = page.record.path if page is not None else None
        picture = picture_of(page.record) if page is not None else None
        if (path, picture) == (self._path, self._picture):
            return
        self._give_up()
        self._clear()
        self._path, self._picture, self._shown = path, picture, None
        self._is_unwanted = False
        self._rest()

    def toggle(self, page: StoryPage) -> None:
        """Show the picture of the story, or put it away."""
        self.follow(page)
        if self._view.is_shown:
            self._is_unwanted = True
            self._clear()
        elif self._is_wanted and (self._asked is not None or self._draws is not None):
            self._tell(fetch_wording.under_way("This picture is being read"))
        elif self._picture is None:
            self._tell("There is no picture in this story.")
        elif self._way() is None:
            self._offer_browser(self._picture)
        elif not _is_installed():
            from newsreader.web.errors import NO_IMAGES

            self._tell(NO_IMAGES)
        else:
            self._is_unwanted = False
            self._bring(self._picture, is_wanted=True)

    def cancel(self) -> bool:
        """Stop what is under way; tells whether the reader had asked for it."""
        was_wanted = self._is_wanted and self._asked is not None
        if was_wanted:
            self._tell("Stopped; the picture was not fetched.")
        self._is_unwanted = self._is_unwanted or self._asked is not None
        self._give_up()
        return was_wanted

    def fit(self) -> None:
        """The area has another size, or came into sight."""
        if self._shown is not None and not self._is_unwanted:
            self._draw()  # also one that had no room before
        else:
            self._rest()

    def _take(self, answer: Answer) -> None:
        """The network answered: the last request, since those before it were given up."""
        from newsreader.ui.picture_drawing import Shown
        from newsreader.web.wire import Failed, PictureFetched, Stage

        if isinstance(answer, Stage):
            self._show_stage(answer.words)
            return
        self._asked = None
        self._show_stage("")
        if isinstance(answer, PictureFetched):
            self._shown = Shown(answer.png, answer.width, answer.height)
            self._draw()
        elif isinstance(answer, Failed):
            self._fail(_in_words(answer))

    def take_drawing(self, answer: PictureDrawn) -> None:
        """A picture was drawn."""
        if answer.token is not self._draws:
            self._forget(answer.drawing)
            return
        self._draws = None
        if answer.drawing is None:
            self._fail(answer.failure)
            return
        self._forget(self._drawing)
        self._drawing = answer.drawing
        self._send(answer.drawing.before)
        caption = steady(self._picture.caption) if self._picture is not None else ""
        self._view.show(answer.drawing.lines, caption)
        self._is_wanted = False

    def stop(self) -> None:
        """Leave nothing in the terminal."""
        self._give_up()
        self._forget(self._drawing)
        self._drawing = None

    def _rest(self) -> None:
        """Let the picture come by itself in a while, where that is wanted."""
        if self._resting is not None:
            self._resting.stop()
        comes = self._settings.pictures is Pictures.ALWAYS and self._picture is not None
        if comes and not self._is_unwanted and self._asked is None and self._draws is None:
            self._resting = self._screen.set_timer(REST, self._come)

    def _come(self) -> None:
        if self._picture is not None and self._area.display and self._way() is not None and _is_installed():
            self._bring(self._picture, is_wanted=False)

    def _bring(self, picture: Picture, *, is_wanted: bool) -> None:
        room = self._room()
        if room is None:
            if is_wanted:
                self._tell(f"There is no room for a picture here; {key_of('open_original')} opens the page.")
            return
        self._is_wanted = is_wanted
        if self._shown is not None:
            self._draw()
            return
        if self._asked is None:
            self._asked = self._fetches.fetch_picture(picture.url, *self._box(room), self._take)
        if is_wanted:
            self._status.fall_silent()
        self._show_stage(f"reading the picture from {host_of(picture.url)}")

    def _draw(self) -> None:
        """Draw the picture that was fetched, in a thread, as large as there is room for it now."""
        room, way, shown = self._room(), self._way(), self._shown
        if room is None or way is None or shown is None:
            self._clear()
            return
        token = self._draws = object()
        cell = cell_size()

        def work() -> None:
            try:
                from newsreader.ui.picture_drawing import draw

                message = PictureDrawn(token, draw(shown, way, room, cell))
            except Exception as error:  # noqa: BLE001 - the reader waits for an answer
                message = PictureDrawn(
                    token, None, clean_line(f"The picture cannot be drawn ({error}).", 300)
                )
            self._screen.post_message(message)

        self._screen.run_worker(work, thread=True, group="picture", exit_on_error=False)

    def _fail(self, words: str) -> None:
        self._is_wanted, self._is_unwanted = False, True
        self._tell(words)

    def _show_stage(self, words: str) -> None:
        """Show how far it is, if the reader waits for it; what is said of other requests stays."""
        said = fetch_wording.under_way(words) if words and self._is_wanted else ""
        if said or self._status.fetching == self._stage:
            self._status.fetching = said
        self._stage = said

    def _offer_browser(self, picture: Picture) -> None:
        from newsreader.ui.screens.chooser import Choice, ChooserScreen

        choices = [Choice("Open it in the browser", picture.url), Choice("Leave it", "")]
        why = "A picture cannot be drawn with the colours and signs of this terminal."
        link = Link(LinkKind.WEB, picture.url, "picture")
        self._screen.app.push_screen(
            ChooserScreen("Picture", choices, about=why),
            lambda index: self._open_link(link) if index == 0 else None,
        )

    def _give_up(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        if self._asked is not None:
            self._fetches.cancel(self._asked)
        self._asked, self._draws, self._is_wanted = None, None, False
        self._show_stage("")

    def _clear(self) -> None:
        self._draws = None
        self._view.clear()
        self._forget(self._drawing)
        self._drawing = None

    def _forget(self, drawing: Drawing | None) -> None:
        if drawing is not None:
            self._send(drawing.after)

    def _send(self, commands: str) -> None:
        # Through Textual's own writer: what others write to the terminal would land amidst its sequences.
        driver = self._screen.app._driver
        if commands and driver is not None:
            driver.write(commands)

    def _way(self) -> Way | None:
        plain = is_plain(self._settings.glyphs, os.environ)
        return way_of(os.environ, self._screen.app.console.color_system, is_plain=plain)

    def _room(self) -> Room | None:
        """What there is for a picture: half of the area, None where that is too little."""
        # An area that just came into sight has no size yet.
        size = self._area.size if self._area.size.height else self._screen.app.size
        room = Room(size.width - FRAME, size.height // 2 - FRAME)
        return room if room.columns >= LEAST.columns and room.rows >= LEAST.rows else None

    def _box(self, room: Room) -> tuple[int, int]:
        """The pixels that are of use, for half blocks also in a pane that becomes wider."""
        if self._way() is Way.KITTY:
            cell = cell_size()
            return min(room.columns * cell.width, _MOST_WIDE), min(room.rows * cell.height, _MOST_HIGH)
        screen, cell = self._screen.app.size, Cell(1, 2)
        return max(1, screen.width * cell.width), max(1, screen.height * cell.height)


def _is_installed() -> bool:
    """Whether there is what decodes and draws pictures, without importing it."""
    from importlib.util import find_spec

    return find_spec("textual_image") is not None and find_spec("PIL") is not None


def _in_words(failure: Failed) -> str:
    """What went wrong, and the next step."""
    from newsreader.web.errors import NO_IMAGES, Failure

    if failure.words == NO_IMAGES:
        return NO_IMAGES
    if failure.kind is Failure.UNSAFE and "private" in failure.words:
        step = "private_addresses in the settings allows it"
    elif failure.kind in (Failure.BUSY, Failure.BROKEN, Failure.UNREACHABLE):
        step = f"{key_of('picture')} tries again"
    else:
        step = f"{key_of('open_original')} opens the page"
    return f"{failure.words}; {step}."
