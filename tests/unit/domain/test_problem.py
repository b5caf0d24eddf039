from __future__ import annotations

import pytest

from newsreader.domain.checks.problem import Defect, ListedProblem, Problem


@pytest.mark.parametrize(
    ("line", "words"),
    [(7, "_news/a.md:7: no title"), (0, "_news/a.md: no title")],
)
def test_a_problem_tells_file_line_and_reason(line: int, words: str) -> None:
    assert str(Problem("_news/a.md", line, "no title")) == words


def test_a_defect_in_a_file_is_a_problem() -> None:
    defect = Defect(3, "no title")
    listed = ListedProblem(Problem("a.md", defect.line, defect.reason), None)
    assert (listed.problem.line, listed.problem.reason, listed.record_id) == (3, "no title", None)
