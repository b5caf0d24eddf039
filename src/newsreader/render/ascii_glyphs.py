"""ASCII replacements for symbols, of the same width, so that the layout stays valid.

Letters and symbols of other scripts are kept: they belong to the records.
"""

from __future__ import annotations

_SIGNS = {
    # The program's own.
    **dict(zip("▌●✓★◔✎▲▸▹▾≈·•…×", ">ox*LN^>-v~-*~x", strict=True)),
    # Typography.
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("‐‑‒–—", "-"),
    "\u00a0": " ",
    # Arrows, and the signs of Textual's widgets.
    **dict(zip("←↑→↓▶▼◀◉○◐", "<^>v>v<@oo", strict=True)),
    "🔎": "> ",
}
_LINES = {
    **dict.fromkeys("─━┄┅┈┉╌╍═╴╶╸╺╼╾−", "-"),
    **dict.fromkeys("│┃┆┇┊┋╎╏║╵╷╹╻╽╿", "|"),
}
_FILLED = {
    **dict.fromkeys("▁▂▏▎▍▔▕", " "),
    **dict.fromkeys("▃▄▅▀▋▊", "="),
    **dict.fromkeys("▆▇█▉▐░▒▓", "#"),
}

PLAIN_SIGNS = str.maketrans(
    {
        **{chr(code): "+" for code in range(0x2500, 0x2580)},  # corners and crossings of lines
        **{chr(code): "#" for code in range(0x2580, 0x25A0)},
        **_LINES,
        **_FILLED,
        **_SIGNS,
    }
)
"""For `str.translate`."""
