"""Golden block lists of what corpora write beyond CommonMark, one small example of each kind."""

from __future__ import annotations

import pytest

from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind, parts, relative_target
from newsreader.markup.html import html_blocks
from newsreader.markup.templates import callout_name

Shown = tuple[str, str, str, str]


def shown(body: str) -> list[Shown]:
    return [(block.kind.value, block.inside, block.marker, block.text) for block in body_blocks(body)]


def texts(body: str) -> list[str]:
    return [block.text for block in body_blocks(body)]


def links(body: str) -> list[tuple[str, str]]:
    return [
        (block.text[link.start : link.end], link.url) for block in body_blocks(body) for link in block.links
    ]


def references(body: str) -> list[tuple[str, str]]:
    return [
        (block.text[link.start : link.end], link.url)
        for block in body_blocks(body)
        for link in block.references
    ]


def emphasis(body: str) -> list[tuple[str, str]]:
    return [
        (block.text[part.start : part.end], part.kind)
        for block in body_blocks(body)
        for part in block.emphasis
    ]


def tip(*lines: str) -> list[Shown]:
    return [("quote", ">", "callout", lines[0]), *(("quote", ">", "", line) for line in lines[1:])]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![a gull](https://a.example/g.png)", [("[Picture: a gull]", "https://a.example/g.png")]),
        ('![a](https://a.example/g.png "b")', [("[Picture: a – b]", "https://a.example/g.png")]),
        (
            "![](https://a.example/x/g%20h.png?w=1)",
            [("[Picture: g h.png]", "https://a.example/x/g%20h.png?w=1")],
        ),
        ("<p><img src='https://a.example/g.png'>", [("[Picture: g.png]", "https://a.example/g.png")]),
        ("<p><img data-src='https://a.example/g' alt=b>", [("[Picture: b]", "https://a.example/g")]),
        ("<iframe src='https://v.example/e'></iframe>", [("[Embedded: v.example]", "https://v.example/e")]),
        ("<video src='https://v.example/e' title=c>b</video>", [("[Video: c]", "https://v.example/e")]),
        ("{{< youtube abc >}}", [("[Video: youtube.com]", "https://www.youtube.com/watch?v=abc")]),
        ('{{< vimeo id="12" >}}', [("[Video: vimeo.com]", "https://vimeo.com/12")]),
        ('<Image src="https://a.example/g.png" alt="b" />', [("[Picture: b]", "https://a.example/g.png")]),
    ],
)
def test_pictures_leave_words_that_lead_to_them(body: str, expected: list[tuple[str, str]]) -> None:
    assert links(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "a<img src='https://a.example/g.png' alt=''>",
        "a<img src='https://a.example/g.png' width=1 alt=b>",
        "a<img>",
        "a<video></video>",
        "a<img src='data:image/png;base64,x'>",
        "a{{< figure >}}",
        "a{{< youtube >}}",
        'a{{< youtube "../x" >}}',
    ],
)
def test_pictures_without_words_or_address_leave_nothing(body: str) -> None:
    assert (texts(body), links(body)) == (["a"], [])


def test_a_picture_inside_the_corpus_is_a_reference() -> None:
    assert references("![a](img/g.png)") == [("[Picture: a]", "img/g.png")]
    assert references('{{< figure src="/img/g.png" caption="b" >}}') == [("[Picture: b]", "/img/g.png")]
    assert texts("![a](data:image/png;base64,x)") == ["[Picture: a]"]
    assert texts("<pre>a<img src='https://a.example/g.png'></pre>") == ["a"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[[Gull]]", [("Gull", "Gull")]),
        ("[[Gull|a gull]]", [("a gull", "Gull")]),
        ("[[Gull#Nest]]", [("Gull › Nest", "Gull#Nest")]),
        ("![[Gull]]", [("[Gull]", "Gull")]),
        ("![[gull.png|300x200]]", [("[gull.png]", "gull.png")]),
        ("|a|\n|-|\n|[[Gull\\|a]]|", [("a", "Gull")]),
        ("[a](notes.md) [b](/about/)", [("a", "notes.md"), ("b", "/about/")]),
        ("<a href='../x/?a=1'>a</a>", [("a", "../x/?a=1")]),
        ("[a](#b) [a](javascript:x) [a](//x.example) [a](?b)", []),
        ("`[[a]]` [[]] [[a]", []),
    ],
)
def test_links_into_the_corpus_are_references(body: str, expected: list[tuple[str, str]]) -> None:
    assert references(body) == expected
    assert links(body) == []


@pytest.mark.parametrize("target", ["\x1b[31mnotes.md", "notes.md\u202e"])
def test_a_reference_passes_the_text_gate(target: str) -> None:
    assert relative_target(target) == "notes.md"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("[a][x] b", "a b"),
        ("[*a*][] b", "a b"),
        ("x[1][2] [1][2] [^1] [a]", "x[1][2] [1][2] [^1] [a]"),
        ("[a][x", "[a][x"),
        ("[a $b$ ==c== [d][e] [[f]]](https://g.example)", "a b c d f"),
    ],
)
def test_a_link_without_a_target_keeps_its_text(body: str, text: str) -> None:
    assert texts(body) == [text]


def test_blocks_of_an_item_stand_inside_it() -> None:
    assert shown("1. a\n\n   b\n\n   ```\n   c\n   ```\n\n   > d\n   - e\n\nf") == [
        ("item", "-", "1.", "a"),
        ("paragraph", "-", "", "b"),
        ("code", "-", "", "c"),
        ("quote", "->", "", "d"),
        ("item", "--", "-", "e"),
        ("paragraph", "", "", "f"),
    ]
    assert shown("> - a\n>\n>   b") == [("item", ">-", "-", "a"), ("quote", ">-", "", "b")]


def test_items_without_end_tags_are_siblings() -> None:
    source = "<ul><li>a<li>b<p>c</p><ul><li>d<li>e</ul><li>f</ul><dl><dt>g<dd>h<dt>i<dd>j</dl>"
    assert [(block.inside, block.text) for block in html_blocks(source)] == [
        *(("-", "a"), ("-", "b"), ("-", "c"), ("--", "d"), ("--", "e"), ("-", "f")),
        *(("", "g"), ("-", "h"), ("", "i"), ("-", "j")),
    ]


def test_containers_are_bounded() -> None:
    assert {len(block.inside) for block in html_blocks("<blockquote>a" * 100)} <= set(range(1, 9))


def test_tasks_have_boxes() -> None:
    expected = [("item", "-", "[ ]", "a"), ("item", "-", "[x]", "b"), ("item", "-", "-", "[y] c")]
    assert shown("- [ ] a\n- [x] b\n- [y] c") == expected
    html = "<ul><li><input type=checkbox> a<li><input type='checkbox' checked>b<li><input>[y] c</ul>"
    assert shown(html) == expected


def test_struck_text_and_marked_text_are_emphasis() -> None:
    assert emphasis("~~a~~ ==b *c*== <del>d</del> a==b==") == [
        ("a", "strike"),
        ("b c", "strong"),
        ("c", "emphasis"),
        ("d", "strike"),
        ("b", "strong"),
    ]
    assert texts("a == b, c ==d") == ["a == b, c ==d"]


def test_footnotes_stand_at_the_end() -> None:
    assert shown("a[^x] b^[c]\n\n[^x]: d\n\n    e\n\nf") == [
        ("paragraph", "", "", "a[1] b[2]"),
        ("paragraph", "", "", "f"),
        ("rule", "", "", ""),
        ("item", "-", "1.", "d"),
        ("paragraph", "-", "", "e"),
        ("item", "-", "2.", "c"),
    ]


def test_definitions_stand_below_their_term() -> None:
    assert shown("*a*\n: b\n\n  c\n: d") == [
        ("paragraph", "", "term", "a"),
        ("paragraph", "-", "", "b"),
        ("paragraph", "-", "", "c"),
        ("paragraph", "-", "", "d"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "> [!TIP] a\n> b",
        "> [!tip]+ a\n> b",
        '!!! tip "a"\n    b',
        '??? tip "a"\n    b',
        ":::tip[a]\nb\n:::",
        ":::tip a\nb\n:::",
        '::: {.callout-tip title="a"}\nb\n:::',
        ":::{tip} a\nb\n:::",
        '{{% notice tip "a" %}}\nb\n{{% /notice %}}',
        '{{< callout type="tip" title="a" >}}\nb\n{{< /callout >}}',
        '{% tip title="a" %}\nb\n{% endtip %}',
        '<Callout type="tip" title="a">\n  b\n</Callout>',
        '<Tip title="a">\n\nb\n\n</Tip>',
        "<div class='admonition tip'><p class='admonition-title'>Tip: a</p><p>b</p></div>",
    ],
)
def test_callouts_begin_with_a_line_that_names_their_kind(body: str) -> None:
    assert shown(body + "\n\nc") == [*tip("Tip: a", "b"), ("paragraph", "", "", "c")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> [!note]\n> a", tip("Note", "a")),
        ("> [!faq]- b", tip("Faq: b")),
        ("> a [!note]", [("quote", ">", "", "a [!note]")]),
        ("!!! note\n    a", tip("Note", "a")),
        (":::message\na\n:::", tip("Message", "a")),
        (":::message alert\na\n:::", tip("Warning", "a")),
        ("::: columns\na\n:::", [("paragraph", "", "", "a")]),
        (":::\na", [("paragraph", "", "", "::: a")]),
        ('=== "a"\n\n    b\n\n=== "c"\n\n    d', [*tip("a", "b"), *tip("c", "d")]),
        ('<TabItem value="a" label="b">\n\nc\n\n</TabItem>', tip("b", "c")),
        ('{{< tab "a" >}}\nb\n{{< /tab >}}', tip("a", "b")),
        ('<Note title="a" />', tip("Note: a")),
    ],
)
def test_further_forms_of_callouts_and_tabs(body: str, expected: list[Shown]) -> None:
    assert shown(body) == expected


@pytest.mark.parametrize(
    ("kind", "title", "name"),
    [
        ("TIP", "", "Tip"),
        ("tip", "Tip", "Tip"),
        ("callout-see-also", '"a"', "See also: a"),
        ("tab", "", "Tab"),
        ("tabitem", "a", "a"),
    ],
)
def test_the_name_of_a_callout_says_its_kind_once(kind: str, title: str, name: str) -> None:
    assert callout_name(kind, title) == name


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a {% include x.html %} b", ["a b"]),
        ("{% include x.html\n  y='{z}' %}", []),
        ("a {{ site.url }} {{< x >}} {{% y %}} {# z #}b", ["a b"]),
        ("{{ message }} a", ["a"]),
        ('a\n\n{{< x\n  y="z"\n>}}\n\nb', ["a", "b"]),
        (
            'a\n\n{% include x.html\n\n  b="*Who* built the old lighthouse?"\n  c="d"\n%}',
            ["a", "Who built the old lighthouse?"],
        ),
        ("a {% include x.html\n  b=c %} d", ["a d"]),
        ("a {% include x.html\n\n  b=c %} d", ["a d"]),
        ("<p>a {{ b }} <code>{{ c }}</code></p>", ["a {{ c }}"]),
        ("`{{ a }}`", ["{{ a }}"]),
        ("```\n{{ a }}\n```", ["{{ a }}"]),
        ("{% raw %}{{ a }}{% endraw %}", ["{{ a }}"]),
        ("<p>{% raw %}{{ a }}{% endraw %}</p>", ["{{ a }}"]),
        ("a{% comment %}b{% endcomment %} {% comment %}c", ["a c"]),
        ("a {% raw %}b{% comment %}", ["a b"]),
        ("{{ a", ["{{ a"]),
        ("{Title} {a: 1}", ["{Title} {a: 1}"]),
    ],
)
def test_template_tags_are_not_shown(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "{% highlight py %}\na <b\n  {{ c }}\n{% endhighlight %}",
        "{{< highlight py >}}\na <b\n  {{ c }}\n{{< /highlight >}}",
        "{% codeblock %}\na <b\n  {{ c }}\n{% endcodeblock %}",
        "<div>{% highlight py %}a <b\n  {{ c }}{% endhighlight %}</div>",
    ],
)
def test_highlighted_text_is_code(body: str) -> None:
    assert shown(body) == [("code", "", "", "a <b\n  {{ c }}")]


def test_a_fence_in_highlighted_text_is_code_too() -> None:
    assert shown("- x\n\n  {% highlight md %}\n  ```\n  {% endhighlight %}") == [
        ("item", "-", "-", "x"),
        ("code", "-", "", "```"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("import A from './a'\nimport { b, c } from \"d\";\nimport 'e.css'\n\nf", ["f"]),
        ("import {\n  a,\n} from 'b'\n\nf", ["f"]),
        ("export const a = {\n  b: 1,\n\n  c: 2\n}\n\nf", ["f"]),
        ("export default Layout\n\nf", ["f"]),
        ("export const a = {\n\nf", ["f"]),
        ("import duties rise\n\nexport of goods", ["import duties rise", "export of goods"]),
        ("a <Badge text='b' /> c <Link to='https://d.example'>d</Link>", ["a c d"]),
        ("a <X.Y b={{c: 1}} {...d}>e</X.Y>", ["a e"]),
        ("List<T> and <T> b", ["List<T> and <T> b"]),
        ("<Box>\n\n*a*\n\n</Box>", ["a"]),
        ("<Box> text\n</Box>", ["text"]),
        ("    <Box />", ["<Box />"]),
        ("a {/* b */}c{' '}d", ["a c d"]),
        ("<my-element>a</my-element> b", ["a b"]),
    ],
)
def test_components_show_their_content_alone(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# a {#b}", ["a"]),
        ("# a {: #b .c}", ["a"]),
        ("a\n{: .lead}", ["a"]),
        ("*a*{: .b} [c](https://d.example){:target='_blank'} e", ["a c e"]),
        ("* TOC\n{:toc}\n\na", ["a"]),
        ("<h2>a<a href='#a'>¶</a></h2>", ["a"]),
        ("<h2><a href='#a'>#</a> a <a href='#b'>b</a></h2>", ["a b"]),
        ("a :material-star: :fa_x: b", ["a b"]),
        (":rocket: a :note: 10:30:45 x:a-b:", ["🚀 a :note: 10:30:45 x:a-b:"]),
        ("a %%b%% c 50%", ["a c 50%"]),
        ("a <!-- b --!> c", ["a c"]),
        ("a <!--- b ---> c <!--> d", ["a c d"]),
        ("a <!-- b <!-- c", ["a <!-- b <!-- c"]),
        ("<!-- b --!>\n\n# c", ["c"]),
        ("AT&amp T &copy 1 &copy=2 &notes; &ampx", ["AT& T © 1 &copy=2 &notes; &ampx"]),
    ],
)
def test_what_only_programs_read_is_not_shown(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a $x_1 * y_2$ b", [("paragraph", "", "", "a x_1 * y_2 b")]),
        ("$$ a^2 + b^2 = c^2 $$", [("code", "", "", "a^2 + b^2 = c^2")]),
        ("a\n$$\n\\frac{a}{b}\n\n  = c\n$$\nd", [
            ("paragraph", "", "", "a"), ("code", "", "", "\\frac{a}{b}\n= c"), ("paragraph", "", "", "d"),
        ]),
        ("a $$b$$ c", [("paragraph", "", "", "a b c")]),
        ("US$x$", [("paragraph", "", "", "US$x$")]),
        ("$5 and $10, US$3, 5$", [("paragraph", "", "", "$5 and $10, US$3, 5$")]),
        ("$$ a", [("paragraph", "", "", "$$ a")]),
        ("$$\n$$", []),
        ("    $$ a $$", [("code", "", "", "$$ a $$")]),
    ],
)  # fmt: skip
def test_formulas_are_readable(body: str, expected: list[Shown]) -> None:
    assert shown(body) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<msup><mi>a</mi><mn>2</mn></msup><mo>+</mo><mi>b</mi>", "a^2+b"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "(a+1)/b"),
        ("<msubsup><mi>a</mi><mi>b</mi><mi>c</mi></msubsup>", "a_b^c"),
        ("<msqrt><mi>x</mi></msqrt><mroot><mi>a</mi><mn>3</mn></mroot>", "√(x)a^1/3"),
        ("<semantics><mi>a</mi><annotation>\\alpha</annotation></semantics>", "a"),
        ("<span hidden><msup><mi>a</mi><mi>b</mi></msup></span>c", "c"),
    ],
)
def test_formulas_of_html_are_text(source: str, text: str) -> None:
    assert texts(f"<p><math>{source}</math></p>") == [text]
    assert texts(f"x\n\n<math>{source}</math>") == ["x", text]


def test_cells_of_a_table_are_known_with_their_alignment() -> None:
    header, row, last = body_blocks("|a|b|c|\n|:-:|--:|-|\n||[2](https://b.example)|3|\n|4|5|6|")
    assert (header.level, row.level, header.aligned) == (1, 0, "crl")
    assert [row.text[start:end] for start, end in row.cells] == ["", "2", "3"]
    assert [last.text[start:end] for start, end in last.cells] == ["4", "5", "6"]
    html = "<table><thead><tr><th align=right>a<th>b</thead><tr><td style='text-align: center'>c<td>d</table>"
    assert [block.aligned for block in html_blocks(html)] == ["rl", "cl"]


def test_further_cells_of_a_very_wide_row_belong_to_the_last() -> None:
    header = next(html_blocks("<table><thead><tr>" + "<th>a" * 100 + "</table>"))
    assert len(header.cells) == 60
    assert header.cells[-1][1] == len(header.text)


def test_the_parts_of_a_block_are_cut_in_one_sweep() -> None:
    (block,) = body_blocks("a **b *c*** [d `e`](https://f.example) " + "`x` y " * 3_000)
    found = [(block.text[part.start : part.end], part.emphasis, part.link) for part in parts(block)]
    assert found[:6] == [
        ("a ", (), -1),
        ("b ", ("strong",), -1),
        ("c", ("strong", "emphasis"), -1),
        (" ", (), -1),
        ("d ", (), 0),
        ("e", ("code",), 0),
    ]
    assert "".join(text for text, _, _ in found) == block.text
    assert list(parts(Block(BlockKind.RULE, ""))) == []


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("[a]({% link _posts/b.md %}) on", "/_posts/b.md"),
        ("[a]({% post_url 2020-01-02-b %} 'title')", "2020-01-02-b"),
        ("[a]({{ site.baseurl }}{% link b.md %})", "/b.md"),
        ("[a](<{%- link b.md -%}>)", "/b.md"),
        ('[a]({{< ref "b.md" >}})', "b.md"),
        ('[a]({{% relref path="b.md#c" %}})', "b.md#c"),
        ("[a]({{ '/b/' | relative_url }})", "/b/"),
        ("[a]({{ site.url }}/b/)", "/b/"),
        ("[a]\n\n[a]: {% link b.md %}", "/b.md"),
        ("<p><a href='{{ site.url }}/b/'>a</a>", "/b/"),
    ],
)
def test_a_template_tag_in_a_link_is_what_it_stands_for(body: str, target: str) -> None:
    assert ("a", target) in references(body)


@pytest.mark.parametrize("body", ["[a]({{ page.url }})", "[a]({{ page.url }}#b)", "[a]()"])
def test_words_of_a_link_to_nowhere_stay(body: str) -> None:
    assert texts(body) == ["a"]
    assert references(body) == []


def test_code_keeps_its_template_tags() -> None:
    assert texts("`[a]({% link b.md %})`\n\n    [a]({{ c }})") == ["[a]({% link b.md %})", "[a]({{ c }})"]
