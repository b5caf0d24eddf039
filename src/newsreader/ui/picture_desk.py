"""The picture of the story in the pane: when it is fetched, and where it is shown."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from newsreader.config import Pictures, Settings
from newsreader.domain.pictures import Picture, picture_of
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import host_of
from newsreader.keymap.live import key_of
from newsreader.layout.cells import steady
from newsreader.layout.glyphs import is_plain
from newsreader.layout.picture_fit import Cell, Room
from newsreader.ui.messages import PictureDrawn
from newsreader.ui.picture_drawing import Drawing, Shown, draw, is_installed
from newsreader.ui.terminal_pictures import Way, cell_size, way_of
from newsreader.ui.widgets.picture_view import FRAME, PictureView, StoryArea
from newsreader.web.errors import NO_IMAGES
from newsreader.web.wire import PICTURE, Answer, Failed, PictureFetched, Stage

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

REST = 0.5
"""Seconds that a story has to stay in the pane before its picture comes by itself."""

LEAST = Room(8, 4)
"""Columns and rows below which nobody could tell what is on a picture."""

_MOST_WIDE, _MOST_HIGH = 1_600, 1_200
"""Pixels that a terminal gets at most."""


class Asking(Protocol):
    """What asks the network: `Fetcher`, or what stands in for it."""

    def ask(self, do: str, **what: object) -> int:
        """Ask for something; gives the number that the answers carry."""

    def cancel(self, number: int) -> None:
        """Give a request up."""


class PictureDesk:
    """Brings the picture of a story, on request or by itself, and takes it away with the story.

    Args:
        screen: Runs the workers and receives `PictureDrawn`.
        view: Shows the picture.
        area: Holds the view and the story.
        fetcher: Asks the network; the answers come to `take`.
        settings: Whether pictures come by themselves, and whether the screen is plain.
        tell: Says something on the status line.
        open_link: Hands a link to the browser.

    """

    def __init__(
        self,
        screen: Screen[None],
        view: PictureView,
        area: StoryArea,
        fetcher: Asking,
        settings: Settings,
        *,
        tell: Callable[[str], None],
        open_link: Callable[[Link], None],
    ) -> None:
        self._screen = screen
        self._view = view
        self._area = area
        self._fetcher = fetcher
        self._settings = settings
        self._tell = tell
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
            self._tell(f"The picture is on its way; {key_of('step_back')} gives it up.")
        elif self._picture is None:
            self._tell("There is no picture in this story.")
        elif self._way() is None:
            self._offer_browser(self._picture)
        elif not is_installed():
            self._tell(NO_IMAGES)
        else:
            self._is_unwanted = False
            self._bring(self._picture, is_wanted=True)

    def cancel(self) -> bool:
        """Stop what is under way; tells whether the reader had asked for it."""
        was_wanted = self._is_wanted and self._asked is not None
        if was_wanted:
            self._tell("The picture was given up.")
        self._is_unwanted = self._is_unwanted or self._asked is not None
        self._give_up()
        return was_wanted

    def fit(self) -> None:
        """The area has another size, or came into sight."""
        if self._view.is_shown:
            self._draw()
        else:
            self._rest()

    def take(self, answer: Answer) -> None:
        """The network answered."""
        if answer.id != self._asked:
            return
        if isinstance(answer, Stage):
            if self._is_wanted:
                self._tell(f"{answer.words} {key_of('step_back')} gives it up.")
            return
        self._asked = None
        if isinstance(answer, PictureFetched):
            self._shown = Shown(answer.png, answer.width, answer.height)
            self._draw()
        elif isinstance(answer, Failed):
            self._fail(answer.words)

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
        if self._is_wanted:
            self._is_wanted = False
            self._tell("")

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
        if self._picture is not None and self._area.display and self._way() is not None and is_installed():
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
        if self._asked is not None:
            self._fetcher.cancel(self._asked)
        if is_wanted:
            self._tell(
                f"Reading the picture from {host_of(picture.url)} … {key_of('step_back')} gives it up."
            )
        width, height = self._box(room)
        self._asked = self._fetcher.ask(PICTURE, url=picture.url, width=width, height=height)

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
                message = PictureDrawn(token, draw(shown, way, room, cell))
            except (OSError, ValueError) as error:
                message = PictureDrawn(token, None, f"the picture could not be drawn ({error})")
            self._screen.post_message(message)

        self._screen.run_worker(work, thread=True, group="picture", exit_on_error=False)

    def _fail(self, words: str) -> None:
        self._is_wanted = False
        self._is_unwanted = True
        said = words[:1].upper() + words[1:].rstrip(".")
        self._tell(f"{said}; {key_of('open_original')} opens the page." if words != NO_IMAGES else words)

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
            self._fetcher.cancel(self._asked)
        self._asked, self._draws, self._is_wanted = None, None, False

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
