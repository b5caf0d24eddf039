"""The command palette's view of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsreader.keymap.actions import ACTIONS, APP, MOVE, Action, Group
from newsreader.keymap.active import keymap
from newsreader.keymap.synonyms import SYNONYMS
from newsreader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen


FIRST: Mapping[str, tuple[Group, ...]] = {
    "topics": (Group.SEARCHES, Group.PANES),
    "list": (Group.LIST, Group.MARKS),
    "story": (Group.STORY, Group.MARKS),
}
"""The groups of actions that come first, by the pane with the focus."""

EXACT = 1_000.0
"""The score of a word that is another name of an action; the fuzzy matcher stays far below it."""

WRITTEN = "Everything is saved as soon as it is changed."
"""The answer to `:w`."""


class ActionCommands(Provider):
    """Every action that means something on the main screen, by label, help, synonyms and keys.

    Textual's own commands come last. Several providers would be shown in an order that changes.
    """

    async def discover(self) -> Hits:
        """Yield all of them, those of the focused pane first."""
        for action in self._offered():
            words = keymap().help_of(action)
            yield DiscoveryHit(_display(action), lambda action=action: self._run(action), help=words)
        for title, words, run, shown in self.app.get_system_commands(self._main):
            if shown:
                yield DiscoveryHit(Content(title), run, help=words)

    async def search(self, query: str) -> Hits:
        """Yield those that match what is typed; a leading colon is ignored."""
        query = query.lstrip(":").strip()
        if query in ("w", "write", "wa"):
            yield Hit(EXACT, Content("Write"), self._tell_written, help=WRITTEN)
        matcher = self.matcher(query)
        for action in self._offered():
            words, synonyms = keymap().help_of(action), SYNONYMS.get(action.id, ())
            score = max(matcher.match(action.label), matcher.match(words))
            if query.casefold() in synonyms:
                score = EXACT
            elif len(query) > 1:
                score = max(score, *(matcher.match(synonym) for synonym in synonyms), 0.0)
            if score > 0:
                yield Hit(score, _display(action), lambda action=action: self._run(action), help=words)
        for title, words, run, _ in self.app.get_system_commands(self._main):
            if (score := matcher.match(title)) > 0:
                yield Hit(score, Content(title), run, help=words)

    @property
    def _main(self) -> Screen[Any]:
        """The main screen, also where the palette was opened over a dialog."""
        return self.app.screen_stack[0]

    def _offered(self) -> list[Action]:
        """List what can be done: the focused pane's actions first, moving last, which needs no palette."""
        focused = self._main.focused
        first = FIRST.get(focused.id or "", ()) if focused is not None else ()
        actions = sorted((*ACTIONS[len(MOVE) :], *keymap().own), key=lambda action: action.group not in first)
        return [action for action in (*actions, *MOVE) if self._target(action) is not None]

    def _target(self, action: Action) -> DOMNode | None:
        """Return the node that implements an action."""
        node = self.app if action in APP else self._main.focused if action in MOVE else self._main
        name = (action.call or action.id).partition("(")[0]
        return node if hasattr(node, f"action_{name}") else None

    async def _run(self, action: Action) -> None:
        while self.app.screen is not self._main:  # the dialog over which the palette was opened
            await self.app.pop_screen()
        await self.app.run_action(action.call or action.id, self._target(action))

    def _tell_written(self) -> None:
        self.app.screen_stack[0].query_one(StatusLine).show_message(WRITTEN)


def _display(action: Action) -> Content:
    """Return the label, and the first key if there is one."""
    key = keymap().shown_key(action.id)
    return Content(f"{action.label[:1].upper()}{action.label[1:]}" + (f"  ({key})" if key else ""))
