"""What is painted can be read in every theme, wherever the cursor is."""

from __future__ import annotations

from pathlib import Path

from newsreader.ui.style.contrast import contrast, least_contrast
from newsreader.ui.style.painter import NO_STYLE
from newsreader.ui.widgets.status_line import StatusLine
from tests.ui.harness import press, reading_files, rows, sidebar, stories, story


async def test_every_role_can_be_read_in_every_theme_and_state(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        widgets = (rows(pilot), sidebar(pilot), story(pilot), pilot.app.screen.query_one(StatusLine))
        checked = 0
        for theme in pilot.app.available_themes.values():
            if theme.ansi:
                continue
            pilot.app.theme = theme.name
            await press(pilot)
            for widget in widgets:
                painter = widget.painter
                painter.reset()
                for role in (name.partition("--")[2] for name in widget.COMPONENT_CLASSES):
                    for over in (NO_STYLE, painter.cursor(focused=True), painter.cursor(focused=False)):
                        style = painter.style_on(role, over)
                        if style.color is None or style.bgcolor is None or role.startswith("cursor"):
                            continue
                        color, ground = style.color.triplet, style.bgcolor.triplet
                        if color is None or ground is None:
                            continue
                        found = contrast((*color,), (*ground,))
                        assert found >= least_contrast(role), (theme.name, type(widget).__name__, role, over)
                        checked += 1
        assert checked > 1_000
