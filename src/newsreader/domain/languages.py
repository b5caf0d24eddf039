"""Languages of records: one name for each, whatever the spelling of its code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line

ALL: Final = "all"
"""What a view has as its language to show every one."""

_TRADITIONAL: Final = frozenset(("hant", "tw", "hk", "mo"))
_LONGEST: Final = 20

_NAMES: Final[Mapping[str, str]] = {
    "ar": "العربية",
    "bg": "Български",
    "bn": "বাংলা",
    "ca": "Català",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "et": "Eesti",
    "eu": "Euskara",
    "fa": "فارسی",
    "fi": "Suomi",
    "fr": "Français",
    "gl": "Galego",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "lt": "Lietuvių",
    "lv": "Latviešu",
    "ms": "Bahasa Melayu",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sl": "Slovenščina",
    "sr": "Српски",
    "sv": "Svenska",
    "ta": "தமிழ்",
    "th": "ไทย",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "zh-hant": "繁體中文",
}


class UnknownLanguageError(NewsreaderError):
    """No record has a language; the message suggests others."""


def language_key(code: str) -> str:
    """Return the language of a code: `en` of `en-US` and `EN_gb`; Chinese in traditional script is apart."""
    primary, *rest = code.strip().casefold().replace("_", "-")[:_LONGEST].split("-")
    return "zh-hant" if primary == "zh" and not _TRADITIONAL.isdisjoint(rest) else primary


def language_name(key: str) -> str:
    """Return the name of a language in that language; the key itself where that is not known."""
    return _NAMES.get(key, key)


def users_language(environment: Mapping[str, str]) -> str:
    """Return the language of the user's locale; empty where it has none."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable, ""):
            key = language_key(value.partition(".")[0])
            return key if key in _NAMES else ""
    return ""


def find_language(text: str, languages: Collection[str]) -> str:
    """Find the language that a code or a name means; `all` is every language.

    Raises:
        UnknownLanguageError: no record has it.

    """
    wanted = text.strip().casefold()
    if wanted == ALL:
        return ALL
    for key in languages:
        if wanted == language_name(key).casefold() or language_key(wanted) == key:
            return key
    from newsreader.domain.suggest import suggest  # only after a mistake

    offered = [*languages, *map(language_name, languages)]
    raise UnknownLanguageError(
        f"There is no language “{clean_line(text, _LONGEST)}”. {suggest(text, offered)}".rstrip()
    )
