"""What rules change, once each, and how that is undone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.app.index_refresh import IndexRefresh
from newsreader.app.marking import Marker
from newsreader.app.rules import RulePlan, apply_rules, apply_to_new, plan_rules
from newsreader.app.undo import UndoStack
from newsreader.domain.marks import Mark
from newsreader.domain.rules import Rule
from newsreader.domain.tags import TagEdit
from newsreader.domain.view import Scope, View
from newsreader.library import Library, Progress
from newsreader.settings.model import Settings
from newsreader.state.rules_applied import applied_until
from tests.unit.library.corpora import Corpus


class LibraryHere(Library):
    """A library whose refresh runs in this process."""

    corpus: Corpus

    def refresh(self) -> LibraryHere:  # type: ignore[override]
        return self

    def progress(self) -> Iterator[Progress]:
        return self.corpus.refreshing()

    def stop(self) -> None:
        """Nothing runs in the background."""


class Ruled:
    """A corpus of three records in which rules apply."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.corpus = Corpus(folder)
        for name in ("ad one", "ad two", "news"):
            self.put(name)
        self.corpus.refresh()
        self.library = self.with_rules()
        self.marker = Marker(self.library, Settings(), UndoStack())

    def put(self, name: str) -> None:
        self.corpus.put(f"{name}.md", title=name, webUrl=f"https://news.example/{name.replace(' ', '-')}")

    def with_rules(self, *rules: Rule) -> LibraryHere:
        library = LibraryHere(
            self.corpus.root,
            self.folder / "cache",
            marks=self.folder / "marks.sqlite",
            visits=self.folder / "visits",
            rules=rules,
        )
        library.index, library.corpus = self.corpus.index, self.corpus
        return library

    def plan(self, *rules: Rule) -> RulePlan:
        with closing(self.library.reader()) as reader:
            return plan_rules(reader, rules)

    def apply(self, *rules: Rule) -> int:
        return apply_rules(self.library, self.plan(*rules))

    def found(self, text: str = "", scope: Scope = Scope.EVERYTHING) -> list[str]:
        with closing(self.library.reader()) as reader:
            ids = reader.ids(View(scope, filter=text))
            return sorted(row.title for row in reader.headlines(ids) if row)


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Ruled]:
    ruled = Ruled(tmp_path)
    with closing(ruled.marker):
        yield ruled


HIDE_ADS = Rule("title:ad", (Mark.HIDDEN,))


def test_a_plan_names_what_each_rule_changes_and_changes_nothing(ruled: Ruled) -> None:
    plan = ruled.plan(
        Rule("title:ad", (Mark.READ, Mark.STARRED)), Rule("title:news", (Mark.LATER,)), HIDE_ADS
    )
    titles = [sorted(effect.titles) for effect in plan.effects]
    assert titles == [["ad one", "ad two"], ["news"], ["ad one", "ad two"]]
    assert (plan.stories, len(plan.changes)) == (3, 7)
    assert not (ruled.folder / "marks.sqlite").exists()


def test_the_last_word_of_a_filter_is_complete(ruled: Ruled) -> None:
    assert ruled.plan(Rule("title:a", (Mark.READ,))).stories == 0


def test_marks_and_tags_are_set_as_one_step(ruled: Ruled) -> None:
    assert ruled.apply(Rule("title:ad", (Mark.READ, Mark.LATER), ("ads",)), Rule("one", tags=("first",))) == 2
    assert ruled.found("is:read is:later tag:ads") == ["ad one", "ad two"]
    assert ruled.found("tag:=ads tag:=first") == ["ad one"]
    change = ruled.marker.undo()
    assert change is not None
    assert (change.words, change.hides) == ("Applied rules to 2 stories", False)
    assert ruled.found("is:read OR is:later OR is:tagged") == []


def test_a_second_application_changes_nothing(ruled: Ruled) -> None:
    rules = (Rule("title:ad", (Mark.READ,), ("ads",)), HIDE_ADS)
    assert (ruled.apply(*rules[:1]), ruled.apply(*rules[:1])) == (2, 0)
    assert (ruled.apply(*rules), ruled.apply(*rules)) == (2, 0)


def test_tags_of_the_reader_stay(ruled: Ruled) -> None:
    with closing(ruled.library.reader()) as reader:
        ids = reader.ids(View(Scope.EVERYTHING, filter="title:one "))
    ruled.marker.tag_all(ids, TagEdit(added=("mine",)))
    ruled.apply(Rule("title:ad", tags=("ads",)))
    assert ruled.found("tag:=mine tag:=ads") == ["ad one"]


def test_hidden_records_are_left_out_of_lists_and_counts_and_found_on_request(ruled: Ruled) -> None:
    ruled.apply(HIDE_ADS)
    assert ruled.found() == ruled.found("-nothing") == ["news"]
    assert ruled.found("is:hidden") == ruled.found("title:ad is:hidden") == ["ad one", "ad two"]
    assert ruled.found("-is:hidden") == ["news"]
    assert ruled.found("is:hidden OR title:news ") == ["ad one", "ad two", "news"]
    with closing(ruled.library.reader()) as reader:
        counts = reader.counts(Scope.EVERYTHING)
        assert (counts.front, counts.everything, sum(counts.types.values())) == (1, 1, 1)
        assert reader.count(View(Scope.EVERYTHING)) == 1
    change = ruled.marker.undo()
    assert change is not None
    assert change.hides
    assert ruled.found() == ["ad one", "ad two", "news"]


def test_new_records_are_changed_once_each(ruled: Ruled) -> None:
    library = ruled.with_rules(Rule("title:ad", (Mark.READ,)))
    assert apply_to_new(library) == 0  # what was there before the rules stays
    assert apply_to_new(library) == 0
    ruled.put("ad three")
    ruled.put("sports")
    ruled.corpus.refresh()
    assert apply_to_new(library) == 1
    assert ruled.found("is:read") == ["ad three"]
    ruled.marker.undo()
    assert apply_to_new(library) == 0
    assert ruled.found("is:read") == []


def test_a_refresh_applies_the_rules_and_says_so(ruled: Ruled) -> None:
    library = ruled.with_rules(HIDE_ADS)
    first = IndexRefresh(library, undo="ctrl+z")
    list(first.progress())
    assert first.notice == ""
    ruled.put("ad three")
    second = IndexRefresh(library, undo="ctrl+z")
    list(second.progress())
    assert second.notice == "The rules have changed 1 story; ctrl+z undoes it."
    assert ruled.found() == ["ad one", "ad two", "news"]


def test_a_refresh_says_why_rules_were_not_applied(ruled: Ruled) -> None:
    library = ruled.with_rules(HIDE_ADS)
    list(IndexRefresh(library).progress())
    (ruled.folder / "marks.sqlite").mkdir()
    ruled.put("ad three")
    refresh = IndexRefresh(library)
    list(refresh.progress())
    assert refresh.notice.startswith("The rules were not applied. ")
    os.rmdir(ruled.folder / "marks.sqlite")  # noqa: PTH106
    again = IndexRefresh(library)
    list(again.progress())
    assert again.notice == "The rules have changed 1 story."


def test_without_rules_or_a_place_for_marks_nothing_is_applied(ruled: Ruled) -> None:
    assert apply_to_new(ruled.with_rules()) == 0
    library = ruled.with_rules(HIDE_ADS)
    library.marks_file = None
    assert apply_to_new(library) == 0
    assert apply_rules(library, ruled.plan(HIDE_ADS)) == 0
    library = ruled.with_rules(HIDE_ADS)
    library.rules_file = None
    assert apply_to_new(library) == 0


def test_an_unreadable_state_counts_as_none(ruled: Ruled) -> None:
    library = ruled.with_rules(HIDE_ADS)
    assert library.rules_file is not None
    library.rules_file.parent.mkdir()
    library.rules_file.write_text("soon", encoding="utf-8")
    assert applied_until(library.rules_file) is None
    assert apply_to_new(library) == 0
    assert applied_until(library.rules_file) is not None
