"""The command palette's view of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsreader.keymap.actions import ACTIONS, APP, MOVE, Action
from newsreader.keymap.active import keymap

if TYPE_CHECKING:
    from textual.dom import DOMNode


class ActionCommands(Provider):
    """Every action that means something where the palette was called, by its label, help and keys."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in self._offered():
            words = keymap().help_of(action)
            yield DiscoveryHit(_display(action), lambda action=action: self._run(action), help=words)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for action in self._offered():
            words = keymap().help_of(action)
            score = max(matcher.match(action.label), matcher.match(words))
            if score > 0:
                yield Hit(score, _display(action), lambda action=action: self._run(action), help=words)

    def _offered(self) -> list[Action]:
        """What can be done here: most things first, moving last, as nobody calls a palette for that."""
        return [action for action in (*ACTIONS[len(MOVE) :], *MOVE) if self._target(action) is not None]

    def _target(self, action: Action) -> DOMNode | None:
        """Who answers to the action."""
        node = self.app if action in APP else self.focused if action in MOVE else self.screen
        name = (action.call or action.id).partition("(")[0]
        return node if hasattr(node, f"action_{name}") else None

    async def _run(self, action: Action) -> None:
        await self.app.run_action(action.call or action.id, self._target(action))


def _display(action: Action) -> Content:
    """The label, and the first key if there is one."""
    key = keymap().shown_key(action.id)
    return Content(f"{action.label[:1].upper()}{action.label[1:]}" + (f"  ({key})" if key else ""))
