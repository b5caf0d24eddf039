"""Files of a corpus: every format of metadata, the keys of other programs, topic files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from newsreader.corpus.document import Document
from newsreader.corpus.fields import build_record
from newsreader.corpus.formats.reading import read_document
from newsreader.corpus.mapping.detection import Site
from newsreader.corpus.mapping.presets import PRESETS
from newsreader.corpus.mapping.translate import translate
from newsreader.corpus.topics import read_topic
from newsreader.corpus.writer import written
from newsreader.domain.corpus_options import CorpusOptions
from tests.fuzz.mutator import as_bytes
from tests.fuzz.target import Target, require, require_line, require_safe

_NOWHERE: Final = Path("/nonexistent")
_PATH: Final = "_posts/2021-06-28-a-report.md"
_SITES: Final = tuple(Site(preset=preset, address="https://site.example") for preset in PRESETS.values())

YAML: Final = (
    "---\ntitle: A report\npublishedDateTime: 2021-06-28T07:12:00Z\nquality: 104\nheat: -1\ntopics: [AI, Law]\n"
    "provider:\n  name: News\n  domain: news.example\nwebUrl: https://news.example/a?b=c\n---\nBody **text**.\n",
    "---\nrelated:\n  - title: 'Don''t'\n    webUrl: \"https://x.example/\\u00e9\"\n  - title: B\nimages:\n"
    "- url: https://x.example/i.png\n  width: 640\npublished: true\n...\nBody",
    "---\ntitle: Rail strike ends: trains run again\nexcerpt: >-\n  folded\n  text\nlength: PT1H2M\na: &x [1]\nb: *x\n---\n",
    "---\ntitle: #1 seed\ndate: 28 June 2021\ntags: a, b\nauthors:\n  - name: N\n    url: https://n.example\n? x\n: y\n---\n",
)
_TOML = (
    '+++\ntitle = "A report"\ndate = 2021-06-28T07:12:00Z\ntags = ["a", "b"]\n[params]\nx = 1.5\n[[menu]]\ny = false\n+++\nBody',
    "+++\ntitle = '''a\nb'''\nd = 2021-06-28\nt = 07:12:00\nn = 0xff\nf = inf\n+++\n",
)
_JSON = (
    '{"title": "A report", "date": "2021-06-28", "tags": ["a", {"b": null}], "n": 1e5}\n\nBody',
    '---json\n{"title": "x", "t": true}\n---\nBody',
    ';;;\n"title": "A", "n": [1, 2]\n;;;\nBody',
)
_HEADERS = (
    "Title: A report\nDate: 2021-06-28 10:00\nTags: a, b\nSummary: one\n  two\n\nBody",
    "Title: x\nAuthor: A\nAuthor: B\n---\nBody",
)
_PROPERTIES = (
    "title:: A report\ndate:: [[2021-06-28]]\ntags:: a, [[b c]], #d\n\n- Body",
    "alias:: x\nx-y:: 1\n",
)
_FOREIGN = (
    "---\nlayout: post\ntitle: A report\ndate: 2021-06-28 07:12 +0200\npermalink: /a/:title/\ncategories: a b\n"
    "image: {path: /i.png}\nauthor: N\ndraft: false\nlang: en\n---\n# Heading\n\nFirst paragraph.\n",
    '---\nsource: "[[Site]]"\nurl: https://x.example/a\ncreated: 2021-06-28\naliases: [x]\ncover: x.jpg\n---\n'
    "Published: 2 May 2021\n\n![](i.png)\n",
    "---\ndescription: d\npubDate: Jun 28 2021\nheroImage: ../i.png\nupdatedDate: 2022\nkeywords: a;b\nvisibility: public\n---\n",
)
_PIECES = (
    *(
        "---\n",
        "+++\n",
        ";;;\n",
        "...\n",
        "title: ",
        "title = ",
        '"title": ',
        "Title: ",
        "title:: ",
        "date: ",
    ),
    *(
        "publishedDateTime: ",
        "webUrl: ",
        "related:\n",
        "- ",
        "  ",
        "  - ",
        "provider:\n  name: ",
        "topics: [",
        "images:\n",
    ),
    *(
        "&a ",
        "*a ",
        "<<: ",
        "!!str ",
        "!!binary ",
        "!ruby/object ",
        "!!python/object:os.system ",
        "|\n",
        ">-\n",
        "? ",
    ),
    *(
        "[[",
        "]]",
        "{a: ",
        "}\n",
        "'",
        '"',
        "\\x1b",
        '"\\e[2J"',
        "\\ud800",
        "2021-06-28",
        "12:30:45",
        "0o17",
        "1_000",
    ),
    *(
        ".inf",
        "~",
        "2021-13-45",
        "99999-01-01T00:00:00Z",
        "#",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "\n\n",
        "word ",
        "é",
    ),
)


def _document(text: str, *, bare: bool = False) -> Document | None:
    document = read_document(as_bytes(text), bare=bare)
    if document is not None:
        require_safe(document.values)
        require_safe(document.body)
        for defect in document.defects:
            require_line(defect.reason)
            require(defect.line >= 0, defect)
    return document


def check_file(text: str) -> None:
    """Any bytes are a safe record with safe defects, and a file written from it says the same."""
    document = _document(text)
    if document is None:
        return
    record, defects = build_record(document, _PATH)
    require_safe(record)
    require_safe(defects)
    again = read_document(written(document).encode())
    require(again is not None, "written but not read")
    if again is not None and not document.defects:
        values = again.values, again.body
        twice = read_document(written(again).encode())
        require(twice is not None and (twice.values, twice.body) == values, values, twice)


def check_mapping(text: str) -> None:
    """Keys of other programs become a safe record, whatever program the site is of."""
    document = _document(text, bare=True)
    if document is None:
        return
    site = _SITES[len(text) % len(_SITES)]
    record, defects = build_record(translate(_NOWHERE, document, _PATH, site, CorpusOptions()), _PATH)
    require_safe(record)
    require_safe(defects)


def check_topic(text: str) -> None:
    """A topic file is a safe topic, or none with a reason."""
    topic, defects = read_topic(as_bytes(text), "topics/10-ai.yaml")
    require_safe(topic)
    require_safe(defects)


_file = partial(Target, check=check_file, pieces=_PIECES)
TARGETS: Final = (
    _file("yaml", seeds=YAML, share=3),
    _file("toml", seeds=_TOML, share=2),
    _file("json", seeds=_JSON, share=2),
    _file("headers", seeds=_HEADERS, share=3),
    _file("logseq", seeds=_PROPERTIES, share=3),
    Target("mapping", check_mapping, _FOREIGN + YAML, _PIECES, share=2),
    Target(
        "topics",
        check_topic,
        ("name: AI\n_id: ai\nparent: Science\ndescription: d\ntaxonomy: topic\n",),
        _PIECES,
        2,
    ),
)
