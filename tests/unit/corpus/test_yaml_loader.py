from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.corpus.yaml_loader import MAX_DEPTH, MAX_VALUES, TooComplexError, load


def value(text: str) -> Any:
    """What a plain scalar becomes."""
    loaded = load(f"key: {text}")
    assert isinstance(loaded, dict)
    return loaded["key"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("141", 141),
        ("-1", -1),
        ("4.6483517", 4.6483517),
        ("-0.5", -0.5),
        ("null", None),
        ("~", None),
        ("", None),
    ],
)
def test_values_that_read_back_to_the_same_text_are_numbers_and_truths(text: str, found: object) -> None:
    assert value(text) == found
    assert type(value(text)) is type(found)


@pytest.mark.parametrize(
    "text",
    [
        *["No", "yes", "on", "TRUE", "Null", "12:30", "1_000", "0x1F", "010", "0o7", "+5", "-0", "1e3", ".5"],
        *["5.", "1.10", "0.00001", ".inf", ".nan", "=", "<<", "1234567890123456789", "123456789.12345678"],
        *["2021-06-27T06:09:00Z", "2021-05-25T08:00:00-07:00", "2023-04-26 18:15:40 +0000", "2021-06-27"],
        *["2021-13-45", "2021-02-30T25:61:61Z"],
    ],
)
def test_everything_else_stays_text(text: str) -> None:
    assert value(text) == text


@given(st.text("0123456789.-+_:eExTZ~", min_size=1, max_size=20))
@example("0.0001")
@example("0.00001")
@example("999999999999999999")
@example("1234567.12345678")
def test_no_text_is_lost_when_a_plain_value_becomes_a_number(text: str) -> None:
    try:
        found = value(text)
    except yaml.YAMLError:
        return
    assert found is None or str(found) == text or isinstance(found, dict | list)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('!!int "7"', 7),
        ("!!bool Yes", True),
        ("!!float 3", 3.0),
        ("!!str 7", "7"),
        ("!!null x", None),
        ("!!int x", "x"),
        ('!!int ""', ""),
        ("!!float x", "x"),
        ('!!float ""', ""),
        ("!!float .inf", ".inf"),
        ("!!float .nan", ".nan"),
        ("!!float 1e400", "1e400"),
        ("!!bool maybe", "maybe"),
        ("!!timestamp nonsense", "nonsense"),
        ("!!timestamp 2021-99-99", "2021-99-99"),
        ("!!timestamp 2021-06-27", "2021-06-27"),
        ("!!int 0x" + "f" * 5_000, "0x" + "f" * 5_000),
        ("!!int " + "9" * 5_000, "9" * 5_000),
        ("!!int " + "1:" * 50_000 + "1", "1:" * 50_000 + "1"),
    ],
)
def test_a_value_that_does_not_fit_its_tag_stays_text(text: str, found: object) -> None:
    assert value(text) == found


@pytest.mark.parametrize("tag", ["!foo", "!!python/object/apply:os.getcwd", "!!python/name:os.system"])
def test_a_tag_that_is_no_plain_value_is_refused(tag: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load(f"key: {tag} []")


@pytest.mark.parametrize(
    "text", ["!!int [1]", "!!float {a: 1}", "!!bool [x]", "!!timestamp [x]", "? [a]\n: b", "!!binary Ü"]
)
def test_a_tag_on_the_wrong_kind_of_value_is_an_error_in_the_yaml(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load(text)


@pytest.mark.parametrize(
    "text",
    ["name: AI\n---\n", "name: AI\n---", "---\nname: AI\n---\n", "---\n---\nname: AI\n", "name: AI\n--- \n"],
)
def test_an_empty_document_before_or_behind_is_passed_over(text: str) -> None:
    assert load(text) == {"name": "AI"}


@pytest.mark.parametrize("text", ["", "\n", "---", "---\n---\n", "# a comment"])
def test_a_text_without_values_is_nothing(text: str) -> None:
    assert load(text) is None


def test_merge_keys_are_ordinary_keys() -> None:
    assert load("a: &a {k: v}\nb:\n  <<: *a\n") == {"a": {"k": "v"}, "b": {"<<": {"k": "v"}}}


def test_the_last_of_two_equal_keys_counts() -> None:
    assert load("a: 1\na: 2") == {"a": 2}


def nested_flow(depth: int) -> str:
    return "a: " + "[" * depth + "]" * depth


def nested_block(depth: int) -> str:
    return "a:\n " + "- " * depth + "x"


def nested_map(depth: int) -> str:
    return "".join(f"{' ' * level}k:\n" for level in range(depth + 1))


def nested_by_lines(depth: int) -> str:
    return "a:\n" + "".join(f"{' ' * level} -\n" for level in range(depth))


@pytest.mark.parametrize("nested", [nested_flow, nested_block, nested_map, nested_by_lines])
@pytest.mark.parametrize("depth", [MAX_DEPTH, 100, 380])
def test_nesting_beyond_the_bound_is_refused_with_its_line(nested: Any, depth: int) -> None:
    with pytest.raises(TooComplexError, match="nested more than 32 deep") as caught:
        load("first: line\n" + nested(depth))
    assert caught.value.problem_mark is not None
    assert caught.value.problem_mark.line >= 1


@pytest.mark.parametrize("nested", [nested_flow, nested_block, nested_map, nested_by_lines])
def test_nesting_up_to_the_bound_is_read(nested: Any) -> None:
    assert isinstance(load(nested(MAX_DEPTH - 1)), dict)


@pytest.mark.parametrize("opening", ["[", "{", "{a: [", "- ", "-\t", "? ", "? - ", "[?", "[*a,"])
def test_a_hundred_thousand_openings_end_in_an_error(opening: str) -> None:
    with pytest.raises(yaml.YAMLError):
        load("a:\n " + opening * 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [*x]",
        "a: &-x [*-x]",
        "&a a: &x {k: *x}",
        "a: &x {k: {k: [1, *x]}}",
        "a: &x\n- b\n- *x",
        "a: &1 {? *1 : v}",
    ],
)
def test_an_alias_inside_itself_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match=r"refers to itself|unhashable|undefined"):
        load(text)


def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    with pytest.raises(TooComplexError, match="more than 50000 values"):
        load("\n".join(lines))


def test_a_long_text_repeated_by_aliases_is_refused() -> None:
    with pytest.raises(TooComplexError):
        load(f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 1_000)}]")


def test_aliases_in_reason_are_read() -> None:
    assert load("a: &a {k: 1}\nb: [*a, *a]\nc: &c text\nd: *c") == {
        "a": {"k": 1},
        "b": [{"k": 1}, {"k": 1}],
        "c": "text",
        "d": "text",
    }


@pytest.mark.parametrize("entry", ["a,", "- a\n", "k: v\n"])
def test_more_values_than_any_record_has_are_refused(entry: str) -> None:
    entries = entry * (MAX_VALUES * 4)
    with pytest.raises(TooComplexError, match="values"):
        load(f"a: [{entries}]" if entry.endswith(",") else entries)


def test_a_long_text_alone_is_read() -> None:
    assert value("x" * 300_000) == "x" * 300_000


@pytest.mark.parametrize("text", ["2 * 3 & 4", "*bold* R&D", "[brackets] [/] [" + "]" * 5])
def test_quoted_text_that_looks_like_yaml_is_text(text: str) -> None:
    assert value(f"'{text}'") == text


@given(st.text(st.sampled_from("&*-?:[]{}!#|>%@'\"\n ab1~=<,\t"), max_size=40))
def test_whatever_the_text_only_errors_of_yaml_come_out(text: str) -> None:
    with suppress(yaml.YAMLError):
        load(text)
