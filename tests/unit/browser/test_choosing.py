from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.browser import (
    BrowserCommand,
    BrowserError,
    UnsafeUrlError,
    commands_for,
    launch,
    run_in_foreground,
)
from newsreader.domain.errors import NewsreaderError
from tests.unit.browser.fake_browsers import PATIENCE, SCREEN, URL, Desk, having, names_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake browsers are scripts for sh")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# Which URLs are passed on


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.com/",
        "mailto:a@example.com",
        "//example.com/",
        "example.com",
        "--help",
        "-o x",
        "-http://example.com/",
        " https://example.com/",
        "http://",
        "https:///x",
        "http://h\n",
        "http://h/\x00",
        "http://h/\x1b[2J",
        "http://h/a b",
        "http://h/$(touch x)",
        "http://h/;touch x",
        "http://h\\@example.com/",
    ],
)
def test_only_http_and_https_urls_are_accepted(desk: Desk, url: str) -> None:
    desk.install("firefox")
    with pytest.raises(UnsafeUrlError, match=r"^Not opened: .* no http or https address"):
        desk.open(url, setting=["firefox", "%s"])
    assert desk.received("firefox") == []


def test_the_url_in_an_error_is_sanitized() -> None:
    with pytest.raises(UnsafeUrlError) as refusal:
        commands_for("file:///\x1b[2Jx\n" + "y" * 500, environ={})
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 200


HOSTILE_BUT_VALID = [
    "http://h/%s",
    "http://h/%%s%%",
    "http://h/\"'",
    "http://h/$(touch${IFS}pwned)",
    "http://h/;touch${IFS}pwned;",
    "http://h/`touch${IFS}pwned`",
    "http://h/&touch${IFS}pwned&",
    "http://h/|tee<>pwned",
    "http://h/*?[a-z]{1,2}~!#--help",
    "http://h/#$BROWSER",
    "https://münchen.example/نمی\u200cخواهم",
]


@pytest.mark.parametrize("url", HOSTILE_BUT_VALID)
def test_a_url_is_passed_unchanged_as_one_argument(
    desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.directory)
    desk.install("firefox")
    desk.open(url, setting=["firefox", "--new-tab", "%s"])
    desk.open(url, browser="firefox --url=%s")
    desk.open(url, browser="firefox")
    assert desk.received("firefox") == ["--new-tab", url, f"--url={url}", url]
    assert sorted(path.name for path in desk.directory.iterdir()) == ["firefox", "firefox.argv"]


@pytest.mark.parametrize("url", HOSTILE_BUT_VALID)
def test_a_terminal_browser_gets_the_url_unchanged(
    desk: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.directory)
    desk.install("w3m")
    desk.open(url, browser="w3m", run_in_terminal=run_in_foreground)
    assert desk.received("w3m") == [url]
    assert sorted(path.name for path in desk.directory.iterdir()) == ["w3m", "w3m.argv"]


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="\\")))
def test_no_url_changes_the_number_of_arguments(rest: str) -> None:
    url = f"https://example.com/{rest}"
    template = ["firefox", "a", "%s", "--b=%s", "100%%"]
    candidates = commands_for(url, setting=template, environ={}, which=having("firefox"))
    assert candidates.commands == (BrowserCommand(("/fake/firefox", "a", url, f"--b={url}", "100%"), False),)


# The user's own choice


@pytest.mark.parametrize(
    ("entry", "arguments"),
    [
        ("firefox", [URL]),
        ("firefox %s", [URL]),
        ("firefox %s &", [URL]),
        ("firefox %s&", [URL]),
        ("firefox &", [URL]),
        ("firefox --new-tab", ["--new-tab", URL]),
        ("firefox --url=%s --new-tab", [f"--url={URL}", "--new-tab"]),
        ("firefox %s --twice %s", [URL, "--twice", URL]),
        ("firefox '-P my profile' %s", ["-P my profile", URL]),
        (r"firefox my\ profile %s", ["my profile", URL]),
        ("firefox '%s'", [URL]),
        ("firefox --zoom=50%%", ["--zoom=50%", URL]),
        ("firefox %%s", ["%s", URL]),
        ("firefox %%%s", [f"%{URL}"]),
        ("firefox %u %S %", [URL, "%S", "%"]),
        ("firefox # %s", ["#", URL]),
        ("firefox '&'", ["&", URL]),
        ("firefox ''", ["", URL]),
        ("  firefox   %s  ", [URL]),
        (":firefox:", [URL]),
    ],
)
def test_an_entry_of_the_variable_is_split_into_arguments(
    desk: Desk, entry: str, arguments: list[str]
) -> None:
    desk.install("firefox")
    desk.open(browser=entry)
    assert desk.received("firefox") == arguments


@pytest.mark.parametrize(
    ("setting", "arguments"),
    [
        (["firefox"], [URL]),
        (["firefox", "%s"], [URL]),
        (["firefox", "--url=%s", "--zoom=50%%"], [f"--url={URL}", "--zoom=50%"]),
        (["firefox", "-P my 'profile", "%s", "a:b"], ["-P my 'profile", URL, "a:b"]),
    ],
)
def test_a_setting_is_a_list_of_arguments(desk: Desk, setting: list[str], arguments: list[str]) -> None:
    desk.install("firefox")
    desk.open(setting=setting)
    assert desk.received("firefox") == arguments


def test_the_setting_precedes_the_variable_and_that_the_system() -> None:
    everything = having("chosen", "variable", "xdg-open")
    environ = {**SCREEN, "BROWSER": "variable"}

    def first(setting: Sequence[str], environ: Mapping[str, str]) -> list[str]:
        found = commands_for(URL, setting=setting, environ=environ, platform="linux", which=everything)
        return names_of(found)

    assert first(["chosen"], environ) == ["chosen"]
    assert first([], environ) == ["variable"]
    assert first([], {**SCREEN, "BROWSER": " : "}) == ["xdg-open"]
    assert first([], SCREEN) == ["xdg-open"]


def test_a_program_can_be_a_path_with_a_percent_sign(desk: Desk) -> None:
    program = desk.install("fire%fox")
    found = commands_for(URL, setting=[str(program).replace("%", "%%")], environ={})
    assert found.commands[0].argv == (str(program), URL)


def test_programs_are_searched_in_the_given_path(desk: Desk) -> None:
    program = desk.install("a-browser-of-this-test")
    found = commands_for(URL, setting=[program.name], environ={"PATH": str(desk.directory)})
    assert found.commands[0].argv[0] == str(program)
    with pytest.raises(BrowserError, match="was not found"):
        commands_for(URL, setting=[program.name], environ={"PATH": "/nowhere"})
    with pytest.raises(BrowserError, match="was not found"):
        commands_for(URL, setting=[program.name], environ={})


def test_the_first_entry_whose_program_exists_is_used(desk: Desk) -> None:
    desk.install("second")
    desk.install("third")
    assert desk.open(browser="first %s:second %s:third %s").name == "second"
    assert desk.received("third") == []


def test_an_entry_with_invalid_quoting_is_skipped_with_a_reason(desk: Desk) -> None:
    desk.install("second")
    assert desk.candidates(browser="first 'x %s:second").refusals == (
        "first 'x %s has a quotation mark or a backslash too many",
    )
    assert desk.open(browser="first 'x %s:second").name == "second"
    with pytest.raises(BrowserError, match=r'first "x has a quotation mark .*\. Correct \$BROWSER'):
        desk.open(browser='first "x')


@pytest.mark.parametrize("setting", [["%s"], ["%s", "x"], ["http%s"], [""], ["", "%s"]])
def test_a_url_is_never_the_program(desk: Desk, setting: list[str]) -> None:
    with pytest.raises(BrowserError, match=r"names no program. Correct `browser` in the settings"):
        commands_for(URL, setting=setting, environ=SCREEN, which=lambda program: program)


@pytest.mark.parametrize(
    "entry",
    [
        "sh -c 'firefox %s'",
        "sh -c \"firefox '%s'\" &",
        "sh -c %s",
        "sh -c",
        "bash -lc %s",
        "xterm -e 'w3m %s'",
        "xterm -e",
        "osascript -e 'open location \"%s\"'",
        "env A=b sh -c 'exec firefox %s'",
        "tmux new-window 'w3m %s'",
        "emacsclient '--eval=(browse-url\t\"%s\")'",
    ],
)
def test_a_command_that_would_parse_the_url_as_code_is_rejected(entry: str) -> None:
    with pytest.raises(BrowserError, match="would read the link as part of a command line"):
        commands_for(
            URL, environ={**SCREEN, "BROWSER": entry}, platform="linux", which=lambda program: program
        )


def test_a_script_with_the_url_as_a_separate_argument_is_accepted(desk: Desk) -> None:
    desk.install("firefox")
    url = "http://h/$(touch${IFS}pwned)"
    entry = f'/bin/sh -c \'exec "{desk.directory}/firefox" "$1"\' sh %s'
    candidates = commands_for(url, environ={"BROWSER": entry}, platform="linux")
    launch(candidates, environ=desk.environ(), grace=PATIENCE)
    assert desk.received("firefox") == [url]


@pytest.mark.parametrize(
    "entry",
    [
        "cmd.exe /c start",
        "/mnt/c/Windows/System32/cmd.exe /c start",
        "powershell.exe -Command Start-Process",
        "pwsh -c %s",
        "wsl.exe firefox",
        "bash",
        "env bash",
        "nohup zsh %u",
        "mosh laptop firefox",
        "su me -c firefox",
    ],
)
def test_a_shell_is_refused_on_every_system(entry: str) -> None:
    for platform in ("linux", "darwin", "win32"):
        with pytest.raises(BrowserError, match="would read the link as part of a command line"):
            commands_for(URL, environ={"BROWSER": entry}, platform=platform, which=lambda program: program)


def test_the_url_is_quoted_for_a_shell_of_another_machine() -> None:
    url = "https://a.example/$(id)?a=1&b='2'"
    for entry in ("ssh laptop firefox", "env ssh -X laptop firefox %u"):
        found = commands_for(url, environ={"BROWSER": entry}, platform="linux", which=lambda program: program)
        assert found.commands[0].argv[-1] == shlex.quote(url)


def test_a_path_may_have_blanks_and_begin_at_home(desk: Desk) -> None:
    folder = desk.directory / "Program Files"
    folder.mkdir()
    desk.install("Program Files/firefox.exe")
    program = str(folder / "firefox.exe")

    def argv(entry: str, url: str = URL) -> tuple[str, ...]:
        environ = {**desk.environ(entry), "HOME": str(desk.directory)}
        return commands_for(url, environ=environ, platform="linux").commands[0].argv

    assert argv(f"{program} --new-tab") == (program, "--new-tab", URL)
    desk.install("ff")
    for entry in ("~/ff %u", "$HOME/ff", "${HOME}/ff"):
        assert argv(entry) == (str(desk.directory / "ff"), URL)
    assert argv("MOZ_X=1 A= ff") == ("env", "MOZ_X=1", "A=", str(desk.directory / "ff"), URL)


def test_an_empty_word_is_named() -> None:
    with pytest.raises(BrowserError, match="names no program"):
        commands_for(URL, environ={**SCREEN, "BROWSER": "'' firefox"}, which=lambda program: program)


def test_a_missing_browser_is_an_error_and_is_not_replaced(desk: Desk) -> None:
    desk.install("xdg-open")
    with pytest.raises(BrowserError) as none:
        desk.candidates(browser="torbrowser:firefox")
    assert str(none.value) == ("torbrowser was not found; firefox was not found. Correct $BROWSER.")
    with pytest.raises(BrowserError, match=r"^torbrowser was not found\. Correct `browser` in the settings"):
        desk.candidates(setting=["torbrowser"], browser="xdg-open")
    assert desk.received("xdg-open") == []


# What the system offers


@pytest.mark.parametrize("screen", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_linux_prefers_openers_then_graphical_then_terminal_browsers(screen: dict[str, str]) -> None:
    programs = having("lynx", "w3m", "firefox", "www-browser", "gio", "xdg-open", "wslview")
    found = commands_for(URL, environ=screen, platform="linux", which=programs)
    assert found.commands == (
        BrowserCommand(("/fake/xdg-open", URL), False),
        BrowserCommand(("/fake/gio", "open", URL), False),
        BrowserCommand(("/fake/wslview", URL), False),
        BrowserCommand(("/fake/www-browser", URL), False),
        BrowserCommand(("/fake/firefox", URL), False),
        BrowserCommand(("/fake/w3m", URL), True),
        BrowserCommand(("/fake/lynx", URL), True),
    )


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"SSH_CONNECTION": "a 1 b 2"}])
def test_linux_without_a_display_has_only_terminal_browsers(environ: dict[str, str]) -> None:
    programs = having("elinks", "xdg-open", "firefox")
    assert names_of(commands_for(URL, environ=environ, platform="linux", which=programs)) == ["elinks"]


@pytest.mark.parametrize("name", ["WSL_DISTRO_NAME", "WSL_INTEROP"])
def test_wsl_has_a_screen(name: str) -> None:
    found = commands_for(URL, environ={name: "x"}, platform="linux", which=having("wslview"))
    assert names_of(found) == ["wslview"]


def test_a_forwarded_display_is_a_screen() -> None:
    environ = {**SCREEN, "SSH_CONNECTION": "a 1 b 2"}
    assert names_of(commands_for(URL, environ=environ, platform="linux", which=having("firefox"))) == [
        "firefox"
    ]


def test_a_link_to_a_terminal_browser_is_recognized(desk: Desk) -> None:
    desk.install("w3m")
    (desk.directory / "www-browser").symlink_to("w3m")
    desk.install("falkon")
    screen, none = desk.candidates(), desk.candidates(screen=False)
    assert [(command.name, command.needs_terminal) for command in screen.commands] == [
        ("falkon", False),
        ("www-browser", True),
        ("w3m", True),
    ]
    assert names_of(none) == ["www-browser", "w3m"]


def test_macos_uses_open() -> None:
    found = commands_for(URL, environ={}, platform="darwin", which=having("open", "w3m", "xdg-open"))
    assert found.commands == (
        BrowserCommand(("/fake/open", URL), False),
        BrowserCommand(("/fake/w3m", URL), True),
    )


def test_windows_uses_its_protocol_handler() -> None:
    found = commands_for(
        URL, environ={"SYSTEMROOT": "D:\\Win"}, platform="win32", which=lambda program: program
    )
    handler = ("D:\\Win\\System32\\rundll32.exe", "url.dll,FileProtocolHandler", URL)
    assert found.commands == (BrowserCommand(handler, False),)
    assert found.commands[0].name == "rundll32"


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_no_window_is_opened_over_ssh(platform: str) -> None:
    with pytest.raises(BrowserError, match=r"^No browser on this machine's screen"):
        commands_for(URL, environ={"SSH_TTY": "/dev/pts/1"}, platform=platform, which=having("open"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (r"C:\Tools\firefox.exe -x;other", (r"C:\Tools\firefox.exe", "-x", URL)),
        (r'"C:\Program Files\b.exe" --url=%s', (r"C:\Program Files\b.exe", f"--url={URL}")),
    ],
)
def test_windows_separates_entries_by_semicolons_and_keeps_backslashes(
    entry: str, words: tuple[str, ...]
) -> None:
    found = commands_for(URL, environ={"BROWSER": entry}, platform="win32", which=lambda program: program)
    assert found.commands[0].argv == words


@pytest.mark.parametrize("program", ["C:\\b.CMD", "b.bat", "cmd", "C:\\Windows\\CMD.EXE", "pwsh.exe"])
def test_windows_shells_are_rejected(program: str) -> None:
    with pytest.raises(BrowserError, match="not safe"):
        commands_for(URL, setting=[program, "%s"], environ={}, platform="win32", which=lambda found: found)


@pytest.mark.parametrize(
    ("program", "needs_terminal"),
    [
        *[(name, True) for name in ("w3m", "lynx", "links", "links2", "elinks", "carbonyl", "browsh")],
        ("/opt/x/w3m", True),
        ("lynx.exe", True),
        ("firefox", False),
        ("w3m-like", False),
        ("xterm", False),
    ],
)
def test_terminal_browsers_are_known_by_name(program: str, needs_terminal: bool) -> None:
    found = commands_for(URL, setting=[program], environ={}, which=lambda name: name)
    assert found.commands[0].needs_terminal is needs_terminal


# What a person is told


def test_no_browser_with_a_screen() -> None:
    with pytest.raises(BrowserError) as none:
        commands_for(URL, environ=SCREEN, platform="linux", which=having())
    assert str(none.value) == (
        "No browser was found. Install a browser or set $BROWSER or `browser` in the settings."
    )
    assert isinstance(none.value, NewsreaderError)


@pytest.mark.parametrize("environ", [{}, {"SSH_CONNECTION": "a 1 b 2"}, {"SSH_TTY": "/dev/pts/1"}])
def test_no_browser_without_a_screen(environ: dict[str, str]) -> None:
    with pytest.raises(BrowserError) as none:
        commands_for(URL, environ=environ, platform="linux", which=having("firefox"))
    assert str(none.value) == (
        "No browser on this machine's screen: "
        "set $BROWSER or `browser` in the settings to a browser for terminals, such as w3m."
    )


def test_names_in_errors_are_sanitized() -> None:
    with pytest.raises(BrowserError) as none:
        commands_for(URL, setting=["fire\x1b[31mfox\n"], environ=SCREEN)
    assert str(none.value).isprintable()
