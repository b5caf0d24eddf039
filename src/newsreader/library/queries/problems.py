"""The problems of the files of a corpus, as the index has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newsreader.corpus.scan import display_path
from newsreader.domain.checks.problem import ListedProblem, Problem
from newsreader.domain.sanitize import clean_line


def read_problems(ask: Callable[[str], list[tuple[Any, ...]]]) -> list[ListedProblem]:
    """Every problem in the order of the paths and lines."""
    rows = ask(
        "SELECT file.path, line, problem.reason, record.id FROM problem JOIN file ON file.id = file_id"
        " LEFT JOIN record ON record.id = file_id ORDER BY file.path, line"
    )
    return [
        ListedProblem(Problem(clean_line(display_path(path)), line, clean_line(reason)), record_id)
        for path, line, reason, record_id in rows
    ]
