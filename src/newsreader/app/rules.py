"""Apply the rules of the settings to the records of a corpus."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.tags import TagEdit, joined_tags
from newsreader.domain.view import Scope, View
from newsreader.state.rules_applied import applied_until, keep_applied_until

if TYPE_CHECKING:
    from newsreader.domain.rules import Rule
    from newsreader.library import Library, Reader


class RuleEffect(NamedTuple):
    """A rule, and the titles of the stories that it changes."""

    rule: Rule
    titles: tuple[str, ...]


class RulePlan(NamedTuple):
    """What all rules change: an effect for each rule, and the changes."""

    effects: tuple[RuleEffect, ...]
    changes: tuple[MarkChange, ...]

    @property
    def stories(self) -> int:
        """The number of stories that are changed."""
        return len({change.identity.key for change in self.changes})


def plan_rules(reader: Reader, rules: Iterable[Rule], *, only_new: bool = False) -> RulePlan:
    """Find out what rules change, in their order; each finds the marks as they were before all of them.

    Hidden records are left alone, unless a filter names `is:hidden`. With `only_new`, rules apply only to the
    records that came in since the last visit of the reader.
    """
    planner = _Planner(reader, frozenset(reader.ids(_everything("is:new "))) if only_new else None)
    effects = tuple(map(planner.add, rules))
    return RulePlan(effects, tuple(planner.changes.values()))


def apply_rules(library: Library, plan: RulePlan) -> int:
    """Set the marks of a plan as one step that can be undone; return the number of stories.

    Raises:
        MarksError: nothing was marked.

    """
    from newsreader.app.marking import count_stories
    from newsreader.library.marks.store import Marks

    if not plan.changes or library.marks_file is None:
        return 0
    with closing(Marks(library.marks_file)) as marks:
        marks.set(f"Applied rules to {count_stories(plan.stories)}", plan.changes)
    return plan.stories


def apply_to_new(library: Library) -> int:
    """Apply the rules to what has come into a corpus since the last call; return the number of stories.

    The first call only notes what is there: records that were there before the rules are changed on request.

    Raises:
        IndexUnusableError: there is no index.
        MarksError: nothing was marked.

    """
    file = library.rules_file
    if file is None or library.marks_file is None or not library.rules:
        return 0
    before = applied_until(file)
    with closing(library.reader(before)) as reader:
        until = reader.newest_arrival()
        is_new = before is not None and until > before
        plan = plan_rules(reader, library.rules, only_new=True) if is_new else RulePlan((), ())
    changed = apply_rules(library, plan)
    if before is None or is_new:
        keep_applied_until(file, until)
    return changed


class _Planner:
    """Collects changes; several rules may change one story."""

    def __init__(self, reader: Reader, only: Container[int] | None) -> None:
        self._reader = reader
        self._only = only
        self.changes: dict[tuple[int, Mark], MarkChange] = {}

    def add(self, rule: Rule) -> RuleEffect:
        """Add the changes of a rule."""
        found = self._reader.ids(_everything(rule.filter))
        ids = [id_ for id_ in found if self._only is None or id_ in self._only]
        stories = dict(self._reader.identities(ids))
        marks = self._reader.marks_of([identity.key for identity in stories])
        changed: list[str] = []
        for identity, title in stories.items():
            held = marks.get(identity.key, MarkSet.NONE)
            missing = [mark for mark in rule.marks if mark.flag not in held]
            for mark in missing:
                self.changes[identity.key, mark] = MarkChange(identity, mark, 1, title)
            is_tagged = bool(rule.tags) and self._tag(identity, title, rule.tags)
            if missing or is_tagged:
                changed.append(title)
        return RuleEffect(rule, tuple(changed))

    def _tag(self, identity: Identity, title: str, tags: Sequence[str]) -> bool:
        """Add tags to a story; return whether it lacked any."""
        held = self._reader.tags_of(identity.key)
        if set(tags) <= set(held):
            return False
        planned = self.changes.get((identity.key, Mark.TAGS))
        before = held if planned is None else str(planned.value).split()
        after = TagEdit(added=tuple(tags)).apply(before)
        self.changes[identity.key, Mark.TAGS] = MarkChange(identity, Mark.TAGS, joined_tags(after), title)
        return True


def _everything(text: str) -> View:
    return View(scope=Scope.EVERYTHING, filter=text, fold=False)
