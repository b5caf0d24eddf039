"""Desktop notifications of new records."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from newsreader.domain.plural import counted
from newsreader.domain.setting_values import Notify
from newsreader.ui.messages import SyncEnded, handles

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class NotificationController:
    """Notifies of new records while the terminal is not known to have the focus."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context
        self._reports_focus = False

    def start(self) -> None:
        """Follow the focus of the terminal, if notifications are wanted."""
        if self._context.settings.notify is not Notify.OFF:
            screen = self._context.screen
            screen.watch(screen.app, "app_focus", self._note_focus, init=False)

    def _note_focus(self) -> None:
        self._reports_focus = True

    @handles(SyncEnded)
    def notify(self, event: SyncEnded) -> None:
        """Notify of new records."""
        app, notify = self._context.screen.app, self._context.settings.notify
        is_watched = self._reports_focus and app.app_focus
        if not event.new or is_watched or notify is Notify.OFF or app._driver is None:
            return
        from newsreader.ui.terminal.notifications import notification

        # Through Textual's own writer: what others write to the terminal would land amidst its sequences.
        app._driver.write(notification(counted(event.new, "new record"), notify, os.environ))
