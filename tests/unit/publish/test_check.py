"""`newsreader check`: its output in each form, its exit statuses and its errors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog

from newsreader import __version__
from newsreader.commands.output.findings import FORMATS, Findings, as_github, as_sarif, as_text
from newsreader.commands.support.run import BROKEN_PIPE
from newsreader.domain.checks.rules import RULES, Finding
from tests.builders import a_corpus, a_front_matter
from tests.unit.publish.golden import golden
from tests.unit.publish.running import Terminal, run, run_unread

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "sample_content"

BROKEN = {
    "_news/bad.md": '---\ntitle: A\nexcerpt: "never closed\nquality: 1\n---\n',
    "_news/sound.md": a_front_matter(title="Sound"),
    "_news/2021-01-01-late.md": a_front_matter(
        title="Late", webUrl="https://a.example/b", originalUrl=None, heat=900
    ),
}


@pytest.fixture
def broken(tmp_path: Path) -> str:
    return str(a_corpus(tmp_path, BROKEN))


# Forms.


@pytest.mark.parametrize("form", FORMATS)
def test_the_findings_of_the_sample_match_the_golden_files(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(ROOT)
    answer = run(capsys, "check", "--strict", "--format", form, "--corpus", str(SAMPLE))
    assert (answer.status, answer.err) == (1, "")
    told = answer.out.replace(str(SAMPLE), "/SAMPLE").replace(f'"{__version__}"', '"VERSION"')
    golden(f"check.{form}", told)


def test_sarif_matches_its_schema(capsys: pytest.CaptureFixture[str], broken: str) -> None:
    """The model is made of the schema by a program; that it refuses what is wrong is tried first."""
    answer = run(capsys, "check", "--strict", "--format", "sarif", "--corpus", broken)
    log = json.loads(answer.out)
    with pytest.raises(ValidationError):
        SarifLog.model_validate({**log, "runs": [{**log["runs"][0], "unheard": "of"}]})
    SarifLog.model_validate(log)
    results = log["runs"][0]["results"]
    assert [result["level"] for result in results] == ["warning", "error"]
    assert [log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in results] == [
        result["ruleId"] for result in results
    ]


def test_sarif_without_findings_or_lines_is_valid(tmp_path: Path) -> None:
    path = "odd \xff ä%.md".encode("latin-1")
    for listed in ([], [Finding(path, 0, "unreadable", "cannot be read: Permission denied")]):
        log = json.loads("".join(as_sarif(Findings(listed, tmp_path, tmp_path))))
        SarifLog.model_validate(log)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "odd%20%FF%20%E4%25.md", "uriBaseId": "CORPUS"}}


def test_workflow_commands_are_escaped(tmp_path: Path) -> None:
    finding = Finding(b"a,b:c%\nd.md", 3, "wrong-value", "100 %\n::error::more")
    told = "".join(as_github(Findings([finding], tmp_path / "site", tmp_path)))
    assert told == (
        "::error file=site/a%2Cb%3Ac%25%0Ad.md,line=3,title=wrong-value::100 %25%0A::error::more\n"
    )


@pytest.mark.parametrize(("here", "shown"), [(".", "a.md"), ("..", "site/a.md"), ("elsewhere", "a.md")])
def test_workflow_paths_are_relative_to_the_current_folder(tmp_path: Path, here: str, shown: str) -> None:
    root = tmp_path / "site"
    (root / "elsewhere").mkdir(parents=True)
    findings = Findings([Finding(b"a.md", 0, "unreadable", "gone")], root, root / here)
    assert "".join(as_github(findings)) == f"::error file={shown},title=unreadable::gone\n"


def test_line_breaks_in_a_name_are_escaped(tmp_path: Path) -> None:
    finding = Finding(b"a\n::error::b\x1b.md", 1, "missing-title", "no title")
    told = "".join(as_text(Findings([finding], tmp_path, tmp_path)))
    assert told == "a\\n::error::b\\x1b.md:1: no title [missing-title]\n"


# Exit statuses and errors.


def test_findings_have_lines_and_set_the_exit_status(capsys: pytest.CaptureFixture[str], broken: str) -> None:
    answer = run(capsys, "check", "--corpus", broken)
    assert (answer.status, answer.err) == (1, "")
    assert re.fullmatch(r"_news/bad\.md:3: not valid YAML: .+ \[invalid-yaml\]\n", answer.out)


def test_no_findings_print_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = str(a_corpus(tmp_path, {"a.md": a_front_matter()}))
    assert run(capsys, "check", "--strict", "--corpus", root) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--corpus", "nowhere"), "there is no such folder"),
        (("--format", "xml"), "invalid choice: 'xml'"),
        (("--only", "spelling"), "there is no rule “spelling”"),
        (("quality:high",), "quality"),
        (("--topic", "Gardening"), "There is no topic “Gardening”"),
        (("--limit", "-1"), "a number from 0 on is needed"),
    ],
)
def test_invalid_arguments_are_reported(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    answer = run(capsys, "check", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err


def test_a_closed_pipe_exits_silently(broken: str) -> None:
    assert run_unread("check", "--strict", "--corpus", broken) == (BROKEN_PIPE, "", "")


# Rules and records.


def rules(out: str) -> list[str]:
    return re.findall(r"\[([a-z0-9-]+)\]$", out, re.MULTILINE)


def test_rules_can_be_selected_and_ignored(capsys: pytest.CaptureFixture[str], broken: str) -> None:
    assert rules(run(capsys, "check", "--strict", "--corpus", broken).out) == [
        "date-mismatch",
        "invalid-yaml",
    ]
    some = run(capsys, "check", "--only", "date-mismatch,missing-key", "--corpus", broken)
    assert rules(some.out) == ["date-mismatch"]
    others = run(capsys, "check", "--strict", "--ignore", "date-mismatch", "--corpus", broken)
    assert rules(others.out) == ["invalid-yaml"]
    none = ("--strict", "--ignore", "date-mismatch", "--ignore", "invalid-yaml")
    assert run(capsys, "check", *none, "--corpus", broken) == (0, "", "")


def test_a_query_narrows_the_files_and_an_order_sorts_them(
    capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    narrowed = run(capsys, "check", "--strict", "title:late", "--corpus", broken)
    assert rules(narrowed.out) == ["date-mismatch"]
    assert run(capsys, "check", "--strict", "title:sound", "--corpus", broken).status == 0
    by_quality = run(capsys, "check", "--strict", "--sort", "old", "--corpus", broken)
    assert rules(by_quality.out) == ["date-mismatch", "invalid-yaml"]


def test_a_query_without_matches_is_no_success(capsys: pytest.CaptureFixture[str], broken: str) -> None:
    answer = run(capsys, "check", "--corpus", broken, "title:nothing")
    assert answer == (1, "", "newsreader: no record was found, so nothing was checked.\n")


def test_records_that_are_not_on_the_front_page_are_checked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    root = str(a_corpus(tmp_path, {"a.md": a_front_matter(published=False, excerpt=None)}))
    answer = run(capsys, "check", "--strict", "title:who", "--corpus", root)
    assert rules(answer.out) == ["missing-key"]


def test_limit_and_offset_select_findings(capsys: pytest.CaptureFixture[str], broken: str) -> None:
    part = run(capsys, "check", "--strict", "--limit", "1", "--offset", "1", "--corpus", broken)
    assert (part.status, rules(part.out)) == (1, ["invalid-yaml"])


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    answer = run(capsys, "check", "--rules")
    assert answer.status == 0
    assert [line.partition(" ")[0] for line in answer.out.splitlines()] == list(RULES)


def test_the_guide_lists_the_same_rules() -> None:
    guide = (ROOT / "docs" / "guide" / "check.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$", guide, re.MULTILINE)
    shown = [(rule.id, rule.about, rule.advice) for rule in RULES.values()]
    assert [(id_, about, advice) for id_, about, advice in rows] == shown


# On a terminal.


def test_terminal_output_is_sanitized_and_has_a_total(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = {f"{number:02}.md": a_front_matter(title=None, excerpt=f"{number}") for number in range(60)}
    root = str(a_corpus(tmp_path, {**files, "\u202eevil.md": "---\nexcerpt: x\n---\n"}))
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    assert run(capsys, "check", "--corpus", root).status == 1
    shown = terminal.getvalue()
    assert len(shown.splitlines()) == 50
    assert "\u202e" not in shown
    monkeypatch.setattr("sys.stdout", Terminal())
    assert "61 errors, 0 warnings; 50 of them shown" in run(capsys, "check", "--corpus", root).err
    one = str(a_corpus(tmp_path / "one", {"a.md": "---\nexcerpt: x\nquality: 1\n---\n"}))
    assert run(capsys, "check", "--corpus", one).err == "1 error, 0 warnings.\n"
    good = str(a_corpus(tmp_path / "good", {"a.md": a_front_matter()}))
    assert run(capsys, "check", "--corpus", good).err == "Nothing is wrong.\n"


def test_a_long_check_shows_progress_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    root = str(a_corpus(tmp_path, {f"{number}.md": "---\ntitle: A\n---\n" for number in range(250)}))
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert run(capsys, "check", "--corpus", root) == (0, "", "")
    assert "checking files: 250 of 250" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
