"""Jump: a letter beside each row or link in sight goes there."""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.screen import ModalScreen

from newsreader.keymap.jump_labels import jump_labels
from newsreader.ui.widgets.line_pane import LinePane


class Jump(NamedTuple):
    """Where to go: a row or link by its number, and whether to choose it, too, as `enter` does."""

    target: int
    chooses: bool


class JumpScreen(ModalScreen[Jump | None]):
    """Shows labels in a pane until one of them has been typed; any other key takes them away.

    Args:
        pane: Shows the labels.

    """

    def __init__(self, pane: LinePane) -> None:
        super().__init__()
        self._pane = pane
        targets = pane.jump_targets()
        self._labels = dict(zip(jump_labels(len(targets)), targets, strict=True))
        self._typed = ""

    def on_mount(self) -> None:
        """Show the labels."""
        self._show()

    def on_unmount(self) -> None:
        """Take the labels away."""
        self._pane.show_jump_labels({})

    def on_key(self, event: events.Key) -> None:
        """Take a letter; a capital chooses what the letter jumps to."""
        event.stop()
        event.prevent_default()
        letter = event.character or ""
        self._typed += letter.lower()
        target = self._labels.get(self._typed)
        if target is not None:
            self.dismiss(Jump(target, letter.isupper()))
        elif letter and any(label.startswith(self._typed) for label in self._labels):
            self._show()
        else:
            self.dismiss(None)

    def on_mouse_down(self) -> None:
        """A click takes the labels away."""
        self.dismiss(None)

    def _show(self) -> None:
        """Show what is left to type of the labels that begin with what was typed."""
        typed = len(self._typed)
        self._pane.show_jump_labels(
            {target: label[typed:] for label, target in self._labels.items() if label.startswith(self._typed)}
        )
