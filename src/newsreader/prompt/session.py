"""One corpus at the prompt: each typed line is passed to its handler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from newsreader.app.index_refresh import describe
from newsreader.app.marking import Marker
from newsreader.app.open_corpus import plain_view
from newsreader.app.saved_searches import SavedSearches
from newsreader.app.undo import UndoStack
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.marks import Mark
from newsreader.domain.pages import PageKind
from newsreader.domain.record import Record
from newsreader.domain.story_page import StoryPage
from newsreader.domain.tags import parse_edit
from newsreader.domain.view import View
from newsreader.library import IndexFailedError, IndexUnusableError
from newsreader.prompt.handlers.insight import InsightHandler
from newsreader.prompt.handlers.list import ListHandler
from newsreader.prompt.handlers.marks import MarksHandler
from newsreader.prompt.handlers.places import PlacesHandler
from newsreader.prompt.handlers.sources import SourcesHandler
from newsreader.prompt.handlers.story import StoryHandler
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.input import Ask
from newsreader.prompt.output import Output
from newsreader.prompt.parser import (
    RefusedError,
    Request,
    all_commands,
    find_command,
    one_command,
    read_number,
    read_numbers,
    read_request,
)
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile


class Session:
    """Runs typed commands."""

    def __init__(
        self,
        index: IndexSession,
        view: View,
        settings: Settings,
        searches: SearchesFile,
        *,
        output: Output,
        ask: Ask,
    ) -> None:
        plain = plain_view(settings)
        self._index = index
        self._output = output
        self._sources = SourcesHandler(index.library.root, settings, output)
        self.is_over = False
        undo = UndoStack()
        self.rows = ListHandler(index, output, settings, view, plain)
        self._marks = marks = MarksHandler(Marker(index.library, settings, undo), undo, output, ask)
        self.stories = StoryHandler(index, self.rows, output, settings, ask=ask, opened=marks.mark_shown)
        saved = SavedSearches(searches, undo, index.library.root)
        self._places = PlacesHandler(index, self.rows, searches=saved, output=output, plain=plain)
        self._insight = InsightHandler(index, self.rows, output, settings)
        self._actions = self._with_text() | {
            id_: partial(self._without_text, act) for id_, act in self._alone().items()
        }

    def start(self, path: str = "") -> None:
        """Print the list, on the page with the record of a file if given."""
        self._safely(partial(self._start, path))

    def do(self, typed: str) -> None:
        """Do what a line asks for, or say why that cannot be done."""
        self._safely(lambda: self._act(read_request(typed)))

    def close(self) -> None:
        """Release all resources."""
        self.stories.close()
        self._marks.close()
        self._index.close()

    @property
    def position(self) -> int | None:
        """The record that the reader is at: that of the story, or the first of the page."""
        page = self.stories.page
        if page is not None and self.rows.row_of(page.record_id) is not None:
            return page.record_id
        return self.rows.ids[self.rows.start] if self.rows.ids else None

    @property
    def actions(self) -> frozenset[str]:
        """The ids of all commands that are understood."""
        return frozenset(self._actions)

    def _with_text(self) -> dict[str, Callable[[str], None]]:
        """What may be followed by something."""
        return {
            "read": lambda text: self.stories.read(self.rows.record(read_number(text))),
            "follow": lambda text: self.stories.follow(read_number(text)),
            "open_original": lambda text: self.stories.open_pages(PageKind.ORIGINAL, self._pages_of(text)),
            "open_amp": lambda text: self.stories.open_pages(PageKind.AMP, self._pages_of(text)),
            "open_cached_amp": lambda text: self.stories.open_pages(
                PageKind.CACHED_AMP, self._pages_of(text)
            ),
            "choose_link": self._links,
            "readable_text": lambda text: self.stories.read_texts(self._pages_of(text)),
            "archived": lambda text: self.stories.open_pages(PageKind.ARCHIVED, self._pages_of(text)),
            "copy_link": lambda text: self.stories.addresses(self._records(text)),
            "copy_as": lambda text: self.stories.cite(self._records(text)),
            "list": self._list,
            "page_size": lambda text: self.rows.resize(read_number(text)),
            "filter": self.rows.filter,
            "choose_order": self.rows.orders,
            "unfold": lambda text: self.rows.toggle_story(self._one_record(text)),
            "explain": lambda text: self._insight.explain(self._one_record(text)),
            "topic": self._places.topic,
            "provider": self._places.provider,
            "type": self._places.type,
            "language": self._places.language,
            "saved": self._places.saved,
            "save_search": self._places.save,
            "rename_search": self._places.rename,
            "delete_search": self._places.delete,
            "trends": self._trends,
            "toggle_read": partial(self._mark, Mark.READ),
            "star": partial(self._mark, Mark.STARRED),
            "read_later": partial(self._mark, Mark.LATER),
            "hide": partial(self._mark, Mark.HIDDEN),
            "note": self._note,
            "tags": self._tags,
            "problems": self._problems,
            "add_source": self._add_source,
            "help": self._help,
        }

    def _alone(self) -> dict[str, Callable[[], None]]:
        """What stands for itself."""
        return {
            "again": self.stories.show,
            "back": self.stories.back,
            "forward": self.stories.forward,
            "next_page": self.rows.next_page,
            "previous_page": self.rows.previous_page,
            "first": self.rows.first_page,
            "last": self.rows.last_page,
            "next_order": self.rows.next_order,
            "toggle_scope": self.rows.toggle_scope,
            "toggle_fold": self.rows.toggle_fold,
            "next_unread": partial(self.stories.read_unread, 1),
            "previous_unread": partial(self.stories.read_unread, -1),
            "topics": self._places.topics,
            "providers": self._places.providers,
            "types": self._places.types,
            "languages": self._places.languages,
            "home": self.rows.home,
            "mark_all_read": self._mark_all,
            "undo": self._marks.undo,
            "redo": self._marks.redo,
            "sync": self._sync,
            "refresh_corpus": self._refresh,
            "quit": self._quit,
        }

    def _start(self, path: str) -> None:
        keep = self._index.reader.record_at(path) if path else None
        self.rows.start_with(self._places.with_full_topic(self.rows.view))
        self.rows.read(keep)
        self.rows.print_page()

    def _safely(self, act: Callable[[], None]) -> None:
        """Do something; an index that is damaged is built again first."""
        try:
            try:
                act()
            except (IndexFailedError, IndexUnusableError) as error:
                self._marks.close()  # a repair may replace them
                if not self._index.mend(error):
                    raise
                self.rows.read()
                act()
        except (NewsreaderError, IndexUnusableError) as error:
            self._output.say(str(error))

    def _act(self, request: Request) -> None:
        self._request = request
        self._actions[request.command.id](request.rest)

    def _without_text(self, act: Callable[[], None], text: str) -> None:
        if text:
            raise RefusedError(f"“{self._request.command.name}” takes no argument.")
        act()

    def _one_record(self, text: str) -> int:
        """The record of a row, or of the story that is open."""
        if text:
            return self.rows.record(read_number(text))
        record_id = self.stories.need_page().record_id
        if record_id is None:
            raise RefusedError("This story is not in this corpus.")
        return record_id

    def _records(self, text: str) -> Sequence[Record]:
        """The records of some rows, or that of the story that is open."""
        return [page.record for page in self._pages_of(text)]

    def _pages_of(self, text: str) -> Sequence[StoryPage]:
        """The stories of some rows, or the one that is open."""
        if not text:
            return [self.stories.need_page()]
        ids = [self.rows.record(number) for number in read_numbers(text)]
        return [self.stories.read_page(id_) for id_ in ids]

    def _links(self, text: str) -> None:
        if text:
            self.stories.open_link(read_number(text))
        else:
            self.stories.links()

    def _list(self, text: str) -> None:
        if text:
            self.rows.go_to(read_number(text))
        else:
            self.rows.print_page()

    def _trends(self, text: str) -> None:
        if text:
            self._insight.week(read_number(text))
        else:
            self._insight.trends()

    def _problems(self, text: str) -> None:
        if not text:
            self._insight.problems()
            return
        problem, record_id = self._insight.problem(read_number(text))
        if record_id is None:
            raise RefusedError(f"Nothing of {problem.path} could be read.")
        self.stories.read(record_id)

    def _mark(self, mark: Mark, text: str) -> None:
        if not text:
            page = self.stories.need_page()
            self._marks.toggle(mark, page)
            return
        ids = [self.rows.record(number) for number in read_numbers(text)]
        if len(ids) == 1:
            self._marks.toggle(mark, self.stories.read_page(ids[0]))
        else:
            self._marks.toggle_all(mark, ids)

    def _mark_all(self) -> None:
        unread = self._index.reader.unread(self._index.reader.ids(self.rows.view))
        self._marks.mark_all_read([id_ for id_, _ in unread])

    def _note(self, text: str) -> None:
        page = self.stories.need_page()
        fresh = page if page.record_id is None else self.stories.read_page(page.record_id)
        self._marks.note(fresh, text)

    def _tags(self, text: str) -> None:
        if not text:
            self._marks.list_tags(self._index.reader.tags())
            return
        self._marks.tag(self.stories.need_page(), parse_edit(text))

    def _sync(self) -> None:
        if self._sources.sync():
            self._refresh()

    def _add_source(self, text: str) -> None:
        if self._sources.add(text):
            self._refresh()

    def _refresh(self) -> None:
        keep = self.position
        changed = self._index.refresh()
        self._output.say(describe(has_changed=changed))
        self.rows.read(keep)
        self.rows.print_page()

    def _help(self, text: str) -> None:
        if text:
            self._output.say(one_command(find_command(text)))
        else:
            self._output.say_all(all_commands(), hang=4)

    def _quit(self) -> None:
        self.is_over = True
