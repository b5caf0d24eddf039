"""The settings file: its keys, defaults and error messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.domain.dates import DateForm
from newsreader.domain.ranking import DAY, Order
from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import (
    Clipboard,
    Density,
    GlyphSet,
    KeyEntry,
    ListColumn,
    Notify,
    Pictures,
)
from newsreader.domain.view import AgesFrom
from newsreader.settings.intervals import NEEDED, read_interval
from newsreader.settings.line_numbers import (
    COMMAND,
    KEYS,
    PLAY,
    RULE,
    SOURCES,
    array_entries,
    key_entries,
    line_of,
    source_entries,
)

if TYPE_CHECKING:
    from newsreader.domain.corpus_options import CorpusOptions
    from newsreader.domain.external_command import ExternalCommand
    from newsreader.domain.rules import Rule
    from newsreader.settings.sources import DeclaredSource

__all__ = ["KEYS", "SETTINGS", "SOURCES", "Loaded", "Setting", "Settings", "load_settings"]


class Settings(NamedTuple):
    """What the user may set; `SETTINGS` tells what each is about.

    `corpora` are folders by the names that the reader gives them. `browser` is a command and its arguments,
    `%s` standing for the URL; empty means `$BROWSER` or what the system offers. `half_life` and
    `mark_read_after` are in seconds, None for never. `pages_megabytes` is the most that fetched pages take
    in the cache; `refresh` is the seconds between two syncs of sources that set none of their own, 0 for
    none; `private_addresses` lets pages of this machine and the local network be fetched. `sources`
    bring new records into the corpora, see `sources.py`. Without a `theme` the built-in one that suits the
    terminal is used; without a `density` the one that was chosen last in the program. `keys` are the lines
    of the table of that name in the order of the file; `keymap/validation.py` validates them. `commands` are
    those that a story can be passed to, `players` those that play enclosures, by patterns of media types.
    `rules` are applied to new records, and on request.
    """

    corpora: Mapping[str, str] = {}
    corpus_options: Mapping[str, CorpusOptions] = {}
    browser: tuple[str, ...] = ()
    half_life: int = DAY
    order: Order = Order.TOP
    theme: str = ""
    watch: bool = True
    first_frame: bool = True
    ages_from: AgesFrom = AgesFrom.NEWEST
    glyphs: GlyphSet = GlyphSet.AUTO
    density: Density | None = None
    columns: tuple[ListColumn, ...] = tuple(ListColumn)
    dates: DateForm = DateForm.RELATIVE
    hyperlinks: bool = True
    clipboard: Clipboard = Clipboard.AUTO
    fold_stories: bool = True
    restore: bool = True
    mark_read_after: float | None = 2.0
    mark_coverage: bool = True
    pictures: Pictures = Pictures.ASKED
    search_pages: bool = True
    pages_megabytes: int = 200
    private_addresses: bool = False
    refresh: int = 0
    notify: Notify = Notify.OFF
    downloads: str = "~/Downloads"
    sources: tuple[DeclaredSource, ...] = ()
    keys: tuple[KeyEntry, ...] = ()
    commands: tuple[ExternalCommand, ...] = ()
    players: tuple[tuple[str, ExternalCommand], ...] = ()
    rules: tuple[Rule, ...] = ()


class Loaded(NamedTuple):
    """The settings, a message for each error in the file, and the line of each key that was set."""

    settings: Settings
    complaints: list[str]
    lines: Mapping[str, int] = {}


class Setting(NamedTuple):
    """A key of the file, the field that it sets, its parser, and its description."""

    key: str
    field: str
    read: Callable[[Any], object]
    about: str

    @property
    def expects(self) -> str:
        """The values that it takes, as the message about an invalid one names them."""
        try:
            self.read(object())
        except _InvalidSettingError as error:
            return str(error).replace(" is needed", "").replace(" are needed", "")
        raise AssertionError(f"{self.key} takes any value")


class _InvalidSettingError(Exception):
    """The value is invalid; the message says what is needed."""


def load_settings(path: Path) -> Loaded:
    """Read the settings file; use the default in place of an invalid value."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Loaded(Settings(), [])
    except (OSError, UnicodeDecodeError) as error:
        return Loaded(Settings(), [f"{path}: cannot be read ({error}); the defaults are used."])
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # also of numbers that are too long
        return Loaded(Settings(), [f"{path}: not valid TOML ({error}); the defaults are used."])
    return _loaded(values, text, path)


def _corpora(value: Any) -> Mapping[str, str]:
    if isinstance(value, dict):
        folders: dict[str, Any] = {
            name: given.get("path") if isinstance(given, dict) else given for name, given in value.items()
        }
        if all(name and folder and isinstance(folder, str) for name, folder in folders.items()):
            return folders
    raise _InvalidSettingError('names of folders are needed, such as ai = "~/corpora/ai"')


def _browser(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(part, str) and part for part in value):
        return tuple(value)
    raise _InvalidSettingError('a list of a command and its arguments is needed, such as ["firefox", "%s"]')


def _half_life(value: Any) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0.01 <= value <= 10_000:
        return round(value * DAY)
    raise _InvalidSettingError("a number of days between 0.01 and 10000 is needed")


def _one_of(names: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def read(value: Any) -> StrEnum:
        try:
            return names(value)
        except ValueError:
            raise _InvalidSettingError(f"one of {', '.join(names)} is needed") from None

    return read


def _columns(value: Any) -> tuple[ListColumn, ...]:
    if isinstance(value, list) and all(name in tuple(ListColumn) for name in value):
        return tuple(column for column in ListColumn if column in value)
    raise _InvalidSettingError(f"a list of any of {', '.join(ListColumn)} is needed")


def _seconds(value: Any) -> float | None:
    if value == "off":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3600:
        return float(value)
    raise _InvalidSettingError('a number of seconds up to 3600 or "off" is needed')


def _folder(value: Any) -> str:
    if isinstance(value, str) and value.strip() and "\0" not in value:
        return value
    raise _InvalidSettingError('a folder is needed, such as "~/Downloads"')


def _megabytes(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 100_000:
        return value
    raise _InvalidSettingError("a number of megabytes from 1 to 100000 is needed")


def _interval(value: Any) -> int:
    seconds = read_interval(value)
    if seconds is None:
        raise _InvalidSettingError(NEEDED)
    return seconds


def _density(value: Any) -> Density | None:
    return None if value == "" else Density(_one_of(Density)(value))


def _theme(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise _InvalidSettingError("the name of a theme is needed")


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _InvalidSettingError("true or false is needed")


SETTINGS = (
    Setting("corpora", "corpora", _corpora, "names of folders; C opens another one"),
    Setting("browser", "browser", _browser, 'a command such as ["firefox", "%s"]; [] for $BROWSER'),
    Setting("half_life_days", "half_life", _half_life, "age that costs a story a point in the order top"),
    Setting("order", "order", _one_of(Order), f"the first order of the list: {', '.join(Order)}"),
    Setting(
        "theme",
        "theme",
        _theme,
        "one of the palette or your own; auto: as the terminal's background; empty: the one chosen last",
    ),
    Setting("watch", "watch", _switch, "show changes of files without R"),
    Setting("first_frame", "first_frame", _switch, "show the last start's picture while the program loads"),
    Setting("ages_from", "ages_from", _one_of(AgesFrom), "newer:7d counts from the newest record, or today"),
    Setting("glyphs", "glyphs", _one_of(GlyphSet), f"what the screen is drawn with: {', '.join(GlyphSet)}"),
    Setting("density", "density", _density, f"lines of a row: {', '.join(Density)}; empty: as chosen last"),
    Setting("columns", "columns", _columns, "what rows show besides the title"),
    Setting("dates", "dates", _one_of(DateForm), f"how dates are written: {', '.join(DateForm)}"),
    Setting("hyperlinks", "hyperlinks", _switch, "links in stories can be clicked in the terminal (OSC 8)"),
    Setting(
        "clipboard", "clipboard", _one_of(Clipboard), f"copy with a program or OSC 52: {', '.join(Clipboard)}"
    ),
    Setting("fold_stories", "fold_stories", _switch, "the front page shows each story in one row"),
    Setting("restore", "restore", _switch, "begin where the last visit to the corpus ended"),
    Setting("mark_read_after", "mark_read_after", _seconds, 'seconds in sight; 0 at once, "off" by hand'),
    Setting("mark_coverage", "mark_coverage", _switch, "a story is read with all its reports"),
    Setting("pictures", "pictures", _one_of(Pictures), f"fetch pictures of stories: {', '.join(Pictures)}"),
    Setting("search_pages", "search_pages", _switch, "a filter also searches fetched pages"),
    Setting("pages_megabytes", "pages_megabytes", _megabytes, "most that fetched pages take in the cache"),
    Setting("refresh", "refresh", _interval, 'sync sources by themselves, as every "1h"; "off": none'),
    Setting("notify", "notify", _one_of(Notify), f"desktop notifications: {', '.join(Notify)}"),
    Setting("downloads", "downloads", _folder, "the folder of downloaded enclosures"),
    Setting(
        "private_addresses", "private_addresses", _switch, "fetch pages of this machine and network, too"
    ),
)
"""All settings in the order of the file, except the tables at its end."""

_TABLES = {
    SOURCES: "[sources.NAME], for each source of fresh records",
    PLAY: "[play], with a line for each media type",
    COMMAND: "[[command]], for each command of yours",
    RULE: "[[rule]], for each rule",
    KEYS: "[keys], with a line for each action",
}


def _loaded(values: Mapping[str, Any], text: str, path: Path) -> Loaded:
    known = {setting.key: setting for setting in SETTINGS}
    fields: dict[str, Any] = {}
    complaints: list[str] = []
    lines: dict[str, int] = {}
    for key, value in values.items():
        line = line_of(key, text)
        place = f"{path}:{line}: {key}"
        if key == KEYS and isinstance(value, dict):
            fields[KEYS] = tuple(key_entries(value, text, path))
            continue
        if key == COMMAND and isinstance(value, list):
            from newsreader.settings.commands import read_commands  # most settings have none

            fields["commands"], mistakes = read_commands(array_entries(COMMAND, value, text), path)
            complaints += mistakes
            continue
        if key == PLAY and isinstance(value, dict):
            from newsreader.settings.commands import read_players

            fields["players"], mistakes = read_players(value, text, path)
            complaints += mistakes
            continue
        if key == RULE and isinstance(value, list):
            from newsreader.settings.rules import read_rules

            fields["rules"], mistakes = read_rules(array_entries(RULE, value, text), path)
            complaints += mistakes
            continue
        if key == SOURCES and isinstance(value, dict):
            from newsreader.settings.sources import read_sources  # most settings name none

            fields[SOURCES], mistakes = read_sources(source_entries(value, text), values.get("corpora"), path)
            complaints += mistakes
            continue
        if key not in known:
            from difflib import get_close_matches  # mistakes are rare, starts are not

            if key in _TABLES:
                complaints.append(f"{place}: a table is needed, {_TABLES[key]}.")
                continue
            near = get_close_matches(key, [*known, *_TABLES], n=1)
            hint = f"did you mean {near[0]}?" if near else f"known keys are {', '.join([*known, *_TABLES])}."
            complaints.append(f"{place} is not a setting; {hint}")
            continue
        try:
            fields[known[key].field] = known[key].read(value)
            lines[key] = line
            if key == "corpora" and any(isinstance(given, dict) for given in value.values()):
                from newsreader.settings.corpora import read_options  # most settings name folders alone

                fields["corpus_options"], mistakes = read_options(value, path, line)
                complaints += mistakes
        except _InvalidSettingError as error:
            complaints.append(f"{place}: {error}; the default is used.")
    # They quote keys and values.
    return Loaded(Settings(**fields), list(map(clean_line, complaints)), lines)
