"""The world that the invented records tell of: its topics, its outlets and its words."""

from __future__ import annotations

import itertools
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

Thing = TypeVar("Thing")

COMMON_WORD: Final = "market"
"""In the title of about one record in five, and nowhere else in a text."""
RARE_WORD: Final = "quokka"
"""In the title of one record in 10,000, and of at least one; always on the front page."""
ABSENT_WORD: Final = "zyzzyva"
"""In no record at all."""

_PSEUDO_WORDS: Final = 5_000

# File number, name, parent, first keyword. As in real trees, numbers repeat.
TOPICS: Final = (
    (0, "AI", "", "artificial intelligence"),
    (1, "Machine Learning", "AI", "deep learning"),
    (2, "Computer Vision", "AI", "face recognition"),
    (3, "Natural Language Processing", "AI", "language model"),
    (4, "AI Ethics", "AI", "bias"),
    (5, "AI Hardware", "AI", "accelerator"),
    (6, "AI in Autos", "AI", "self-driving"),
    (7, "AI in Healthcare", "AI", "diagnosis"),
    (8, "AI in Finance", "AI", "credit scoring"),
    (8, "AI in Marketing", "AI", "recommendation"),
    (8, "AI in Sales", "AI", "lead scoring"),
    (9, "AI in Education", "AI", "tutor"),
    (9, "AI in Robotics", "AI", "robot"),
    (9, "AI in Security", "AI", "threat detection"),
    (10, "AWS AI", "AI", "sagemaker"),
    (11, "Microsoft AI", "AI", "azure"),
    (12, "Google AI", "AI", "deepmind"),
    (13, "Facebook AI", "AI", "pytorch"),
    (13, "Meta AI", "AI", "pytorch"),
    (14, "IBM AI", "AI", "watson"),
    (15, "TensorFlow", "Google AI", "keras"),
    (20, "Math for AI", "AI", "linear algebra"),
)
# Real topic files often end in a line that opens a second, empty document. These do.
_TOPICS_WITH_AN_OPEN_END: Final = frozenset({"AI in Sales", "AWS AI", "Google AI", "Meta AI", "TensorFlow"})

_OUTLET_FIRST: Final = (
    "daily weekly evening morning northern southern eastern western harbour valley "
    "island prairie copper silver amber cedar maple granite coastal modern"
)
_OUTLET_LAST: Final = "lantern courier ledger beacon gazette signal tribune compass almanac circuit"

_REAL_WORDS: Final = """
the of to and in for with on from by at as is its new how why what will can after over into more about than
their says report study company data technology system first year future world global team people research
tool model software group business industry service plan could next big top best use using make makes help
needs take shows find builds launches raises growth deal fund startup firm bank health care hospital patient
doctor school student teacher university science engineer developer code chip device phone camera sensor
robot machine engine network cloud platform app web site page search image video voice speech text language
word book paper news story media press day week month time hour minute million billion thousand number rate
price cost value money tax trade store shop food farm water energy power oil gas solar wind climate city town
state county nation law rule court police privacy security risk threat attack defense space earth moon car
truck road train plane ship drone factory plant job worker staff office chief leader board member partner
customer user buyer owner public private local federal open free safe smart fast slow small large early late
old young high low hard easy human real digital virtual social medical legal financial personal simple strong
weak better worse long short full half many few most all every other same different between against under
before during without within across around past since until again still only also never often now today
tomorrow here there where when who which this that we they it be are was were has have had do not but or if
"""

_ONSETS: Final = "b c d f g h j k l m n p r s t v w z br cl dr gr pl qu st tr"
_NUCLEI: Final = "a e i o u a e i o ai ou"
_ENDINGS: Final = "n|r|s|t|x|nd|rk|||"


class Outlet(NamedTuple):
    """A provider of news that does not exist."""

    name: str
    domain: str
    amp_form: int
    """Which of the usual ways to address an AMP page it follows."""
    logo: str
    """Lines for the record; may be empty."""

    def amp_url(self, path: str) -> str:
        """Return where the AMP form of the page at `path` would be."""
        if self.amp_form == 0:
            return f"https://www.{self.domain}{path}amp/"
        if self.amp_form == 1:
            return f"https://www.{self.domain}{path}?outputType=amp"
        return f"https://amp.{self.domain}{path}"


class Zipf(Generic[Thing]):
    """Draws things so that the n-th is drawn with a weight of 1 / (n + shift) ** exponent."""

    def __init__(
        self, rng: random.Random, things: Sequence[Thing], *, exponent: float = 1.0, shift: float = 0.0
    ) -> None:
        weights = (1 / (rank + shift) ** exponent for rank in range(1, len(things) + 1))
        self._sums = list(itertools.accumulate(weights))
        self._things = things
        self._random = rng.random

    def draw(self) -> Thing:
        """Return one thing."""
        return self._things[bisect_left(self._sums, self._random() * self._sums[-1])]

    def draws(self, count: int) -> list[Thing]:
        """Return `count` things, which may repeat."""
        things, sums, uniform = self._things, self._sums, self._random
        total = sums[-1]
        return [things[bisect_left(sums, uniform() * total)] for _ in range(count)]


def topic_files() -> Iterator[tuple[str, str]]:
    """Yield the path and the text of the topic files."""
    for number, name, parent, keyword in TOPICS:
        parent_line = f"parent: {parent}\n" if parent else ""
        end = "---\n" if name in _TOPICS_WITH_AN_OPEN_END else ""
        yield (
            f"_data/topics/{number:02}-{slug_of(name)}.yaml",
            f"taxonomy: topic\n_id: {slug_of(name)}\nname: {name}\n{parent_line}"
            f"description: Invented news about {keyword}\nkeywords:\n  - {keyword}\n"
            f'hashtags:\n  - "#{name.replace(" ", "")}"\n{end}',
        )


def outlets() -> list[Outlet]:
    """Return the 200 outlets; one in five has a logo in its records."""
    found: list[Outlet] = []
    for last, first in itertools.product(_OUTLET_LAST.split(), _OUTLET_FIRST.split()):
        domain = f"{first}-{last}.example"
        logo = (
            f'  images:\n    - url: "https://images.{domain}/logo-50x50.jpg"\n'
            "      width: 50\n      height: 50\n"
        )
        number = len(found)
        form = min(number % 6 // 2, 2)
        found.append(Outlet(f"{first} {last}".title(), domain, form, logo if number % 5 == 0 else ""))
    return found


def vocabulary(rng: random.Random) -> list[str]:
    """Return the words of the texts by falling frequency: real ones first, then 5,000 that sound real.

    None of them holds one of the three words of which the frequency is set apart.
    """
    onsets, nuclei, endings = _ONSETS.split(), _NUCLEI.split(), _ENDINGS.split("|")
    words = dict.fromkeys(_REAL_WORDS.split())
    wanted = len(words) + _PSEUDO_WORDS
    while len(words) < wanted:
        parts = [onsets, nuclei] * (2 + int(rng.random() * 2)) + [endings]
        word = "".join([part[int(rng.random() * len(part))] for part in parts])
        if not any(special in word for special in (COMMON_WORD, RARE_WORD, ABSENT_WORD)):
            words[word] = None
    return list(words)


def slug_of(text: str) -> str:
    """Return `text` as it stands in a path: small letters and hyphens, not above 80 characters."""
    return text.lower().replace("“", "").replace("”", "").replace(" ", "-")[:80].rstrip("-")
