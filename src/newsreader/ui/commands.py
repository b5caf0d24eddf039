"""The command palette's view of the registry."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsreader.ui.keys import APP, SCREEN, Action


class ActionCommands(Provider):
    """Every action of the main screen and the program, by its label and help."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in _offered():
            yield DiscoveryHit(_display(action), lambda action=action: self._run(action), help=action.help)

    async def search(self, query: str) -> Hits:
        """Those that match what is typed."""
        matcher = self.matcher(query)
        for action in _offered():
            score = max(matcher.match(action.label), matcher.match(action.help))
            if score > 0:
                yield Hit(score, _display(action), lambda action=action: self._run(action), help=action.help)

    async def _run(self, action: Action) -> None:
        await self.app.run_action(action.call or action.id, self.app if action in APP else self.screen)


def _offered() -> tuple[Action, ...]:
    return tuple(action for action in SCREEN + APP if action.id not in ("command_palette", "step_back"))


def _display(action: Action) -> Content:
    return Content(f"{action.label[:1].upper()}{action.label[1:]}  ({action.shown_key})")
