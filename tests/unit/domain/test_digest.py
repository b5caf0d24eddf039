"""Sections of a newsletter."""

from __future__ import annotations

from newsreader.domain.digest import main_topic, sections
from newsreader.domain.topics import Topic, TopicTree

TREE = TopicTree([Topic("AI"), Topic("Vision", parent="AI")])


def test_the_main_topic_is_the_most_specific_one() -> None:
    assert main_topic(("ai", "vision"), TREE) == "Vision"
    assert main_topic(("Robots", "Cars"), TREE) == "Robots"
    assert main_topic((), TREE) == ""


def test_stories_are_grouped_up_to_a_number_of_all_and_of_each_topic() -> None:
    stories = [("AI", 1), ("Vision", 2), ("AI", 3), ("AI", 4)]
    assert sections(stories) == [("AI", [1, 3, 4]), ("Vision", [2])]
    assert sections(stories, most=3) == [("AI", [1, 3]), ("Vision", [2])]
    assert sections(stories, most_each=1) == [("AI", [1]), ("Vision", [2])]
