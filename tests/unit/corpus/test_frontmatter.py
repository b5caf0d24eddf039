from __future__ import annotations

import codecs
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.corpus import frontmatter
from newsreader.corpus.document import Document
from newsreader.corpus.frontmatter import KEY_LIMIT, read_document, read_text, read_yaml
from newsreader.domain.sanitize import clean_block, clean_line
from tests.builders import a_front_matter

FILE = "---\ncategory: news\ntitle: A “report”\n---\nThe body.\n"


def read(content: str | bytes) -> Document:
    """What a file with front matter says."""
    document = read_document(content.encode() if isinstance(content, str) else content)
    assert document is not None
    return document


def lines(document: Document) -> list[int]:
    """Where the defects are."""
    return [defect.line for defect in document.defects]


def test_a_file_is_keys_and_values_and_a_body() -> None:
    document = read(FILE)
    assert document.values == {"category": "news", "title": "A “report”"}
    assert document.body == "The body."
    assert document.lines == {"category": 2, "title": 3}
    assert document.defects == ()


@pytest.mark.parametrize(
    "content",
    [
        FILE.replace("\n", "\r\n").encode(),
        FILE.replace("\n", "\r").encode(),
        codecs.BOM_UTF8 + FILE.encode(),
        codecs.BOM_UTF16_LE + FILE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + FILE.encode("utf-16-be"),
        b"\n\n \t\n" + FILE.encode(),
        FILE.replace("---", "--- \t").encode(),
        FILE.replace("news", "ne\0w\0s").encode() + b"\0\0",
        FILE.rstrip("\n").encode(),
    ],
)
def test_line_ends_byte_order_marks_and_blanks_do_not_matter(content: bytes) -> None:
    document = read(content)
    assert (document.values, document.body) == ({"category": "news", "title": "A “report”"}, "The body.")
    assert document.defects == ()


def test_ascii_in_utf_16_without_a_mark_is_read() -> None:
    assert read("---\ntitle: A\n---\n".encode("utf-16-le")).values == {"title": "A"}


@pytest.mark.parametrize(
    "content", ["---\ntitle: A\n---", "---\ntitle: A\n---\n", "---\ntitle: A\n---\n\n\n"]
)
def test_the_fence_may_end_the_file(content: str) -> None:
    assert read(content)[:4] == ({"title": "A"}, "", (), {"title": 2})


@pytest.mark.parametrize("content", ["---\n---\n", "---\n\n---", "---\n# nothing\n---\n", "---\nnull\n---\n"])
def test_empty_front_matter_has_no_values(content: str) -> None:
    document = read(content)
    assert (document.values, document.body, document.defects) == ({}, "", ())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n",
        "# Every Day\n\nA site.\n",
        "title: A\n---\n",
        "----\ntitle: A\n----\n",
        "--- title: A\n---\n",
        "--\ntitle: A\n--\n",
        "---\nA rule above a paragraph.\n",
        "---\n- a list\n",
        "---",
        "{}\n",
        "\ufeff",
        "\0",
    ],
)
def test_a_file_without_front_matter_is_no_document(content: str) -> None:
    assert read_document(content.encode()) is None


def test_front_matter_that_is_never_closed_is_a_defect_on_its_first_line() -> None:
    document = read("\n---\ncategory: news\ntitle: A\n")
    assert document.values == {"category": "news", "title": "A"}
    assert lines(document) == [2]
    assert "never closed" in document.defects[0].reason


def test_a_body_below_front_matter_that_is_never_closed_costs_no_key() -> None:
    document = read("---\ntitle: A\nexcerpt: B\n\nA body of words.\n\nAnd more: of them.\n")
    assert document.values["title"] == "A"
    assert lines(document)[0] == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [("---\n- a\n- b\n---\n", "list"), ("---\njust words\n---\n", "text"), ("---\n7\n---\n", "int")],
)
def test_front_matter_has_to_be_keys_and_values(content: str, kind: str) -> None:
    document = read(content)
    assert document.values == {}
    assert document.defects[0].reason.endswith(f"found a {kind}")


def test_dashes_inside_a_text_do_not_end_the_front_matter() -> None:
    document = read("---\nexcerpt: |\n  a\n  ---\n  b\ntitle: a --- b\n---\nx\n\n---\n\ny\n")
    assert document.values == {"excerpt": "a\n---\nb", "title": "a --- b"}
    assert document.body == "x\n\n---\n\ny"


def test_dashes_that_begin_a_line_of_text_do_not_end_the_front_matter() -> None:
    document = read('---\ntitle: "a\n---- b"\n---\nx\n')
    assert (document.values, document.body) == ({"title": "a ---- b"}, "x")


def test_a_key_named_content_is_a_key_like_any_other() -> None:
    document = read(a_front_matter("The body.", content="<p>mail</p>", handler="x", body="y", metadata="z"))
    assert {document.values[key] for key in ("content", "handler", "body", "metadata")} == {
        "<p>mail</p>",
        "x",
        "y",
        "z",
    }
    assert document.body == "The body."


def test_of_two_equal_keys_the_last_one_counts_and_gives_the_line() -> None:
    document = read("---\ntitle: A\ntype: video\ntitle: B\n---\n")
    assert (document.values["title"], document.lines["title"]) == ("B", 4)


def test_lines_count_from_the_top_of_the_file() -> None:
    document = read(
        "\r\n\r\n---\r\n# why\r\ntitle: A\r\n\r\nrelated:\r\n  - title: B\r\ntype: video\r\n---\r\n"
    )
    assert document.lines == {"title": 5, "related": 7, "type": 9}


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('heading: "never closed', 3),
        ("heading: 'it's", 3),
        ('heading: "a "quoted" word"', 3),
        ("heading: Chips: a history", 3),
        ("heading: @home", 3),
        ("heading: `code`", 3),
        ("heading: %", 3),
        ("heading: *nobody", 3),
        ("heading: !unknown x", 3),
        ("heading: [AI, chips", 3),
        ("heading: {a: b", 3),
        ("heading: [" + "[" * 100_000, 3),
        ("provider:\n\tname: A", 4),
        ("provider:\n  name: A\n domain: B", 5),
        ("related:\n  - title: A\n  - heading: B: C\n    type: video", 5),
        ("related:\n  - title: A\n    blurb: 'B\n  - title: C", 5),
        ("a: &a [*a]", 3),
    ],
)
def test_broken_yaml_is_a_defect_on_its_line_and_costs_only_its_key(broken: str, line: int) -> None:
    document = read(f'---\ncategory: news\n{broken}\nexcerpt: "A sentence."\ntype: video\n---\nThe body.\n')
    assert lines(document) == [line]
    assert document.defects[0].reason.startswith("not valid YAML: ")
    assert document.values == {"category": "news", "excerpt": "A sentence.", "type": "video"}
    assert document.body == "The body."


@pytest.mark.parametrize(
    ("written", "recovered"),
    [
        ("Rail strike ends: trains run again", "Rail strike ends: trains run again"),
        ("'Don't panic' says the minister", "'Don't panic' says the minister"),
        ('"He said "no" again"', 'He said "no" again'),
        ("[Breaking] Storm", "[Breaking] Storm"),
        ("@home", "@home"),
        ("*nobody", "*nobody"),
        ('"never closed', '"never closed'),
        ("#1 seed knocked out", "#1 seed knocked out"),
    ],
)
def test_the_text_of_a_broken_line_is_recovered_and_stays_a_problem(written: str, recovered: str) -> None:
    document = read(f"---\ntype: video\ntitle: {written}\nexcerpt: A: b\n---\n")
    assert document.values == {"type": "video", "title": recovered, "excerpt": "A: b"}
    assert lines(document)[-1] == (4 if not written.startswith("#") else 3)
    assert len(document.defects) == 2


def test_a_comment_in_the_place_of_a_title_that_follows_stays_a_comment() -> None:
    assert read("---\ntitle: #1 seed\ntitle: A\nexcerpt: # none\n---\n").values == {
        "title": "A",
        "excerpt": None,
    }


def test_the_text_of_a_broken_line_in_an_entry_is_recovered() -> None:
    document = read("---\nrelated:\n  - title: A: b\n    type: video\n  - title: C\n---\n")
    assert document.values == {"related": [{"title": "A: b", "type": "video"}, {"title": "C"}]}
    assert lines(document) == [3]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("---\ntitle: A\n...\nBody\n", "Body"),
        ("---\ntitle: A\n...\n---\nBody\n", "Body"),
        ("---\ntitle: A\n... \n\nBody\n---\nmore\n", "Body\n---\nmore"),
        ("---\ntitle: A\n...", ""),
        ("---\ntitle: A\n---\nBody\n...\n", "Body\n..."),
        ("---\ntitle: A\n....\n---\nBody\n", None),
    ],
)
def test_three_dots_end_front_matter_as_they_end_a_yaml_document(content: str, body: str | None) -> None:
    document = read(content)
    assert document.values == {"title": "A"} or body is None
    assert document.body == ("Body" if body is None else body)


def test_a_key_without_a_colon_is_a_defect_on_its_line() -> None:
    document = read("---\ntitle: A\nwords that are no key\ntype: video\n---\n")
    assert lines(document) == [3]
    assert document.values == {"type": "video"}


def test_each_broken_key_is_a_defect_of_its_own_up_to_ten() -> None:
    document = read("---\na: b: c\nb: 1\nc: @\n---\n")
    assert (lines(document), document.values) == ([2, 4], {"b": 1})
    assert len(read("---\n" + "k: b: c\n" * 50 + "---\n").defects) == 10


@pytest.mark.parametrize("front", ['"title": "A', "- a\n- b: c: d", "[", "junk\n@", '"a": b: c'])
def test_broken_yaml_without_a_key_to_hold_on_to_is_one_defect(front: str) -> None:
    document = read(f"---\n{front}\n---\n")
    assert (document.values, len(document.defects)) == ({}, 1)


def test_words_before_the_first_key_are_a_defect_and_cost_no_key() -> None:
    document = read("---\nwords\ntitle: A\n---\n")
    assert (len(document.defects), document.values) == (1, {"title": "A"})


def test_only_so_much_of_broken_front_matter_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontmatter, "SALVAGE_LIMIT", 12)
    assert read("---\na: b: c\nb: 1\nc: 2\n---\n").values == {"b": 1}


def test_an_endless_list_of_keys_is_read_but_only_the_first_have_lines() -> None:
    count = 20_000
    document = read("---\n" + "".join(f"k{number}: 1\n" for number in range(count)) + "---\n")
    assert len(document.values) == count
    assert len(document.lines) == KEY_LIMIT
    assert document.lines["k999"] == 1_001


def test_an_endless_list_of_broken_keys_ends() -> None:
    document = read("---\n" + "".join(f"k{number}: a: b\n" for number in range(20_000)) + "---\n")
    assert (document.values, len(document.defects)) == ({}, 10)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_byte_that_is_no_utf_8_is_a_defect_on_its_line(mark: bytes) -> None:
    document = read(mark + b"---\ntitle: caf\xe9 latte\ntype: video\n---\n\xff")
    assert document.values == {"title": "caf� latte", "type": "video"}
    assert lines(document) == [2]
    assert "0xe9" in document.defects[0].reason
    assert document.body == "�"


@pytest.mark.parametrize(
    "written",
    ["\x1b[31mred\x1b[0m\x07", '"\\e[31mred\\x1b[0m\\a"', '"\\x9b31mred"', '"\\u202ered\\u2066"', "red\x9c"],
)
def test_control_characters_pass_nowhere_raw_or_escaped(written: str) -> None:
    document = read(
        f"---\ntitle: {written}\nlist: [{written}]\nmap: {{{written}: {written}}}\n---\n{written}"
    )
    assert document.values == {"title": "red", "list": ["red"], "map": {"red": "red"}}
    assert "\x1b" not in document.body
    assert read(f"---\n{written}: value\n---\n").values == {"red": "value"}


def test_other_kinds_of_value_become_text_and_lists() -> None:
    document = read("---\na: !!binary aGk=\nb: !!set {x}\nc: !!pairs [k: v]\nd: 2021-02-30\n7: e\n---\n")
    assert document.values == {"a": "b'hi'", "b": ["x"], "c": [["k", "v"]], "d": "2021-02-30", "7": "e"}


def test_a_whole_yaml_file_is_its_first_mapping() -> None:
    assert read_yaml(b"name: AI\nlist: [a]\n---\n") == ({"name": "AI", "list": ["a"]}, ())
    assert read_yaml(codecs.BOM_UTF8 + b"name: AI\r\n") == ({"name": "AI"}, ())


@pytest.mark.parametrize("content", [b"", b"- a\n", b"words", b"---\n---\n"])
def test_a_yaml_file_without_keys_has_none(content: bytes) -> None:
    assert read_yaml(content) == ({}, ())


def test_a_broken_yaml_file_is_a_defect_on_its_line() -> None:
    values, defects = read_yaml(b"name: AI\nparent: a: b\n")
    assert values == {}
    assert [defect.line for defect in defects] == [2]


# What front matter goes wrong with, since plain random bytes seldom are front matter at all.
pieces = st.one_of(
    st.sampled_from(
        [b"---\n", b"---", b"\n", b"title: ", b"a: &a ", b"*a", b"[", b"]", b"{", b"}", b"- ", b"? "]
    ),
    st.sampled_from(
        [b'"', b"'", b"|\n  ", b"\t", b"\r", b": ", b"#", b"!!int ", b"!!timestamp ", b"!!set ", b"<<: "]
    ),
    st.sampled_from(
        [b"\xff", b"\xc3", b"\x00", b"\x1b[31m", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"..."]
    ),
    st.binary(max_size=4),
)


@given(st.lists(pieces, max_size=25).map(b"".join) | st.binary())
@example(b'---\n"title": "A\n---\n')
@example(b"---\na: !!bool x\n---\n")
@example(b"---\n? [a]\n: b\n---\n")
def test_no_bytes_make_reading_fail(data: bytes) -> None:
    for content in (data, b"---\n" + data + b"\n---\n"):
        document = read_document(content)
        if document is not None:
            count = content.count(b"\n") + content.count(b"\r") + 1
            assert all(0 < line <= count for line in (*lines(document), *document.lines.values()))
    read_yaml(data)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(clean_line)
paragraphs = st.lists(words, max_size=4).map("\n".join).map(clean_block).filter(lambda text: "\n" in text)
values: st.SearchStrategy[Any] = st.recursive(
    words | paragraphs | st.integers(-(10**17), 10**17) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(words, values, max_size=5), words | paragraphs)
@example({"a": "1e5", "b": "010", "c": "No", "d": "<<", "e": "=", "f": "2021-06-27"}, "")
def test_whatever_yaml_can_write_comes_back(mapping: dict[str, Any], body: str) -> None:
    front = yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True)
    document = read(f"---\n{front}---\n{body}")
    assert (document.values, document.defects) == (mapping, ())
    assert document.body.split() == body.split()


def test_a_text_that_stays_broken_in_quotes_costs_its_key() -> None:
    document = read("---\nprovider:\n  title: A: B\n  x: [\nexcerpt: C\n---\n")
    assert document.values == {"excerpt": "C"}
    assert lines(document) == [3]


def test_sound_lines_of_a_broken_part_stay_as_they_are() -> None:
    document = read("---\nprovider:\n  title: 7\n  name: A: B\n---\n")
    assert document.values == {"provider": {"title": 7, "name": "A: B"}}


def test_the_text_of_a_file_is_read_line_for_line() -> None:
    assert read_text(b"\xef\xbb\xbftitle: A\r\nb: \x1bC\n").splitlines()[0] == "title: A"
