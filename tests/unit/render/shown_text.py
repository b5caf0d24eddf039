"""Text as it comes to the screen: of any script, through the gate, for properties of layouts."""

from __future__ import annotations

from hypothesis import strategies as st

from newsreader.domain.sanitize import clean_line

PIECES = (
    *(
        "a",
        "word",
        "longer-word",
        " ",
        "  ",
        "/",
        "https://a.example/x?y=1",
        "…",
        "Ｗ",
        "字",
        "한글",
        "テスト",
    ),
    *(
        "e\u0301",
        "o\u0338\u0302",
        "\u0301",
        "👨‍👩‍👧",
        "👍🏿",
        "🏳️‍🌈",
        "🇩🇪",
        "🇦",
        "1️⃣",
        "⚠️",
        "✔︎",
        "\u200d",
        "क्‍ष",
    ),
    *("ไทย", "עברית", "½", "™", "—"),
)

lines = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.text(max_size=60),
).map(clean_line)
"""One line of text that passed the gate."""
