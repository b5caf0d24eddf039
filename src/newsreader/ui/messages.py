"""What workers and helpers tell the main screen. All carry frozen values, none a widget."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from newsreader.domain.checks.problem import ListedProblem
    from newsreader.domain.explanation import Explanation
    from newsreader.domain.headline import Headline
    from newsreader.domain.link_status import LinkStatus
    from newsreader.domain.listing import Listing
    from newsreader.domain.page_text import PageText
    from newsreader.domain.pages import LinkAction
    from newsreader.domain.record import Record
    from newsreader.domain.saved_search import SavedSearch
    from newsreader.domain.statistics import Counts
    from newsreader.domain.story_page import StoryPage
    from newsreader.domain.topics import TopicTree
    from newsreader.domain.trends import Trends
    from newsreader.domain.view import View
    from newsreader.settings.saved_searches import Edit
    from newsreader.ui.pictures.rasterize import Drawing
    from newsreader.web.fetch.protocol import Answer


class ListRead(Message):
    """The records of a view were found, or the first of them."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing


class WindowRead(Message):
    """A window of headlines of the list `ids` was read."""

    def __init__(self, ids: array[int], start: int, headlines: Sequence[Headline | None]) -> None:
        super().__init__()
        self.ids = ids
        self.start = start
        self.headlines = headlines


class PageRead(Message):
    """A story was read; `page` is None when the record is gone."""

    def __init__(self, record_id: int, page: StoryPage | None) -> None:
        super().__init__()
        self.record_id = record_id
        self.page = page


class RecordsRead(Message):
    """The selected records were read; `use` is what is to be done with them."""

    def __init__(self, use: LinkAction, records: Sequence[Record]) -> None:
        super().__init__()
        self.use = use
        self.records = records


class StoriesRead(Message):
    """The selected stories were read, each with all that is known of it, for their texts to be fetched."""

    def __init__(self, pages: Sequence[StoryPage]) -> None:
        super().__init__()
        self.pages = pages


class FetchAnswered(Message):
    """The fetching process answered."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class TextKept(Message):
    """The text of a page was kept, or could not be, as `failure` says."""

    def __init__(self, page: StoryPage, text: PageText, failure: str = "", *, in_batch: bool = False) -> None:
        super().__init__()
        self.page = page
        self.text = text
        self.failure = failure
        self.in_batch = in_batch


class VerdictsKept(Message):
    """How the links of a story fared was noted."""

    def __init__(self, page: StoryPage, verdicts: Sequence[LinkStatus]) -> None:
        super().__init__()
        self.page = page
        self.verdicts = verdicts


class EntryFilled(Message):
    """What was fetched of related coverage that the corpus lacks: `filled` is the same story with it."""

    def __init__(self, page: StoryPage, filled: StoryPage) -> None:
        super().__init__()
        self.page = page
        self.filled = filled


class SidebarRead(Message):
    """The topics and the numbers beside them were read."""

    def __init__(self, tree: TopicTree, counts: Counts) -> None:
        super().__init__()
        self.tree = tree
        self.counts = counts


class SearchesRead(Message):
    """The file of saved searches was read."""

    def __init__(self, searches: Sequence[SavedSearch], complaints: Sequence[str]) -> None:
        super().__init__()
        self.searches = searches
        self.complaints = complaints


class SearchCounted(Message):
    """It is known how many records a saved search finds."""

    def __init__(self, name: str, count: int) -> None:
        super().__init__()
        self.name = name
        self.count = count


class SearchesChanged(Message):
    """The file of saved searches was changed, as `words` say, or was not, as `failure` says.

    `edit` is None where an earlier change was taken back or made again.
    """

    def __init__(
        self, words: str, edit: Edit | None = None, *, failure: str = "", is_replay: bool = False
    ) -> None:
        super().__init__()
        self.words = words
        self.edit = edit
        self.failure = failure
        self.is_replay = is_replay


class CorpusWanted(Message):
    """The reader wants to read another corpus, by its name in the settings."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class MarksChanged(Message):
    """Marks are not what they were, or could not be changed.

    `words` say what was done, empty where the reader did not ask for it. `is_step` when it is a change that
    can be undone. `undone` is set where nothing was there to be undone (True) or done again (False).
    """

    def __init__(self, words: str = "", *, is_step: bool = False, undone: bool | None = None) -> None:
        super().__init__()
        self.words = words
        self.is_step = is_step
        self.undone = undone


class UnreadFound(Message):
    """The next unread story of a list was looked for: its row, None where there is none."""

    def __init__(self, ids: array[int], row: int | None, direction: int) -> None:
        super().__init__()
        self.ids = ids
        self.row = row
        self.direction = direction


class UnreadCounted(Message):
    """The unread stories of a view were found."""

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__()
        self.ids = ids


class ProblemsRead(Message):
    """The problems of the corpus were read."""

    def __init__(self, problems: Sequence[ListedProblem]) -> None:
        super().__init__()
        self.problems = problems


class Explained(Message):
    """It is known why a record stands where it does; `explanation` is None when the record is gone."""

    def __init__(self, view: View, explanation: Explanation | None) -> None:
        super().__init__()
        self.view = view
        self.explanation = explanation


class TrendsRead(Message):
    """The records of a view were counted by week, topic and provider."""

    def __init__(self, trends: Trends) -> None:
        super().__init__()
        self.trends = trends


class HottestRead(Message):
    """The hottest stories of a week were read."""

    def __init__(self, headlines: Sequence[Headline]) -> None:
        super().__init__()
        self.headlines = headlines


class PictureDrawn(Message):
    """A picture was drawn for whoever knows the token, or `failure` says why not."""

    def __init__(self, token: object, drawing: Drawing | None, failure: str = "") -> None:
        super().__init__()
        self.token = token
        self.drawing = drawing
        self.failure = failure


class IndexMissing(Message):
    """There is nothing to read yet."""


class QueryFailed(Message):
    """The index did not answer; `words` say why, `damaged` that it has to be built again."""

    def __init__(self, words: str, *, damaged: bool = False) -> None:
        super().__init__()
        self.damaged = damaged
        self.words = words


class IndexGrew(Message):
    """A refresh got further; `changed` when the index is not what it was."""

    def __init__(self, done: int, total: int, *, changed: bool) -> None:
        super().__init__()
        self.done = done
        self.total = total
        self.changed = changed


class CorpusChanged(Message):
    """Files of the corpus came, went or changed."""


class RefreshEnded(Message):
    """The refresh is over; `failure` says what went wrong, if anything. `asked` if the reader wanted it."""

    def __init__(self, *, failure: str = "", changed: bool = False, asked: bool = False) -> None:
        super().__init__()
        self.asked = asked
        self.failure = failure
        self.changed = changed


class SyncMoved(Message):
    """Fresh records are coming in; `words` tell from where and how many up to now."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class SyncEnded(Message):
    """No more fresh records come; `words` tell how it went, `has_changed` if files were written."""

    def __init__(self, words: str, *, has_changed: bool) -> None:
        super().__init__()
        self.words = words
        self.has_changed = has_changed


class Notification(Message):
    """Something was done in the background, or could not be, as `words` say."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class LinkOpened(Message):
    """A browser was started, or could not be; `words` tell. `url` is offered for copying on failure."""

    def __init__(self, words: str, *, failed_url: str = "") -> None:
        super().__init__()
        self.words = words
        self.failed_url = failed_url
