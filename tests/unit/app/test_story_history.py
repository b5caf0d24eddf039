"""Which story is open, and the way back to those visited before."""

from __future__ import annotations

import pytest

from newsreader.app.story_history import NoVisitError, StoryHistory, target_of
from newsreader.domain.story_page import Coverage, Match, StoryPage, entry_page
from newsreader.render.story_lines import Follow, Show
from tests.builders import a_record, a_related


def _page(record_id: int) -> StoryPage:
    return StoryPage(a_record(path=f"{record_id}.md"), record_id)


@pytest.fixture
def history() -> StoryHistory[int]:
    """Record 1 is open."""
    history = StoryHistory[int]()
    assert history.preview(1, 0)
    history.show(_page(1))
    return history


def _open(history: StoryHistory[int], record_id: int, position: int = 0) -> None:
    history.preview(record_id, position)
    history.show(_page(record_id))


def test_what_is_open_or_under_way_is_not_read_again(history: StoryHistory[int]) -> None:
    assert not history.preview(1, 0)
    assert history.preview(2, 0)
    assert not history.preview(2, 0)
    assert history.preview(1, 0)  # 2 was wanted meanwhile


def test_previews_replace_each_other(history: StoryHistory[int]) -> None:
    _open(history, 2)
    with pytest.raises(NoVisitError, match="the first story visited"):
        history.back(0)


def test_an_entered_story_is_gone_back_to_at_its_position(history: StoryHistory[int]) -> None:
    history.enter()
    _open(history, 2, position=7)
    assert history.back(3) == (_page(1), 7)
    assert history.page == _page(1)
    assert history.forward(7) == (_page(2), 3)
    with pytest.raises(NoVisitError, match="the last story visited"):
        history.forward(0)


def test_what_is_followed_is_a_visit(history: StoryHistory[int]) -> None:
    history.visit(5, 4)
    assert history.wanted == 5
    assert not history.is_at(1)
    history.show(_page(5))
    elsewhere = entry_page(a_related())
    history.visit(elsewhere, 2)
    assert history.page == elsewhere
    _open(history, 6)
    assert [history.back(0).page for _ in range(3)] == [elsewhere, _page(5), _page(1)]


def test_a_closed_pane_has_no_way_back() -> None:
    history = StoryHistory[int]()
    history.enter()
    history.visit(1, 0)  # no story is left behind
    history.clear()
    assert history.wanted is None
    for step in (history.back, history.forward):
        with pytest.raises(NoVisitError):
            step(0)


def test_stories_that_the_corpus_lacks_are_told_apart(history: StoryHistory[int]) -> None:
    assert history.shows(_page(1))
    assert not history.shows(_page(2))
    one, other = (entry_page(a_related(title=title)) for title in ("One", "Other"))
    assert not history.shows(one)
    history.visit(one, 0)
    assert history.shows(one)
    assert not history.shows(other)
    assert not StoryHistory[int]().shows(one)


def test_a_target_is_a_record_or_a_story_made_of_the_entry() -> None:
    entry = a_related()
    assert target_of(Show(4)) == 4
    assert target_of(Follow(Coverage(entry, 3, Match.ADDRESS))) == 3
    assert target_of(Follow(Coverage(entry, None, Match.NONE))) == entry_page(entry)


def _trail(history: StoryHistory[int]) -> list[int | None]:
    return [page.record_id for page in history.trail]


def test_the_trail_names_the_stories_followed_from_the_list(history: StoryHistory[int]) -> None:
    history.visit(5, 0)
    assert _trail(history) == []  # nothing has been read yet
    history.show(_page(5))
    elsewhere = entry_page(a_related())
    history.visit(elsewhere, 0)
    assert _trail(history) == [1, 5]
    history.back(0)
    assert _trail(history) == [1]
    history.back(0)
    assert _trail(history) == []
    history.forward(0)
    assert history.page == _page(5)
    assert _trail(history) == [1]


def test_another_story_of_the_list_begins_a_new_trail(history: StoryHistory[int]) -> None:
    history.visit(5, 0)
    history.show(_page(5))
    _open(history, 2)
    assert _trail(history) == []
    history.back(0)
    assert _trail(history) == [1]
    history.clear()
    history.visit(7, 0)
    history.show(_page(7))
    assert _trail(history) == []
