from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.topics import is_topic_path, read_topic
from newsreader.domain.topics import Topic

PATH = "_data/topics/01-machine-learning.yaml"
FILE = """\
taxonomy: topic
_id: machine-learning
name: Machine Learning
shortname: ML
parent: AI
description: Machines that learn.
keywords:
  - machine learning
services:
  news: https://a.example/api/news/
"""


@pytest.mark.parametrize(
    ("path", "is_topic"),
    [
        ("_data/topics/00-ai.yaml", True),
        ("topics/AI.YML", True),
        ("deep/er/topics/x.yaml", True),
        ("_data/topics.yaml", False),
        ("_data/topics/deep/x.yaml", False),
        ("_data/topics/README.md", False),
        ("_data/subtopics/x.yaml", False),
        ("x.yaml", False),
    ],
)
def test_topics_are_yaml_files_in_a_folder_of_that_name(path: str, is_topic: bool) -> None:
    assert is_topic_path(path) is is_topic


@pytest.mark.parametrize("end", ["", "---\n", "---", "---\n\n", "...\n", "---\n---\n"])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_topic_file_is_read_whatever_it_ends_in(end: str, eol: str, mark: str) -> None:
    topic, defects = read_topic((mark + (FILE + end).replace("\n", eol)).encode(), PATH)
    assert defects == ()
    assert topic == Topic(
        name="Machine Learning",
        key="machine-learning",
        shortname="ML",
        parent="AI",
        position="01-machine-learning.yaml",
        description="Machines that learn.",
    )


def test_a_name_is_enough() -> None:
    assert read_topic(b"name: AI", "topics/00-ai.yaml") == (Topic("AI", position="00-ai.yaml"), ())


def test_values_of_the_wrong_type_are_left_out() -> None:
    topic, defects = read_topic(b"name: 2021\nparent: [x]\nshortname: {a: b}\n", PATH)
    assert defects == ()
    assert topic is not None
    assert (topic.name, topic.parent, topic.shortname) == ("2021", "", "")


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"- a\n", b"words"])
def test_a_file_without_keys_is_no_topic(content: bytes) -> None:
    assert read_topic(content, PATH) == (None, ())


def test_a_file_that_describes_something_else_is_no_topic() -> None:
    assert read_topic(b"taxonomy: organization\nname: WHO\n", PATH) == (None, ())


@pytest.mark.parametrize("content", [b"taxonomy: topic\nparent: AI\n", b"name:\nparent: AI", b"name: [AI]\n"])
def test_a_topic_without_a_name_is_a_defect(content: bytes) -> None:
    topic, defects = read_topic(content, PATH)
    assert topic is None
    assert [defect.reason for defect in defects] == ["name: a topic needs one"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"name: AI\nparent: a: b\n", 2),
        (b"name: AI\nkeywords:\n\t- x\n", 3),
        (b'name: AI\ndescription: "never closed\n', 2),
        (b"name: " + b"[" * 100_000, 1),
        (b"a: &a [*a]", 1),
    ],
)
def test_a_broken_topic_file_is_a_defect_on_its_line(content: bytes, line: int) -> None:
    topic, defects = read_topic(content, PATH)
    assert topic is None
    assert [defect.line for defect in defects] == [line]


def test_control_characters_stay_out_of_topics() -> None:
    hostile = b'"a\\e[31mb\\u202ec\\nd"'
    content = b"name: %b\nparent: %b\ndescription: %b\n" % ((hostile,) * 3)
    topic, defects = read_topic(content, PATH)
    assert topic is not None
    assert (topic.name, topic.parent, topic.description) == (
        "abc d",
        "abc d",
        "abc d",
    )
    assert defects == ()


@given(st.binary() | st.binary().map(lambda data: b"name: AI\n" + data))
def test_no_bytes_make_reading_a_topic_fail(content: bytes) -> None:
    topic, _ = read_topic(content, PATH)
    assert topic is None or topic.name
