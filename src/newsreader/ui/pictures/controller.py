"""The picture of the story in the pane: when it is fetched, and where it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.domain.pictures import Picture, picture_of
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.setting_values import Pictures
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import host_of
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.messages import PictureDrawn, handles
from newsreader.ui.pictures.canvas import PictureCanvas
from newsreader.ui.workers.fetch_client import FetchClient, under_way

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.pictures.rasterize import Shown
    from newsreader.web.fetch.protocol import Answer, Failed

REST = 0.5
"""Seconds that a story has to stay in the pane before its picture is loaded automatically."""


class PictureController:
    """Loads the picture of a story, by a key or automatically, and removes it with the story."""

    def __init__(
        self,
        context: ScreenContext,
        canvas: PictureCanvas,
        fetch_client: FetchClient,
        open_link: Callable[[Link], None],
    ) -> None:
        self._context = context
        self._canvas = canvas
        self._fetch_client = fetch_client
        self._is_automatic = context.settings.pictures is Pictures.ALWAYS
        self._stage = ""
        self._open_link = open_link
        self._path: str | None = None
        self._picture: Picture | None = None
        self._request: int | None = None
        self._is_wanted = False  # by a key: the reader waits for it
        self._is_unwanted = False  # it was closed or failed: it is not loaded automatically again
        self._shown: Shown | None = None
        self._resting: Timer | None = None

    def follow(self, page: StoryPage | None) -> None:
        """The pane shows a story, or none: what belongs to another one goes at once."""
        path = page.record.path if page is not None else None
        picture = picture_of(page.record) if page is not None else None
        if (path, picture) == (self._path, self._picture):
            return
        self._cancel_request()
        self._canvas.clear()
        self._path, self._picture, self._shown = path, picture, None
        self._is_unwanted = False
        self._rest()

    def toggle(self, page: StoryPage) -> None:
        """Toggle the picture of the story."""
        self.follow(page)
        if self._canvas.is_shown:
            self._is_unwanted = True
            self._canvas.clear()
        elif self._is_wanted and (self._request is not None or self._canvas.is_drawing):
            self._context.tell(under_way("This picture is being read"))
        elif self._picture is None:
            self._context.tell("There is no picture in this story.")
        elif self._canvas.protocol is None:
            self._offer_browser(self._picture)
        elif not _is_installed():
            from newsreader.web.http.errors import NO_IMAGES

            self._context.tell(NO_IMAGES)
        else:
            self._is_unwanted = False
            self._load(self._picture, is_wanted=True)

    def cancel(self) -> bool:
        """Cancel the request; return whether a key had asked for it."""
        was_wanted = self._is_wanted and self._request is not None
        if was_wanted:
            self._context.tell("Stopped; the picture was not fetched.")
        self._is_unwanted = self._is_unwanted or self._request is not None
        self._cancel_request()
        return was_wanted

    def fit(self) -> None:
        """Fit the picture to the area, which was resized or shown."""
        if self._shown is not None and not self._is_unwanted:
            self._draw()  # also one that had no room before
        else:
            self._rest()

    def _handle_answer(self, answer: Answer) -> None:
        """Handle the answer to the latest request; earlier ones were cancelled."""
        from newsreader.ui.pictures.rasterize import Shown
        from newsreader.web.fetch.protocol import Failed, PictureFetched, Stage

        if isinstance(answer, Stage):
            self._show_stage(answer.words)
            return
        self._request = None
        self._show_stage("")
        if isinstance(answer, PictureFetched):
            self._shown = Shown(answer.png, answer.width, answer.height)
            self._draw()
        elif isinstance(answer, Failed):
            self._fail(_in_words(answer))

    def _draw(self) -> None:
        if self._shown is not None and self._picture is not None:
            self._canvas.draw(self._shown, self._picture.caption)

    @handles(PictureDrawn)
    def show_drawing(self, answer: PictureDrawn) -> None:
        """Show a picture that was drawn, or report why not."""
        if self._canvas.receive(answer):
            self._is_wanted = False
            if answer.drawing is None:
                self._fail(answer.failure)

    def stop(self) -> None:
        """Cancel the request and clear the picture."""
        self._cancel_request()
        self._canvas.clear()

    def _rest(self) -> None:
        """Load the picture after a rest, if the settings say so."""
        if self._resting is not None:
            self._resting.stop()
        comes = self._is_automatic and self._picture is not None
        if comes and not self._is_unwanted and self._request is None and not self._canvas.is_drawing:
            self._resting = self._context.screen.set_timer(REST, self._load_automatically)

    def _load_automatically(self) -> None:
        if (
            self._picture is not None
            and self._canvas.is_in_sight
            and self._canvas.protocol is not None
            and _is_installed()
        ):
            self._load(self._picture, is_wanted=False)

    def _load(self, picture: Picture, *, is_wanted: bool) -> None:
        room = self._canvas.room
        if room is None:
            if is_wanted:
                self._context.tell(
                    f"There is no room for a picture here; {key_of('open_original')} opens the page."
                )
            return
        self._is_wanted = is_wanted
        if self._shown is not None:
            self._draw()
            return
        if self._request is None:
            self._request = self._fetch_client.fetch_picture(
                picture.url, *self._canvas.box(room), self._handle_answer
            )
        if is_wanted:
            self._context.status.clear_message()
        self._show_stage(f"reading the picture from {host_of(picture.url)}")

    def _fail(self, words: str) -> None:
        self._is_wanted, self._is_unwanted = False, True
        self._context.tell(words)

    def _show_stage(self, words: str) -> None:
        """Show how far it is, if the reader waits for it; what is said of other requests stays."""
        said = under_way(words) if words and self._is_wanted else ""
        if said or self._context.status.fetching == self._stage:
            self._context.status.fetching = said
        self._stage = said

    def _offer_browser(self, picture: Picture) -> None:
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        choices = [Choice("Open it in the browser", picture.url), Choice("Cancel", "")]
        why = "A picture cannot be drawn with the colours and signs of this terminal."
        link = Link(LinkKind.WEB, picture.url, "picture")
        self._context.push(
            ChooserScreen("Picture", choices, about=why),
            lambda index: self._open_link(link) if index == 0 else None,
        )

    def _cancel_request(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        if self._request is not None:
            self._fetch_client.cancel(self._request)
        self._request, self._is_wanted = None, False
        self._show_stage("")


def _is_installed() -> bool:
    """Whether there is what decodes and draws pictures, without importing it."""
    from importlib.util import find_spec

    return find_spec("textual_image") is not None and find_spec("PIL") is not None


def _in_words(failure: Failed) -> str:
    """What went wrong, and the next step."""
    from newsreader.web.http.errors import NO_IMAGES, Failure

    if failure.words == NO_IMAGES:
        return NO_IMAGES
    if failure.kind is Failure.UNSAFE and "private" in failure.words:
        step = "private_addresses in the settings allows it"
    elif failure.kind in (Failure.BUSY, Failure.BROKEN, Failure.UNREACHABLE):
        step = f"{key_of('picture')} tries again"
    else:
        step = f"{key_of('open_original')} opens the page"
    return f"{failure.words}; {step}."
