"""Several stories selected, and what is done with all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.domain.marks import Mark
from newsreader.domain.pages import LinkAction, PageKind
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.copying import CopyController
from newsreader.ui.controllers.links import LinksController
from newsreader.ui.controllers.list import ListController
from newsreader.ui.controllers.marks import MarksController
from newsreader.ui.messages import RecordsRead, handles
from newsreader.ui.widgets.headline_list import HeadlineList

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class SelectionController:
    """Keeps which stories are selected."""

    def __init__(
        self,
        context: ScreenContext,
        list_: ListController,
        rows: HeadlineList,
        *,
        links: LinksController,
        copies: CopyController,
        marks: MarksController,
        on_change: Callable[[], None],
    ) -> None:
        self._context = context
        self._list = list_
        self._rows = rows
        self._links = links
        self._copies = copies
        self._marks = marks
        self._on_change = on_change
        self._chosen: dict[int, None] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return not self._chosen

    @property
    def words(self) -> str:
        """How many are selected; empty where none is."""
        return f"{len(self._chosen):,} selected" if self._chosen else ""

    def toggle(self) -> None:
        """Toggle selection and move down."""
        record_id = self._list.record_id
        if record_id is None:
            self._context.tell("There is no story to select.")
            return
        if record_id in self._chosen:
            del self._chosen[record_id]
        else:
            self._chosen[record_id] = None
        self._show()
        self._rows.action_cursor_down()

    def toggle_all(self) -> None:
        """Select every story of the list, or none."""
        if not self._chosen and not self._list.ids:
            self._context.tell("There is no story to select.")
            return
        self._chosen = {} if self._chosen else dict.fromkeys(self._list.ids)
        self._show()

    def clear(self) -> None:
        """Clear the selection."""
        if self._chosen:
            self._chosen = {}
            self._show()

    @property
    def ids(self) -> Sequence[int]:
        """The records that are selected."""
        return list(self._chosen)

    def mark(self, mark: Mark) -> None:
        """Set a mark of all, or remove it if all have it. Nothing that is hidden stays selected."""
        self._marks.toggle_all(mark, list(self._chosen))
        if mark is Mark.HIDDEN:
            self.clear()

    def read_for(self, use: LinkAction) -> None:
        """Read all selected stories to open or copy their links."""
        if use is LinkAction.CHOOSE:
            end = key_of("step_back")
            self._context.tell(
                f"The links of several stories cannot be shown together; {end} ends the selection."
            )
        else:
            self._context.client.read_records(list(self._chosen), use)

    @handles(RecordsRead)
    def use(self, message: RecordsRead) -> None:
        """Open or copy links of the selected stories that were read."""
        action, records = message.use, [page.record for page in message.pages]
        if action is LinkAction.COPY:
            self._copies.copy_all(records)
        elif action is LinkAction.COPY_AS:
            self._copies.copy_all_as(records)
        else:
            self._links.open_pages(message.pages, PageKind(action.value))

    def _show(self) -> None:
        self._rows.choose(frozenset(self._chosen))
        self._on_change()
