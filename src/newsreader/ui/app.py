"""The Textual app: themes, global keys, signals and crashes."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual._compositor import LayoutUpdate
from textual.app import App, SystemCommand
from textual.events import Event, Key
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from newsreader.app.open_corpus import OpenCorpusError, OpenedCorpus, check_corpus, corpus_root, open_corpus
from newsreader.domain.listing import Listing
from newsreader.domain.sanitize import clean_line
from newsreader.domain.suggest import suggest
from newsreader.domain.view import View
from newsreader.keymap.actions import APP
from newsreader.keymap.active import key_of, put_in_force
from newsreader.keymap.keymap import VIM, Keymap
from newsreader.library import Library
from newsreader.render.glyphs import is_plain
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.state.theme import Background, keep_background, keep_theme, known_background
from newsreader.ui.keys.bindings import bind
from newsreader.ui.keys.counts import KeyCounts
from newsreader.ui.keys.layouts import KeyLayouts
from newsreader.ui.keys.sequences import KeySequences
from newsreader.ui.keys.serializer import KeySerializer, NextKey
from newsreader.ui.messages import BackgroundReported, CorpusWanted
from newsreader.ui.screens.main import MainScreen
from newsreader.ui.style.builtin import FEW_COLOURS, FOLLOWING, THEMES, usual_theme
from newsreader.ui.style.contrast import inks
from newsreader.ui.style.painter import AsciiFilter
from newsreader.ui.style.user_themes import read_themes
from newsreader.ui.terminal.reports import ASK_BACKGROUND
from newsreader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.command import Provider
    from textual.driver import Driver

    from newsreader.ui.dialogs.welcome import WelcomeScreen


GOING_ON = frozenset({"escape", "enter", "space"})
"""Keys that only end the welcome; any other also does what it always does."""


def _now() -> int:
    return int(time.time())


def _action_commands() -> type[Provider]:
    from newsreader.ui.keys.palette import ActionCommands

    return ActionCommands


class NewsreaderApp(App[None], inherit_bindings=False):
    """One corpus on the screen.

    Args:
        library: The corpus.
        view: What the list shows first.
        settings: The user's.
        keymap: Which keys do what.
        searches: Those that the user saved; by default in the folder of the settings.
        notice: Words for the status line at the start.
        first: What the list shows at once, if that was read before.
        line: The line of the screen, from the top of the list, for the row under the cursor.
        edition: The date of the edition to open at the start; None to show the list.
        on_painted: Called once, when the first picture is on the screen.
        on_exit: Called with the exit status when the app begins to exit.
        clock: Returns the time in seconds since 1970 UTC.
        welcome: Show the welcome, and create this file; None for no welcome.
        driver_class: The terminal driver; Textual's by default.

    """

    TITLE = "newsreader"
    CSS_PATH: ClassVar[list[str | object]] = sorted(paths.shipped("styles").glob("*.tcss"))  # type: ignore[assignment]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_action_commands}
    ENABLE_COMMAND_PALETTE = True
    DEFAULT_MODE = "corpus"

    def __init__(
        self,
        library: Library,
        view: View = View(),  # noqa: B008 - a frozen value
        settings: Settings = Settings(),  # noqa: B008
        *,
        keymap: Keymap = VIM,
        searches: SearchesFile | None = None,
        notice: str = "",
        first: Listing | None = None,
        line: int | None = None,
        edition: str | None = None,
        on_painted: Callable[[], None] = lambda: None,
        on_exit: Callable[[int], None] = lambda _: None,
        clock: Callable[[], int] = _now,
        welcome: Path | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        put_in_force(keymap)
        # Where no colours are wanted, Textual would paint greys, unless the terminal's own colours are used.
        super().__init__(driver_class=driver_class, ansi_color=True if "NO_COLOR" in os.environ else None)
        self._bindings.key_to_bindings.clear()  # Textual binds its palette by itself
        bind(self, APP)
        own, complaints = read_themes(paths.themes_dir())
        for theme in (*THEMES, *own):
            self.register_theme(theme)
        notice = notice or " ".join(complaints)
        self._follows_background = settings.theme not in self.available_themes
        if not self._follows_background:
            self.theme = settings.theme
        else:
            self._background = known_background(paths.background_file(), os.environ)
            self.theme = usual_theme(self.console.color_system, os.environ, self._background).name
            if settings.theme not in ("", FOLLOWING):
                palette = key_of("command_palette")
                meant = suggest(settings.theme, self.available_themes)
                words = f"There is no theme “{settings.theme}”. {meant} {palette} lists the themes."
                notice = notice or " ".join(words.split())
        self.stylesheet.set_variables(self.get_css_variables())
        self._first_theme: str | None = self.theme
        self._plain = AsciiFilter(enabled=is_plain(settings.glyphs, os.environ))
        self._kept_theme = self.theme
        self._settings = settings
        searches = searches or SearchesFile(paths.searches_file())
        self._show = partial(MainScreen, settings=settings, searches=searches, clock=clock)
        self._welcome = welcome
        self._edition = edition
        self._welcome_screen: WelcomeScreen | None = None
        self._on_painted = on_painted
        self._on_exit = on_exit
        self._main = self._show(library, view, notice=notice, first=first, line=line, on_painted=self._begin)
        self.add_mode(self.DEFAULT_MODE, lambda: self._main)
        sequences = KeySequences(self, self._handle_key, show=self._show_waiting_keys, notify=self._tell)
        press = sequences.press if keymap.begins_sequences else self._handle_key
        counts = KeyCounts(self, press, show=self._show_waiting_keys, may_begin=self._takes_counts)
        self._keys = KeySerializer(self, KeyLayouts(self, counts.press).press)
        self.crash_report: str = ""
        """The traceback of what ended the program, if anything did."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes on its way to the screen."""
        filters = super().get_line_filters()
        return [*filters, self._plain] if self._plain.enabled else filters

    async def on_event(self, event: Event) -> None:
        """Handle keys one after the other."""
        if isinstance(event, Key) and not event.is_forwarded:
            await self._keys.press(event)
        else:
            await super().on_event(event)

    @on(NextKey)
    async def _next_key(self, signal: NextKey) -> None:
        await self._keys.receive(signal)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme, with colours that can be read on its backgrounds."""
        variables = super().get_css_variables()
        return {**variables, **inks(variables)}

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the styles; skip the two calls of Textual before the first paint, which cost time."""
        if self.theme != self._first_theme:
            self._first_theme = None
            super().refresh_css(animate=animate)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Paint, and tell the main screen when all of it is painted for the first time.

        `call_after_refresh` would be too early: during the start Textual drops what it paints, then paints
        pane by pane.
        """
        super()._display(screen, renderable)
        if screen is self._main and isinstance(renderable, LayoutUpdate) and not self._batch_count:
            self._main.note_paint()

    def _begin(self) -> None:
        """Begin after the first paint."""
        self._first_theme = None
        self._on_painted()
        if self._follows_background and self.theme != FEW_COLOURS.name and self._driver is not None:
            self._driver.write(ASK_BACKGROUND)
        if self._edition is not None:
            self._main.action_edition(self._edition)
        if self._welcome is not None:
            from newsreader.ui.dialogs.welcome import WelcomeScreen

            self._welcome_screen = WelcomeScreen(self._welcome)
            self.push_screen(self._welcome_screen)

    async def _handle_key(self, key: Key) -> None:
        """Handle a key; any key ends the welcome."""
        if self._welcome_screen is not None and self.screen is self._welcome_screen:
            await self._welcome_screen.end()
            if key.key in GOING_ON:
                return
        await super().on_event(key)

    def _takes_counts(self) -> bool:
        """Whether digits may be counts: only on the main screen, where no text is typed."""
        return self.screen is self._main and not (self.focused and self.focused.check_consume_key("5", "5"))

    @on(CorpusWanted)
    def _open_corpus(self, wanted: CorpusWanted) -> None:
        """Open another corpus in the background, then replace the current one."""
        if wanted.settings is not None:
            self._settings = wanted.settings
            self._show = partial(self._show, settings=wanted.settings)

        def work() -> None:
            root, _ = corpus_root(wanted.name, self._settings)
            try:
                if not wanted.source:
                    check_corpus(root)
            except OpenCorpusError as error:
                self.call_from_thread(self._main.tell, clean_line(str(error)))
            else:
                self.call_from_thread(self._change_corpus, open_corpus(root, self._settings), wanted.source)

        self.run_worker(work, thread=True, group="corpus", exclusive=True, exit_on_error=False)

    def _change_corpus(self, opened: OpenedCorpus, source: str) -> None:
        # A stack of its own for each corpus: Textual cannot replace the lowest screen of a stack.
        before = self.current_mode
        self._main = self._show(
            opened.library, opened.view, first=opened.first, line=opened.line, source=source
        )
        self.add_mode(f"{before}+", lambda: self._main)
        self.switch_mode(f"{before}+")
        self.remove_mode(before)

    def _tell(self, words: str) -> None:
        self._main.tell(words)

    def _show_waiting_keys(self, words: str) -> None:
        self._main.query_one(StatusLine).waiting_keys = words

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether a change of marks or saved searches has not been written yet."""
        return self._main.has_unsaved_changes

    def on_load(self) -> None:
        """Treat a failure of any thread like one of the app, from the first on."""
        loop = asyncio.get_running_loop()
        self._report_thread = threading.excepthook

        def fail(failed: threading.ExceptHookArgs) -> None:
            if failed.exc_value is not None and failed.exc_type is not SystemExit:
                with suppress(RuntimeError):  # the loop is over
                    loop.call_soon_threadsafe(self._crash, failed.exc_value)

        threading.excepthook = fail

    def on_mount(self) -> None:
        """Keep chosen themes; end in order when the system asks for it, with the exit status of shells."""
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        loop = asyncio.get_running_loop()

        def end(number: int, _frame: FrameType | None) -> None:
            # Thread-safe, since only that wakes a loop that is waiting for its next event.
            loop.call_soon_threadsafe(self.call_later, self.exit, None, 128 + number)

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                signal.signal(number, end)

    def on_unmount(self) -> None:
        """Leave failures of threads to the interpreter again."""
        threading.excepthook = self._report_thread

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Exit the app, in bounded time."""
        self._on_exit(return_code)
        super().exit(result, return_code, message)

    def _crash(self, error: BaseException) -> None:
        """Exit because of an error that another thread raised."""
        try:
            raise error
        except BaseException as raised:  # noqa: BLE001 - it is handled like one of the app
            self._handle_exception(raised)  # type: ignore[arg-type]

    @on(BackgroundReported)
    def _follow_background(self, reported: BackgroundReported) -> None:
        """Choose the theme that suits the terminal, unless another was chosen."""
        background: Background = "dark" if reported.is_dark else "light"
        if not self._follows_background or background == self._background:
            return
        self._background = background
        self._kept_theme = usual_theme(self.console.color_system, os.environ, background).name
        self.theme = self._kept_theme
        self._keep(lambda: keep_background(paths.background_file(), background))

    def _keep_theme(self, theme: Theme) -> None:
        if theme.name != self._kept_theme:
            self._kept_theme = theme.name
            self._follows_background = False
            self._keep(lambda: keep_theme(paths.theme_file(), theme.name))

    def _keep(self, write: Callable[[], None]) -> None:
        self.run_worker(write, thread=True, group="theme", exit_on_error=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Besides the registry the palette offers the themes."""
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)

    def _fatal_error(self) -> None:
        """Keep the traceback for the log instead of showing it, and end."""
        self.crash_report = traceback.format_exc()
        self._on_exit(1)
        self._close_messages_no_wait()
