"""The menu of a story: what can be done with it, for the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsreader.keymap.actions import BY_ID, Action
from newsreader.keymap.active import keymap

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext

_OF_STORY: Final = (
    "open_original",
    "open_amp",
    "open_cached_amp",
    "choose_link",
    "readable_text",
    "archived",
    "copy_link",
    "copy_as",
    "star",
    "read_later",
    "toggle_read",
    "hide",
    "tags",
    "note",
)
_OF_ROW: Final = ("explain", "unfold", "select", "edition")


class MenuController:
    """Opens the menu of the story under the mouse, and does what is chosen there."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def open(self, *, in_list: bool) -> None:
        """Open the menu; in the list it has the actions of a row, too."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        actions = [BY_ID[id_] for id_ in (*_OF_STORY, *(_OF_ROW if in_list else ()))]
        choices = [
            Choice(f"{action.label[:1].upper()}{action.label[1:]}", keymap().shown_key(action.id))
            for action in actions
        ]

        def run(index: int | None) -> None:
            if index is not None:
                self._run(actions[index])

        self._context.push(ChooserScreen("Story", choices), run)

    def _run(self, action: Action) -> None:
        screen = self._context.screen
        screen.call_after_refresh(screen.run_action, action.call or action.id)
