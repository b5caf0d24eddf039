from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.topics import Topic, TopicTree, nested_in, parents_of

SITE = (
    Topic("Machine Learning", key="machine-learning", shortname="ML", parent="AI", position="01-ml.yaml"),
    Topic("TensorFlow", parent="google ai", position="17-tensorflow.yaml"),
    Topic("Google AI", key="google-ai", parent="AI", position="16-google.yaml"),
    Topic("AI", key="ai", position="00-ai.yaml"),
)

names = st.sampled_from(["AI", "ai", "B", "C", "D", "E", "Ł", "ß", "SS"])
graphs = st.lists(
    st.builds(Topic, name=names, parent=names | st.just(""), position=st.sampled_from(["", "1", "2"]))
)


def outline(tree: TopicTree) -> list[str]:
    """Every topic on a line of its own, indented by its depth."""
    return ["  " * depth + topic.name for topic, depth in tree.walk()]


def test_topics_stand_below_their_parents_in_the_order_of_the_files() -> None:
    assert outline(TopicTree(SITE)) == ["AI", "  Machine Learning", "  Google AI", "    TensorFlow"]


def test_topics_that_only_records_name_follow_in_the_order_of_the_alphabet() -> None:
    tree = TopicTree(SITE, named=["robots", "AI", "machine learning", "Ärger"])
    assert outline(tree)[:1] == ["AI"]
    assert outline(tree)[-2:] == ["robots", "Ärger"]
    assert len(tree) == 6


def test_without_topic_files_the_named_ones_are_a_flat_list() -> None:
    assert outline(TopicTree([], named=["B", "a", "A"])) == ["a", "B"]


def test_without_any_topic_the_tree_is_empty() -> None:
    tree = TopicTree([])
    assert (outline(tree), len(tree), tree.children(), tree.get("AI")) == ([], 0, (), None)


def test_numbers_that_repeat_leave_the_order_to_the_names() -> None:
    topics = [Topic("b", position="01.yaml"), Topic("A", position="01.yaml"), Topic("c", position="00.yaml")]
    assert outline(TopicTree(topics)) == ["c", "A", "b"]


def test_of_two_files_for_one_topic_the_first_one_counts() -> None:
    topics = [Topic("AI", key="second", position="02"), Topic("ai", key="first", position="01")]
    assert [topic.key for topic, _ in TopicTree(topics).walk()] == ["first"]


@pytest.mark.parametrize(
    "topics",
    [
        [Topic("A", parent="nobody describes this")],
        [Topic("A", parent="A")],
        [Topic("A", parent="B"), Topic("B", parent="a")],
        [Topic("A", parent="B"), Topic("B", parent="C"), Topic("C", parent="B")],
    ],
)
def test_a_parent_that_leads_nowhere_or_in_a_circle_leaves_a_root(topics: list[Topic]) -> None:
    tree = TopicTree(topics)
    assert outline(tree) == [topic.name for topic in topics]
    assert tree.lineage("a") == ("A",)


@pytest.mark.parametrize("name", ["Machine Learning", "machine learning", "ml", "ML", "machine-learning"])
def test_a_topic_is_found_by_name_short_name_or_key(name: str) -> None:
    topic = TopicTree(SITE).get(name)
    assert topic is not None
    assert topic.name == "Machine Learning"


@pytest.mark.parametrize("name", ["", " ", "nothing"])
def test_what_names_no_topic_finds_none(name: str) -> None:
    assert TopicTree(SITE).get(name) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mach", ["Machine Learning"]),
        ("m l", ["Machine Learning"]),
        ("m", ["Machine Learning"]),
        ("ml", ["Machine Learning"]),
        ("nl", ["Natural Language Processing"]),
        ("lp", []),
        ("", []),
    ],
)
def test_topics_are_found_by_words_and_short_names_that_are_cut_short(text: str, found: list[str]) -> None:
    tree = TopicTree([*SITE, Topic("Natural Language Processing", shortname="NLP")])
    assert [topic.name for topic in tree.find(text)] == found


def test_a_name_comes_before_another_topics_short_name() -> None:
    tree = TopicTree([Topic("Other", shortname="ML", position="0"), Topic("ML", position="1")])
    topic = tree.get("ml")
    assert topic is not None
    assert topic.name == "ML"


def test_membership_is_a_matter_of_names() -> None:
    tree = TopicTree(SITE)
    assert "tensorflow" in tree
    assert "ML" not in tree
    assert 7 not in tree


def test_children_are_those_directly_below() -> None:
    tree = TopicTree(SITE)
    assert [topic.name for topic in tree.children("ai")] == ["Machine Learning", "Google AI"]
    assert [topic.name for topic in tree.children()] == ["AI"]
    assert tree.children("TensorFlow") == ()


def test_a_lineage_leads_up_to_the_root() -> None:
    tree = TopicTree(SITE)
    assert tree.lineage("tensorFlow") == ("TensorFlow", "Google AI", "AI")
    assert tree.lineage("nothing") == ()


def test_a_topic_without_a_name_is_left_out() -> None:
    assert outline(TopicTree([Topic(""), Topic("A")], named=["", "B"])) == ["A", "B"]


@given(graphs, st.lists(names))
def test_a_walk_meets_each_topic_once_below_its_parent(topics: list[Topic], named: list[str]) -> None:
    tree = TopicTree(topics, named)
    walked = [topic.name.casefold() for topic, _ in tree.walk()]
    assert sorted(walked) == sorted(
        {topic.name.casefold() for topic in topics} | {n.casefold() for n in named}
    )
    assert len(tree) == len(walked)
    for topic, depth in tree.walk():
        assert len(tree.lineage(topic.name)) == depth + 1
        assert topic.name in tree


@pytest.mark.parametrize(
    ("name", "around"),
    [("a/b/c", ("a/b", "a")), ("light/coast", ("light",)), ("a", ()), ("a/", ()), ("/", ())],
)
def test_a_nested_name_tells_what_it_is_nested_in(name: str, around: tuple[str, ...]) -> None:
    assert nested_in(name) == around


def test_the_largest_topics_come_first_where_sizes_are_known() -> None:
    tree = TopicTree([Topic("a/x", parent="a")], ["b", "A", "c"], {"b": 2, "a": 1, "c": 2})
    assert [topic.name for topic in tree.children()] == ["b", "c", "A"]
    assert [topic.name for topic in tree.children("a")] == ["a/x"]


class CountingTopics(dict[str, Topic]):
    """Counts how often a topic is looked up."""

    lookups = 0

    def __getitem__(self, key: str) -> Topic:
        self.lookups += 1
        return super().__getitem__(key)


@pytest.mark.parametrize("root", ["", "n999"])
def test_each_topic_of_a_long_chain_is_looked_up_once(root: str) -> None:
    topics = [Topic("n0", parent=root), *(Topic(f"n{n}", parent=f"n{n - 1}") for n in range(1, 1_000))]
    by_name = CountingTopics({topic.name: topic for topic in topics})
    parents = parents_of(by_name)
    assert by_name.lookups == 1_000
    assert parents["n7"] == ("" if root else "n6")
    tree = TopicTree(topics)
    assert (tree.parent("N7"), tree.parent("n0"), tree.parent("none")) == ("" if root else "n6", "", "")
