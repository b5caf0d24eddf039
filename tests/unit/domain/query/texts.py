"""Filters as people type, paste and mistype them, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from newsreader.domain.query.fields import FIELDS

# What filters and titles go wrong with, next to plain text.
pieces = st.one_of(
    st.sampled_from(['"', '""', " ", "  ", "+++", "a", "ai", "AI", "C++", "é", "e\u0301", "İ", "ß", "Ⅷ"]),
    st.sampled_from(
        ["中", "ガ", "한국", "й", "ς", "\u0301", "_", "-", "🤖", "\u202e", "\x00", "\n", "'", "*"]
    ),
    st.text(max_size=4),
)
texts = st.lists(pieces, max_size=10).map("".join)
"""Any text at all."""

_values = st.sampled_from(
    [
        "ai",
        '"two words"',
        "a|b",
        "x*",
        "90",
        ">5",
        "1..9",
        "..7",
        "2021-06",
        "2021..2022",
        "7d",
        "today",
        "front",
        "C++",
    ]
)
_names = st.sampled_from(list(FIELDS))
_fields = st.builds(
    lambda name, operator, value: f"{name}{operator}{value}",
    _names,
    st.sampled_from([":", ":=", ">=", "<", "="]),
    _values,
)
filters = st.lists(
    st.one_of(_fields, pieces, st.sampled_from(["(", ")", " OR ", "|", " -", " AND ", " "])), max_size=12
).map("".join)
"""Texts that are full of the language, right and wrong."""
