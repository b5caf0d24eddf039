"""What it means to mark a story: which records are marked along with it, and what is said of that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.mark_changes import MarkChange, identity_of
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.sanitize import shorten

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage
    from newsreader.library import Library
    from newsreader.library.marks.store import Marks

_TITLE = 40
"""Characters of a title in a message."""

_WORDS = {
    (Mark.READ, True): "Marked {} as read",
    (Mark.READ, False): "Marked {} as unread",
    (Mark.STARRED, True): "Starred {}",
    (Mark.STARRED, False): "Took the star off {}",
    (Mark.LATER, True): "Put {} aside to read later",
    (Mark.LATER, False): "{} is no longer to be read later",
}


class Marked(NamedTuple):
    """What was done, in words, and how many marks have changed."""

    words: str
    changes: int


class Marker:
    """Marks stories of a corpus, each time as one step that can be undone.

    Its methods may raise `MarksError`, `IndexUnusableError` and `IndexFailedError`; then nothing was marked.

    Args:
        library: Whose records are marked.
        with_coverage: Whether a lead is read and unread with all its reports.

    """

    def __init__(self, library: Library, *, with_coverage: bool) -> None:
        self._library = library
        self._with_coverage = with_coverage

    def toggle(self, marks: Marks, mark: Mark, page: StoryPage) -> Marked:
        """Set a mark of a story, or take it off."""
        identity = identity_of(page.record.urls(), page.record.path)
        others = self._others(page) if mark is Mark.READ else []
        on = not marks.get(identity, mark)
        changes = [
            MarkChange(identity, mark, int(on), page.record.title),
            *self._changes(others, mark, on=on),
        ]
        words = _WORDS[mark, on].format(_named(page.record.title, len(others)))
        return Marked(words, marks.set(words, changes))

    def toggle_all(self, marks: Marks, mark: Mark, ids: Sequence[int]) -> Marked:
        """Set a mark of several stories, or take it off where all have it."""
        with closing(self._library.reader()) as reader:
            named = reader.identities(ids)
            leads = ids if mark is Mark.READ and self._with_coverage else []
            members = [member.record_id for lead in leads for member in reader.members(lead)]
        on = not all(marks.get(identity, mark) for identity, _ in named)
        changes = [MarkChange(identity, mark, int(on), title) for identity, title in named]
        words = _WORDS[mark, on].format(stories_in_words(len(named)))
        return Marked(words, marks.set(words, [*changes, *self._changes(members, mark, on=on)]))

    def read_all(self, marks: Marks, ids: Sequence[int]) -> Marked:
        """Mark these stories as read."""
        words = f"Marked {stories_in_words(len(ids))} as read"
        return Marked(words, marks.set(words, self._changes(ids, Mark.READ, on=True)))

    def read(self, marks: Marks, page: StoryPage) -> Marked:
        """A story has been read."""
        title, others = page.record.title, self._others(page)
        identity = identity_of(page.record.urls(), page.record.path)
        changes = [MarkChange(identity, Mark.READ, 1, title), *self._changes(others, Mark.READ, on=True)]
        words = f"Read {_named(title, len(others))}"
        return Marked(words, marks.set(words, changes))

    def note(self, marks: Marks, page: StoryPage, text: str) -> Marked:
        """Put a note on a story; an empty one takes it off."""
        title = page.record.title
        words = f"{'Noted something on' if text.strip() else 'Took the note off'} {_named(title)}"
        identity = identity_of(page.record.urls(), page.record.path)
        changed = marks.set(words, [MarkChange(identity, Mark.NOTE, text, title)])
        return Marked(words if changed else "The note is what it was.", changed)

    def is_to_be_read(self, page: StoryPage) -> bool:
        """Whether reading a story would change anything."""
        return self._library.marks_file is not None and MarkSet.READ not in page.marks

    def _others(self, page: StoryPage) -> list[int]:
        """The other reports of a story that is led by this one."""
        members = [member.record_id for member in page.members]
        leads = bool(members) and members[0] == page.record_id
        return members[1:] if leads and self._with_coverage else []

    def _changes(self, ids: Sequence[int], mark: Mark, *, on: bool) -> Iterable[MarkChange]:
        if not ids:
            return []
        with closing(self._library.reader()) as reader:
            named = reader.identities(ids)
        return [MarkChange(identity, mark, int(on), title) for identity, title in named]


def stories_in_words(number: int) -> str:
    """So many stories."""
    return f"{number:,} stor{'y' if number == 1 else 'ies'}"


def _named(title: str, others: int = 0) -> str:
    """A story in a message."""
    besides = f" and its {others} other report{'' if others == 1 else 's'}" if others else ""
    return f"“{shorten(title, _TITLE)}”{besides}"
