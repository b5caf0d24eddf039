"""From the first frame to Textual, and from Textual's first picture to the next first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import ColorSystem
from rich.style import Style

from newsreader.render.ascii_glyphs import PLAIN_SIGNS
from newsreader.render.cell_widths import FILLER, cell_len
from newsreader.ui.panes import Pane
from newsreader.ui.startup.first_frame import ALTERNATE_SCREEN, FirstFrame, Paint, Template
from newsreader.ui.terminal.driver import TerminalDriver
from newsreader.ui.terminal.exit_guard import ExitGuard
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.app import App


def driver_for(frame: FirstFrame | None, exit_guard: ExitGuard) -> type[TerminalDriver]:
    """Return a driver that takes over from the first frame, if that is shown."""

    class Guarded(TerminalDriver):
        """Ends the process through the guard of this run."""

        guard = exit_guard

    return Guarded if frame is None or not frame.is_shown else _taking_over(Guarded, frame)


def _taking_over(driver: type[TerminalDriver], frame: FirstFrame) -> type[TerminalDriver]:
    class TakingOver(driver):  # type: ignore[misc, valid-type]
        """Continues where the first frame stopped, and leaves the terminal as that found it."""

        def start_application_mode(self) -> None:
            """Take over the terminal, and restore it as it was before the first frame."""
            super().start_application_mode()
            self.attrs_before = frame.attributes
            frame.is_taken_over = True

        def write(self, data: str) -> None:
            """Write, but do not clear the screen that shows the first frame."""
            if data != ALTERNATE_SCREEN or frame.is_taken_over:
                super().write(data)

    return TakingOver


def keep_picture(app: App[None], frame: FirstFrame) -> None:
    """Keep what the screen shows now for the first frame of the next start."""
    template = _template(app)
    if template is not None:
        frame.keep(template)


def _template(app: App[None]) -> Template | None:
    """The picture on the screen, None where it lacks what has to be found in it."""
    rows = app.screen.query_one(f"#{Pane.LIST}", HeadlineList)
    status = app.screen.query_one(StatusLine)
    region = rows.scrollable_content_region
    strips = app.screen._compositor.render_strips(app.size)
    for line in range(status.region.y, min(status.region.bottom, len(strips))):
        # Both in plain signs, whichever of them the screen is drawn with.
        shown, place = (
            text.translate(PLAIN_SIGNS) for text in (strips[line].text.replace(FILLER, ""), status.place)
        )
        before, found, _ = shown.partition(place)
        column = cell_len(before)
        if status.place and found:
            break
    else:
        return None
    system = app.console._color_system or ColorSystem.TRUECOLOR
    return Template(
        lines=[strip.render(app.console) for strip in strips],
        rows=(region.x, region.y, region.width, region.height),
        styles=_row_styles(rows, system, under_cursor=False),
        cursor_styles=_row_styles(rows, system, under_cursor=True),
        place=(column, line, status.place, len(before) - len(before.rstrip())),
        place_style=_escape_codes(status.painter.style("place"), system),
        scroll=rows.scroll_offset.y,
        has_bar=rows.show_vertical_scrollbar,
    )


def _row_styles(rows: HeadlineList, system: ColorSystem, *, under_cursor: bool) -> dict[str, Paint]:
    """How each role styles in the list."""
    over = rows.painter.cursor(focused=rows.has_focus) if under_cursor else Style()
    roles = [name.partition("--")[2] for name in sorted(rows.COMPONENT_CLASSES)]
    styles = {role: _escape_codes(rows.painter.style_on(role, over), system) for role in roles}
    base = _escape_codes(rows.painter.base + over, system)
    return {**styles, "": base, "blank": base}


def _escape_codes(style: Style, system: ColorSystem) -> Paint:
    """What Rich writes around a text in that style."""
    before, _, after = style.render("\0", color_system=system).partition("\0")
    return before, after
