"""Messages of background workers, and their routing to controllers. They carry frozen values only."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message import Message

if TYPE_CHECKING:
    from newsreader.app.add_source import AddedSource
    from newsreader.app.editions import Editions
    from newsreader.app.page_results import PageResult
    from newsreader.domain.checks.problem import ListedProblem
    from newsreader.domain.editions import EditionPage
    from newsreader.domain.explanation import Explanation
    from newsreader.domain.headline import Headline
    from newsreader.domain.listing import Listing
    from newsreader.domain.marks import MarkSet
    from newsreader.domain.pages import LinkAction
    from newsreader.domain.saved_search import SavedSearch
    from newsreader.domain.statistics import Counts, ReadCounts
    from newsreader.domain.story_page import StoryPage
    from newsreader.domain.topics import TopicTree
    from newsreader.domain.trends import Trends
    from newsreader.domain.view import View
    from newsreader.library import Progress
    from newsreader.settings.model import Settings
    from newsreader.ui.pictures.rasterize import Drawing
    from newsreader.web.fetch.protocol import Answer
    from newsreader.web.sources.discovery import Candidate


class WorkerMessage(Message):
    """The result of background work; the main screen passes it to the controllers that handle its type."""


@dataclass(eq=False, repr=False, match_args=False)
class BackgroundReported(Message):
    """The terminal said what its background is."""

    is_dark: bool


@dataclass(eq=False, repr=False, match_args=False)
class ListRead(WorkerMessage):
    """The records of a view were found, or the first of them."""

    listing: Listing


@dataclass(eq=False, repr=False, match_args=False)
class WindowRead(WorkerMessage):
    """A window of headlines of the list `ids` was read."""

    ids: array[int]
    start: int
    headlines: Sequence[Headline | None]


@dataclass(eq=False, repr=False, match_args=False)
class PageRead(WorkerMessage):
    """A story was read; `page` is None when the record is gone."""

    record_id: int
    page: StoryPage | None


@dataclass(eq=False, repr=False, match_args=False)
class RecordsRead(WorkerMessage):
    """The selected stories were read, to open or copy their links."""

    use: LinkAction
    pages: Sequence[StoryPage]


@dataclass(eq=False, repr=False, match_args=False)
class StoriesRead(WorkerMessage):
    """The selected stories were read, each with all that is known of it, for their texts to be fetched."""

    pages: Sequence[StoryPage]


@dataclass(eq=False, repr=False, match_args=False)
class FetchAnswered(WorkerMessage):
    """The fetching process answered."""

    answer: Answer


@dataclass(eq=False, repr=False, match_args=False)
class PageFetchEnded(WorkerMessage):
    """The text of a page was fetched and kept, or could not be."""

    result: PageResult
    _: KW_ONLY
    in_batch: bool = False


@dataclass(eq=False, repr=False, match_args=False)
class EntryFilled(WorkerMessage):
    """Related coverage that the corpus lacks was fetched earlier; `filled` is the story with its text."""

    page: StoryPage
    filled: StoryPage


@dataclass(eq=False, repr=False, match_args=False)
class SidebarRead(WorkerMessage):
    """The topics and the numbers beside them were read."""

    tree: TopicTree
    counts: Counts


@dataclass(eq=False, repr=False, match_args=False)
class FolderDescribed(WorkerMessage):
    """What a corpus is was found out: how it is read, or why there is no record in it."""

    _: KW_ONLY
    format: str = ""
    empty: str = ""


@dataclass(eq=False, repr=False, match_args=False)
class SearchesRead(WorkerMessage):
    """The file of saved searches was read."""

    searches: Sequence[SavedSearch]
    complaints: Sequence[str]


@dataclass(eq=False, repr=False, match_args=False)
class SearchCounted(WorkerMessage):
    """It is known how many records a saved search finds."""

    name: str
    count: int


@dataclass(eq=False, repr=False, match_args=False)
class SearchesChanged(WorkerMessage):
    """The file of saved searches was changed, or could not be, as `words` say."""

    words: str


@dataclass(eq=False, repr=False, match_args=False)
class CorpusWanted(WorkerMessage):
    """The reader wants to read another corpus, by its name in the settings or its folder.

    `settings` replace those of the program, if they have changed. `source` is synced once the
    corpus is shown; until then the folder may be empty.
    """

    name: str
    _: KW_ONLY
    settings: Settings | None = None
    source: str = ""


@dataclass(eq=False, repr=False, match_args=False)
class MarksChanged(WorkerMessage):
    """Marks were changed; `words` describe that, empty where the reader did not ask for it.

    `hides` if records were hidden or are shown again.
    """

    words: str = ""
    hides: bool = False


@dataclass(eq=False, repr=False, match_args=False)
class MarksRead(WorkerMessage):
    """The marks of held rows and of the story in the pane were read."""

    marks: Mapping[int, MarkSet]


@dataclass(eq=False, repr=False, match_args=False)
class TagsCounted(WorkerMessage):
    """The records were counted by tag."""

    tags: Mapping[str, int]


@dataclass(eq=False, repr=False, match_args=False)
class ReadCounted(WorkerMessage):
    """The read records of the scope and language of a view were counted."""

    view: View
    counts: ReadCounts


@dataclass(eq=False, repr=False, match_args=False)
class TagsWanted(WorkerMessage):
    """The tags that several stories have in common were read, to be edited."""

    ids: Sequence[int]
    common: Sequence[str]


@dataclass(eq=False, repr=False, match_args=False)
class UnreadFound(WorkerMessage):
    """The next unread story of a list was looked for: its row, None where there is none."""

    ids: array[int]
    row: int | None
    direction: int


@dataclass(eq=False, repr=False, match_args=False)
class UnreadCounted(WorkerMessage):
    """The unread stories of a view were found."""

    ids: Sequence[int]


@dataclass(eq=False, repr=False, match_args=False)
class ProblemsRead(WorkerMessage):
    """The problems of the corpus were read."""

    problems: Sequence[ListedProblem]


@dataclass(eq=False, repr=False, match_args=False)
class Explained(WorkerMessage):
    """It is known why a record stands where it does; `explanation` is None when the record is gone."""

    view: View
    explanation: Explanation | None


@dataclass(eq=False, repr=False, match_args=False)
class TrendsRead(WorkerMessage):
    """The records of a view were counted by week, topic and provider."""

    trends: Trends


@dataclass(eq=False, repr=False, match_args=False)
class EditionsRead(WorkerMessage):
    """What all editions share was read."""

    editions: Editions


@dataclass(eq=False, repr=False, match_args=False)
class EditionRead(WorkerMessage):
    """An edition was read; `page` is None when its records are gone."""

    number: int
    page: EditionPage | None


@dataclass(eq=False, repr=False, match_args=False)
class HottestRead(WorkerMessage):
    """The hottest stories of a week were read."""

    headlines: Sequence[Headline]


@dataclass(eq=False, repr=False, match_args=False)
class PictureDrawn(WorkerMessage):
    """A picture was drawn for whoever knows the token, or `failure` says why not."""

    token: object
    drawing: Drawing | None
    failure: str = ""


@dataclass(eq=False, repr=False, match_args=False)
class IndexMissing(WorkerMessage):
    """There is nothing to read yet."""


@dataclass(eq=False, repr=False, match_args=False)
class QueryFailed(WorkerMessage):
    """The index did not answer; `words` say why, `damaged` that it has to be built again."""

    words: str
    _: KW_ONLY
    damaged: bool = False


@dataclass(eq=False, repr=False, match_args=False)
class IndexGrew(WorkerMessage):
    """A refresh made progress."""

    progress: Progress


@dataclass(eq=False, repr=False, match_args=False)
class CorpusChanged(WorkerMessage):
    """Files of the corpus were added, removed or changed."""


@dataclass(eq=False, repr=False, match_args=False)
class RefreshEnded(WorkerMessage):
    """A refresh has ended; `failure` is its error message, if any. `asked` if a key started it."""

    _: KW_ONLY
    failure: str = ""
    changed: bool = False
    asked: bool = False


@dataclass(eq=False, repr=False, match_args=False)
class SyncMoved(WorkerMessage):
    """A sync made progress, described by `words`."""

    words: str


@dataclass(eq=False, repr=False, match_args=False)
class SyncEnded(WorkerMessage):
    """A sync has ended; `words` describe the result, `has_changed` says whether files were written.

    `new` is the number of new records.
    """

    words: str
    _: KW_ONLY
    has_changed: bool
    new: int


@dataclass(eq=False, repr=False, match_args=False)
class DownloadMoved(WorkerMessage):
    """A download made progress, described by `words`."""

    words: str


@dataclass(eq=False, repr=False, match_args=False)
class DownloadEnded(WorkerMessage):
    """A download has ended; `words` say how."""

    words: str


@dataclass
class SourcesDue(WorkerMessage):
    """Sources are due for a sync by themselves, and the next one in so many seconds."""

    names: Sequence[str]
    wait: int


@dataclass(eq=False, repr=False, match_args=False)
class SourcesFound(WorkerMessage):
    """Sources were looked for; `failure` says why there are none. `request` numbers the search."""

    request: int
    found: Sequence[Candidate]
    failure: str = ""


@dataclass(eq=False, repr=False, match_args=False)
class SourceDeclared(WorkerMessage):
    """A source was written to the settings, or could not be, as `failure` says."""

    added: AddedSource | None
    settings: Settings
    failure: str = ""


@dataclass(eq=False, repr=False, match_args=False)
class TextCopied(WorkerMessage):
    """A program has put a text on the clipboard, or none could; `what` describes the text."""

    text: str
    what: str
    is_there: bool


@dataclass(eq=False, repr=False, match_args=False)
class Notification(WorkerMessage):
    """Something was done in the background, or could not be, as `words` say."""

    words: str


@dataclass(eq=False, repr=False, match_args=False)
class LinkOpened(WorkerMessage):
    """A browser was launched, or could not be; `failed_url` is offered for copying."""

    words: str
    _: KW_ONLY
    failed_url: str = ""


Handler = TypeVar("Handler", bound=Callable[..., None])

_HANDLED = "_handled_messages"


def handles(*messages: type[Message]) -> Callable[[Handler], Handler]:
    """Mark a method of a controller as the handler of some messages."""

    def mark(method: Handler) -> Handler:
        setattr(method, _HANDLED, messages)
        return method

    return mark


class MessageRouter:
    """Passes messages to the controllers whose methods handle them."""

    def __init__(self, controllers: Iterable[object]) -> None:
        self._handlers: dict[type[Message], list[Callable[[Any], None]]] = defaultdict(list)
        for controller in controllers:
            for name in vars(type(controller)):
                method = getattr(type(controller), name)
                for message in getattr(method, _HANDLED, ()):
                    self._handlers[message].append(getattr(controller, name))

    def dispatch(self, message: Message) -> None:
        """Call each handler of the message's type, in the order of the controllers."""
        for handler in self._handlers.get(type(message), ()):
            handler(message)
