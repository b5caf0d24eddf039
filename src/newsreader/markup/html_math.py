"""Format MathML as one line, with operators between raised, lowered or stacked operands."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = {
    "mfrac": "/",
    "mover": "^",
    "mroot": "^1/",
    "msub": "_",
    "msubsup": "_^",
    "msup": "^",
    "munder": "_",
    "munderover": "_^",
}
_PREFIXES: Final = {"msqrt": "√(", "mfenced": "("}


class MathSigns:
    """Adds operators and parentheses to the elements of a formula."""

    def __init__(self) -> None:
        self._operands: list[int] = []  # number so far, for each open element with operators

    def before(self, name: str, parent: str) -> tuple[str, str]:
        """Return the text before and after an element inside `parent`."""
        sign = ""
        is_operand = parent in _SIGNS
        if is_operand:
            signs = _SIGNS[parent]
            count = self._operands[-1]
            sign = "" if not count else signs if parent == "mroot" else signs[min(count, len(signs)) - 1]
            self._operands[-1] = count + 1
        if name in _SIGNS:
            self._operands.append(0)
        if name in _PREFIXES:
            return sign + _PREFIXES[name], ")"
        return (f"{sign}(", ")") if is_operand and name == "mrow" else (sign, "")

    def leave(self, name: str) -> None:
        """Leave an element."""
        if name in _SIGNS:
            self._operands.pop()
