"""Stories cited elsewhere: nothing in a title or address can end what it stands in."""

from __future__ import annotations

from newsreader.domain.citation import citations, lists, written_out
from newsreader.domain.record import Provider
from tests.builders import a_record


def _forms(**values: object) -> dict[str, str]:
    return dict(citations(a_record(**values)))


def test_a_story_is_cited_in_every_form() -> None:
    assert _forms() == {
        "Link": "https://who.int/news/first-report",
        "Title": "WHO issues first global report",
        "Markdown": "[WHO issues first global report](https://who.int/news/first-report)",
        "HTML": '<a href="https://who.int/news/first-report">WHO issues first global report</a>',
        "Citation": "WHO issues first global report. World Health Organization, 28 Jun 2021. "
        "https://who.int/news/first-report",
    }


def test_signs_of_markdown_and_html_are_only_signs() -> None:
    url = 'https://a.example/x_(y)?q="><b>&z=1'
    forms = _forms(title="[a](b) *c* <d> \\ & “e”?", original_url=url, web_url="")
    assert forms["Markdown"].startswith(
        "[\\[a\\](b) \\*c\\* \\<d\\> \\\\ & “e”?](https://a.example/x_%28y%29"
    )
    assert forms["Markdown"].count("](") == 2
    assert "<b>" not in forms["HTML"]
    assert "&lt;d&gt;" in forms["HTML"]
    assert forms["Citation"].startswith("[a](b) *c* <d> \\ & “e”? World")


def test_what_is_unknown_is_left_out() -> None:
    forms = _forms(original_url="", web_url="javascript:alert(1)", moment=None, provider=Provider())
    assert forms == {"Title": "WHO issues first global report", "Citation": "WHO issues first global report."}


def test_several_stories_are_a_list_in_every_form() -> None:
    unlinked = a_record(title="A <b> *title*", original_url="", web_url="", moment=None, provider=Provider())
    forms = dict(lists([a_record(), unlinked]))
    url, title = "https://who.int/news/first-report", "WHO issues first global report"
    assert forms["Links"] == url
    assert forms["Titles"] == f"{title}\nA <b> *title*"
    assert forms["Markdown"] == f"- [{title}]({url})\n- A \\<b\\> \\*title\\*."
    assert f'<li><a href="{url}">{title}</a></li>\n<li>A &lt;b&gt; *title*.</li>' in forms["HTML"]
    assert "Links" not in dict(lists([unlinked]))


def test_a_file_holds_what_its_name_says() -> None:
    records = [a_record()]
    forms = dict(lists(records))
    assert written_out(records, ".md") == forms["Markdown"] + "\n"
    assert written_out(records, ".HTML").endswith(forms["HTML"] + "\n")
    assert written_out(records, ".txt") == written_out(records, "") == forms["Citations"] + "\n"
