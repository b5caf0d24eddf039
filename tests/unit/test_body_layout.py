"""Bodies as lines of the story pane: tables, lists, quotes and callouts, in wide panes and narrow ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.render.body import body_lines
from newsreader.render.cells import cell_len
from tests.unit.markup.test_blocks import bodies

TABLE = "| bird | weight | note |\n|---|--:|:-:|\n| カモメ | 1 | [a](https://a.example) |\n| duck | 22 ||\n"


def lines(body: str, width: int = 60) -> list[str]:
    return ["".join(span.text for span in spans) for spans, _ in body_lines(body, width)[0]]


def roles(body: str) -> list[tuple[str, str]]:
    return [(span.text, span.role) for spans, _ in body_lines(body, 60)[0] for span in spans]


def test_the_columns_of_a_table_are_aligned() -> None:
    assert lines(TABLE) == [
        "bird   │ weight │ note",
        "───────┼────────┼─────",
        "カモメ │      1 │  a",
        "duck   │     22 │",
    ]


def test_text_that_is_too_wide_for_its_column_is_wrapped_in_it() -> None:
    body = "| a | b |\n|---|---|\n| one two three four | five |\n"
    assert lines(body, 19) == [
        "a            │ b",
        "─────────────┼─────",
        "one two      │ five",
        "three four   │",
    ]


def test_a_table_without_room_for_its_columns_is_a_list() -> None:
    assert lines(TABLE, 18) == [
        "bird: カモメ",
        "weight: 1",
        "note: a",
        "",
        "bird: duck",
        "weight: 22",
    ]
    assert body_lines(TABLE, 18)[0][2][1] == 0
    body = "| a very long heading | a second one |\n|-|-|\n| d | e |\n"
    assert lines(body, 12) == ["a very long", "heading:", "d", "a second", "one:", "e"]


def test_a_list_of_cells_without_names_shows_the_cells() -> None:
    header_only = "| aaaaaaaaaa | bbbbbbbbbb |\n|-|-|\n"
    assert lines(header_only, 12) == ["aaaaaaaaaa", "bbbbbbbbbb"]


def test_two_tables_in_a_row_stay_apart() -> None:
    table = "<table><thead><tr><th>a</thead><tr><td>b</table>"
    assert lines(table + table) == ["a", "─", "b", "", "a", "─", "b"]


def test_links_in_cells_are_numbered_in_order() -> None:
    body = "[x](https://x.example)\n\n|a|b|\n|-|-|\n|[c](https://c.example)|[d](https://d.example)|\n|[e](https://e.example)||"
    found, urls = body_lines(body, 60)
    assert urls == [f"https://{name}.example" for name in "xcde"]
    assert [link for _, link in found if link >= 0] == [0, 1, 3]


def test_blocks_of_an_item_are_indented_as_its_text() -> None:
    assert lines("10. a\n\n    b\n\n    - c\n\n      d\n\n    > e\n\n- [x] f\n\n  g") == [
        *("10. a", "", "    b", "", "    • c", "", "      d", "", "    │ e", ""),
        *("[x] f", "", "    g"),
    ]


def test_definitions_are_indented_below_their_term() -> None:
    assert lines("1. x\n\n---\n\na\n: b\n: c") == ["1. x", "", "─" * 24, "", "a", "  b", "", "  c"]


def test_callouts_have_a_bar_and_their_kind_above() -> None:
    body = "> [!tip] a\n> b\n>\n> - c\n> - d\n\n> [!note]\n> e"
    assert lines(body) == ["│ Tip: a", "│ b", "│", "│ • c", "│ • d", "", "│ Note", "│ e"]
    assert ("Tip: a", "strong") in roles(body)


def test_emphasis_links_and_struck_text_have_their_roles() -> None:
    found = roles("**a** ~~b *c*~~ [d](https://d.example)\n\n# e\n\n> f")
    assert [(text, role) for text, role in found if text in {"a", "b ", "c", "d"}] == [
        ("a", "strong"),
        ("b ", "strike"),
        ("c", "strike"),
        ("d", "link"),
    ]
    assert ("e", "heading") in found
    assert ("f", "quote") in found


def test_deep_nesting_leaves_room_for_text() -> None:
    body = "<blockquote>" * 50 + "<ul><li>" * 50 + "a long text that goes on and on"
    shown = lines(body, 20)
    assert max(map(cell_len, shown)) <= 20
    assert len(shown) < 6


@given(bodies, st.integers(min_value=10, max_value=90))
def test_no_line_of_a_body_is_wider_than_the_pane(body: str, width: int) -> None:
    found, urls = body_lines(body, width)
    for spans, link in found:
        assert cell_len("".join(span.text for span in spans)) <= width
        assert link < len(urls)


def test_links_to_records_look_different_from_links_to_pages() -> None:
    (spans, _), *_ = body_lines("See [[a|one]], [two](b.md), [three](https://c.example) and **[[d]]**.", 80)[
        0
    ]
    assert [(span.text, span.role) for span in spans if span.role in ("link", "reference")] == [
        ("one", "reference"),
        ("two", "reference"),
        ("three", "link"),
        ("d", "reference"),
    ]


def test_a_line_break_leaves_no_blank_line() -> None:
    lines = body_lines("One  \ntwo<br>three<br><br>four\n\nfive", 80)[0]
    assert ["".join(span.text for span in spans) for spans, _ in lines] == [
        "One",
        "two",
        "three",
        "",
        "four",
        "",
        "five",
    ]
