"""A short run of every target, the inputs that failed once, and the fuzzer itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.__main__ import main
from tests.fuzz.mutator import Mutator, as_bytes, from_stored, stored
from tests.fuzz.runner import CRASHES, keep, kept, replay, run_target
from tests.fuzz.target import Target, require, require_block, require_line, require_safe
from tests.fuzz.targets import TARGETS

SEED = 20
CASES = 120_000
"""Of all targets together: about ten seconds."""

_SHARES = sum(target.share for target in TARGETS.values())


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_no_input_breaks_a_parser(target: Target) -> None:
    outcome = run_target(target, range(max(100, CASES * target.share // _SHARES)), SEED)
    assert not outcome.failures, [f"{case!a}: {error!r}" for case, error in outcome.failures]


@pytest.mark.parametrize(("name", "case"), list(kept()), ids=lambda part: part if part in TARGETS else "")
def test_what_failed_once_holds(name: str, case: str) -> None:
    replay(TARGETS[name], case)


def test_every_stored_input_has_a_target() -> None:
    assert {name for name, _ in kept()} <= TARGETS.keys()


# -- the fuzzer itself ---------------------------------------------------------------------------------


def _fail_on_z(case: str) -> None:
    require("z" not in case, case)


def test_a_failure_is_found_and_told_once_a_cause() -> None:
    outcome = run_target(Target("x", _fail_on_z, ("abc", "xyz"), ("z", "y")), range(200), 1)
    assert outcome.cases == 200
    assert len(outcome.failures) == 1
    assert "z" in outcome.failures[0].case


def test_a_case_that_does_not_end_is_a_failure() -> None:
    def spin(case: str) -> None:
        while case:
            pass

    outcome = run_target(Target("x", spin, ("a",), seconds=0.05), range(1), 1)
    assert [type(error).__name__ for _, error in outcome.failures] == ["TooSlowError"]


def test_a_case_is_made_again_from_its_number() -> None:
    first, second = (Mutator(("one", "two\n"), ("+",), 7) for _ in range(2))
    cases = [first.case(number) for number in range(300)]
    assert [second.case(number) for number in reversed(range(300))] == cases[::-1]
    assert cases[:2] == ["one", "two\n"]
    assert len(set(cases)) > 200


@given(st.text(st.characters(codec=None)))
def test_a_case_is_stored_without_loss(case: str) -> None:
    assert from_stored(stored(case)) == case
    assert isinstance(as_bytes(case), bytes)


def test_a_stored_failure_is_named_by_its_content(tmp_path: Path) -> None:
    path = keep("urls", "http://\ud800", tmp_path)
    assert path.parent == tmp_path / "urls"
    assert from_stored(path.read_bytes()) == "http://\ud800"
    assert keep("urls", "http://\ud800", tmp_path) == path
    assert CRASHES.is_dir()


@pytest.mark.parametrize("text", ["\x1b", "\x9b", "\u202e", "\udcff", "\u2028"])
def test_controls_are_noticed_wherever_they_are(text: str) -> None:
    for check in (require_line, require_block):
        with pytest.raises(AssertionError):
            check(f"a{text}")
    for value in ({"a": [text]}, {text: 1}, ({"b": {"c": text}},), [("x", text)]):
        with pytest.raises(AssertionError):
            require_safe(value)
    require_safe({"a": ["b\nc", 1, None]})


def test_the_table_names_each_target(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "40", "--seed", "1", "--target", "dates,tags"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["seed", "target", "dates", "tags", "all"]
    assert lines[-1].split()[1:3] == ["40", "0"]
