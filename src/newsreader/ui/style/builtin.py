"""The program's own themes: calm colours, one accent."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from newsreader.state.theme import Background

DARK = Theme(
    name="newsreader-dark",
    primary="#7aa2c8",
    secondary="#9aa7b5",
    accent="#d6a75f",
    warning="#d9b36c",
    error="#d77a73",
    success="#8fb784",
    foreground="#cfd5db",
    background="#14181d",
    surface="#181d23",
    panel="#222932",
    dark=True,
    variables={
        "border": "#7aa2c8",
        "border-blurred": "#333c47",
        "scrollbar": "#2b333d",
        "scrollbar-hover": "#3a4552",
        "scrollbar-active": "#7aa2c8",
        "scrollbar-background": "#14181d",
        "scrollbar-background-hover": "#14181d",
        "scrollbar-background-active": "#14181d",
        "block-cursor-background": "#29394a",
        "block-cursor-foreground": "#eef2f5",
    },
)

LIGHT = Theme(
    name="newsreader-light",
    primary="#2f6690",
    secondary="#5d6b78",
    accent="#9a5b00",
    warning="#8a6100",
    error="#a8322a",
    success="#3c6e35",
    foreground="#24292e",
    background="#fbfaf7",
    surface="#f5f3ee",
    panel="#e9e6de",
    dark=False,
    variables={
        "border": "#2f6690",
        "border-blurred": "#cfcabf",
        "scrollbar": "#d8d4ca",
        "scrollbar-hover": "#bdb8ac",
        "scrollbar-active": "#2f6690",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "block-cursor-background": "#d5e2ec",
        "block-cursor-foreground": "#14181c",
    },
)

FEW_COLOURS = Theme(
    name="newsreader-16",
    ansi=True,
    primary="ansi_bright_blue",
    secondary="ansi_cyan",
    accent="ansi_yellow",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_bright_blue",
        "border-blurred": "ansi_bright_black",
        "text-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "scrollbar": "ansi_bright_black",
        "scrollbar-hover": "ansi_bright_black",
        "scrollbar-active": "ansi_bright_blue",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
        "block-cursor-background": "ansi_blue",
        "block-cursor-foreground": "ansi_bright_white",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-selection-background": "ansi_blue",
    },
)
"""The sixteen colours of the terminal; also used with `NO_COLOR`."""

FOLLOWING = "auto"
"""The setting for the dark or the light theme, as the background of the terminal is."""

THEMES = (DARK, LIGHT, FEW_COLOURS)


def usual_theme(color_system: str | None, environ: Mapping[str, str], background: Background = "") -> Theme:
    """The theme where none was chosen: calm colours, if the terminal has them, on its kind of background."""
    has_few = color_system in (None, "standard", "windows") or "NO_COLOR" in environ
    if has_few:
        return FEW_COLOURS
    return LIGHT if background == "light" else DARK
