"""Marking stories, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from newsreader.app.undo import Change, ChangeTarget, UnchangedError, UndoStack
from newsreader.domain.mark_changes import Identity, MarkChange, MarkStep, identity_of
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.sanitize import shorten
from newsreader.domain.tags import TagEdit, joined_tags

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage
    from newsreader.library import Library
    from newsreader.library.marks.store import Marks
    from newsreader.settings.model import Settings

_TITLE = 40
"""Characters of a title in a message."""

_WORDS = {
    (Mark.READ, True): "Marked {} as read",
    (Mark.READ, False): "Marked {} as unread",
    (Mark.STARRED, True): "Starred {}",
    (Mark.STARRED, False): "Removed the star from {}",
    (Mark.LATER, True): "Saved {} to read later",
    (Mark.LATER, False): "Removed {} from read later",
    (Mark.HIDDEN, True): "Hid {}",
    (Mark.HIDDEN, False): "Unhid {}",
}


class Marker:
    """Marks stories of a corpus, and undoes and redoes that step by step.

    The database is opened on first use. Methods that change marks raise `MarksError`, `IndexUnusableError` or
    `IndexFailedError`; then nothing was marked.
    """

    def __init__(self, library: Library, settings: Settings, undo: UndoStack) -> None:
        self._library = library
        self._with_coverage = settings.mark_coverage
        self._marks_when_shown = settings.mark_read_after is not None
        self._undo = undo
        undo.marks = self
        self._marks: Marks | None = None

    def open(self) -> str:
        """Open the marks unless they are open; return what the reader should know about them, once."""
        from newsreader.library.marks.store import Marks, MarksError

        if self._marks is not None:
            return ""
        if self._library.marks_file is None:
            raise MarksError("Nothing can be marked here.")
        self._marks = Marks(self._library.marks_file)
        return self._marks.notice

    def close(self) -> None:
        """Close the marks."""
        marks, self._marks = self._marks, None
        if marks is not None:
            marks.close()

    @property
    def store(self) -> Marks | None:
        """The marks, None while they are not open."""
        return self._marks

    def toggle(self, mark: Mark, page: StoryPage) -> Change:
        """Toggle a mark of a story; READ of a lead also marks its reports."""
        identity = self._identity(page)
        others = self._others(page) if mark is Mark.READ else []
        on = not self._store().get(identity, mark)
        words = _WORDS[mark, on].format(_named(page.record.title, len(others)))
        change = MarkChange(identity, mark, int(on), page.record.title)
        return self._set(words, [change, *self._changes(others, mark, on=on)])

    def toggle_all(self, mark: Mark, ids: Sequence[int]) -> Change:
        """Set a mark of several stories, or remove it if all have it."""
        with closing(self._library.reader()) as reader:
            named = reader.identities(ids)
            leads = ids if mark is Mark.READ and self._with_coverage else []
            members = [member.record_id for lead in leads for member in reader.members(lead)]
        store = self._store()
        on = not all(store.get(identity, mark) for identity, _ in named)
        changes = [MarkChange(identity, mark, int(on), title) for identity, title in named]
        words = _WORDS[mark, on].format(count_stories(len(named)))
        return self._set(words, [*changes, *self._changes(members, mark, on=on)])

    def mark_all_read(self, ids: Sequence[int]) -> Change:
        """Mark these stories as read."""
        words = f"Marked {count_stories(len(ids))} as read"
        return self._set(words, self._changes(ids, Mark.READ, on=True))

    def note(self, page: StoryPage, text: str) -> Change:
        """Set the note on a story; an empty text removes it."""
        title = page.record.title
        words = f"{'Noted something on' if text.strip() else 'Removed the note from'} {_named(title)}"
        change = MarkChange(self._identity(page), Mark.NOTE, text, title)
        return self._set(words, [change], unchanged="The note is unchanged.")

    def tag(self, page: StoryPage, edit: TagEdit) -> Change:
        """Add tags to a story and remove others from it."""
        words = f"Tagged {_named(page.record.title)} {edit}"
        return self._tag(words, [(self._identity(page), page.record.title)], edit)

    def tag_all(self, ids: Sequence[int], edit: TagEdit) -> Change:
        """Add tags to several stories and remove others from them."""
        with closing(self._library.reader()) as reader:
            named = reader.identities(ids)
        return self._tag(f"Tagged {count_stories(len(named))} {edit}", named, edit)

    def common_tags(self, ids: Sequence[int]) -> tuple[str, ...]:
        """Return the tags that all of these stories have."""
        with closing(self._library.reader()) as reader:
            named = reader.identities(ids)
        all_tags = [set(self._tags(identity)) for identity, _ in named]
        return tuple(sorted(set.intersection(*all_tags))) if all_tags else ()

    def _tag(self, words: str, named: Sequence[tuple[Identity, str]], edit: TagEdit) -> Change:
        changes = [
            MarkChange(identity, Mark.TAGS, joined_tags(edit.apply(self._tags(identity))), title)
            for identity, title in named
        ]
        return self._set(words, changes, unchanged="The tags are unchanged.")

    def _tags(self, identity: Identity) -> list[str]:
        return str(self._store().get(identity, Mark.TAGS)).split()

    def mark_shown(self, page: StoryPage) -> bool:
        """Mark a story as read because it was shown, unless the settings leave that to the reader.

        Undo leaves this mark alone: no message has named it.

        Returns:
            Whether any mark has changed.

        """
        if not self.marks_when_shown(page):
            return False
        identity, title = self._identity(page), page.record.title
        others = self._changes(self._others(page), Mark.READ, on=True)
        return self._store().set_silently([MarkChange(identity, Mark.READ, 1, title), *others]) > 0

    def marks_when_shown(self, page: StoryPage) -> bool:
        """Whether a story is to be marked as read when it has been shown."""
        is_unread = page.record_id is not None and MarkSet.READ not in page.marks
        return is_unread and self._marks_when_shown and self._library.marks_file is not None

    def undo(self) -> Change | None:
        """Undo the last step of marks, of whatever session."""
        return None if self._library.marks_file is None else _change(self._store().undo())

    def redo(self) -> Change | None:
        """Redo the step of marks that was undone last."""
        return None if self._library.marks_file is None else _change(self._store().redo())

    def _store(self) -> Marks:
        self.open()
        assert self._marks is not None  # noqa: S101 - `open` raises where it cannot be
        return self._marks

    def _set(
        self, words: str, changes: Sequence[MarkChange], unchanged: str = "Nothing has changed."
    ) -> Change:
        if not self._store().set(words, changes):
            raise UnchangedError(unchanged)
        self._undo.push(self)
        hides = any(change.mark is Mark.HIDDEN for change in changes)
        return Change(words, ChangeTarget.MARKS, hides=hides)

    def _identity(self, page: StoryPage) -> Identity:
        if page.record_id is None and not page.record.urls():
            raise UnchangedError("A story with no address that is not in this corpus cannot be marked.")
        return identity_of(page.record.urls(), page.record.path)

    def _others(self, page: StoryPage) -> list[int]:
        """The other reports of the story if this record is its lead."""
        members = [member.record_id for member in page.members]
        leads = bool(members) and members[0] == page.record_id
        return members[1:] if leads and self._with_coverage else []

    def _changes(self, ids: Sequence[int], mark: Mark, *, on: bool) -> list[MarkChange]:
        if not ids:
            return []
        with closing(self._library.reader()) as reader:
            named = reader.identities(ids)
        return [MarkChange(identity, mark, int(on), title) for identity, title in named]


def count_stories(number: int) -> str:
    """Format a number of stories."""
    return f"{number:,} stor{'y' if number == 1 else 'ies'}"


def _change(step: MarkStep | None) -> Change | None:
    return None if step is None else Change(step.words, ChangeTarget.MARKS, hides=step.hides)


def _named(title: str, others: int = 0) -> str:
    """A story in a message."""
    besides = f" and its {others} other report{'' if others == 1 else 's'}" if others else ""
    return f"“{shorten(title, _TITLE)}”{besides}"
