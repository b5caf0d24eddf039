"""Passing the story to commands of the user."""

from __future__ import annotations

import sys
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.external_command import ExternalCommand, StoryForm
from newsreader.ui.controllers.enclosures import with_enclosure
from newsreader.ui.messages import Notification

if TYPE_CHECKING:
    from newsreader.app.external_commands import PreparedCommand
    from newsreader.domain.record import Enclosure
    from newsreader.domain.story_page import StoryPage
    from newsreader.ui.controllers.context import ScreenContext


class ExternalCommandsController:
    """Runs commands in the background, or hands the terminal over to them."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._typed = ""
        self._form = StoryForm.MARKDOWN

    def run(self, number: int, page: StoryPage) -> None:
        """Pass a story to a command of the settings."""
        self._run(self._context.settings.commands[number], page)

    def play(self, page: StoryPage) -> None:
        """Play the enclosure of a story, or the one that the reader chooses."""
        with_enclosure(self._context, page, "play", lambda enclosure: self._play(enclosure, page))

    def pipe(self, page: StoryPage) -> None:
        """Ask for a command, and pipe a story to it."""
        from newsreader.app.external_commands import parse_typed
        from newsreader.ui.dialogs.pipe import PipeScreen

        dialog = PipeScreen(page.record.title, self._typed, self._form, self._refuse)

        def accept(typed: str | None) -> None:
            if typed is not None:
                self._typed, self._form = typed, dialog.form
                self._run(parse_typed(typed, dialog.form), page, pauses=True)

        self._context.push(dialog, accept)

    def _refuse(self, typed: str) -> str:
        from newsreader.app.external_commands import parse_typed

        try:
            parse_typed(typed, self._form)
        except NewsreaderError as error:
            return str(error)
        return ""

    def _run(self, command: ExternalCommand, page: StoryPage, *, pauses: bool = False) -> None:
        from newsreader.app.external_commands import prepare

        try:
            prepared = prepare(command, page, self._context.library.root)
            if command.foreground:
                self._context.tell(self._hand_over(prepared, pauses=pauses))
                return
        except NewsreaderError as error:
            self._context.tell(str(error))
            return
        self._start(prepared)

    def _play(self, enclosure: Enclosure, page: StoryPage) -> None:
        from newsreader.app.external_commands import prepare_player

        try:
            self._start(prepare_player(enclosure, page.record.title, self._context.settings.players))
        except NewsreaderError as error:
            self._context.tell(str(error))

    def _start(self, prepared: PreparedCommand) -> None:
        self._context.tell(f"“{prepared.name}” is running.")
        # A daemon, unlike the threads of workers: the program can be left while a player runs.
        Thread(target=partial(self._wait, prepared), name="external-command", daemon=True).start()

    def _wait(self, command: PreparedCommand) -> None:
        from newsreader.app.external_commands import run_in_background

        try:
            words = run_in_background(command)
        except NewsreaderError as error:
            words = str(error)
        self._context.post(Notification(words))

    def _hand_over(self, command: PreparedCommand, *, pauses: bool) -> str:
        from textual.app import SuspendNotSupported

        from newsreader.app.external_commands import run_in_terminal

        try:
            with self._context.screen.app.suspend():
                words = run_in_terminal(command)
                if pauses:
                    sys.stdout.write(f"\n{words} Press enter to return.\n")
                    sys.stdout.flush()
                    sys.stdin.readline()
                return words
        except SuspendNotSupported:
            return f"“{command.name}” needs a terminal that can be suspended."
