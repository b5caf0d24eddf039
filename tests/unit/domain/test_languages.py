"""Languages have one key whatever their spelling, and are found by code or name."""

from __future__ import annotations

import pytest

from newsreader.domain.languages import (
    ALL,
    UnknownLanguageError,
    find_language,
    language_key,
    language_name,
    users_language,
)


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        (" pt-BR ", "pt"),
        ("zh-CN", "zh"),
        ("zh-tw", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("", ""),
    ],
)
def test_spellings_of_a_code_have_one_key(code: str, key: str) -> None:
    assert language_key(code) == key


def test_a_language_is_named_in_itself() -> None:
    assert [language_name(key) for key in ("de", "zh-hant", "xx")] == ["Deutsch", "繁體中文", "xx"]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, ""),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LC_ALL": "C.UTF-8", "LANG": "de_AT.UTF-8"}, ""),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_FR", "LANG": "de_AT.UTF-8"}, "fr"),
    ],
)
def test_the_locale_names_the_users_language(environment: dict[str, str], language: str) -> None:
    assert users_language(environment) == language


@pytest.mark.parametrize(
    ("text", "key"), [("de", "de"), ("de-AT", "de"), ("deutsch", "de"), (" English", "en"), ("All", ALL)]
)
def test_a_language_is_found_by_code_and_name(text: str, key: str) -> None:
    assert find_language(text, ["en", "de"]) == key


def test_an_unknown_language_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownLanguageError, match=r"no language “deutch”\. Did you mean “Deutsch”[?]"):
        find_language("deutch", ["en", "de"])
