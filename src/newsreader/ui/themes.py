"""The program's own themes: calm colours, one accent."""

from __future__ import annotations

from textual.theme import Theme

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

THEMES = (DARK, LIGHT)
