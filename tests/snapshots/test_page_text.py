"""How a story looks with the text of its page, and with links that died."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.mark_changes import identity_of_page
from newsreader.domain.page_text import PageText, Version
from newsreader.domain.setting_values import GlyphSet
from newsreader.library import Library
from newsreader.library.pages.store import PageStore
from tests.builders import a_corpus, a_record
from tests.snapshots.test_screens import Compare, pressing
from tests.ui.harness import DEFAULTS, NOW, a_library, a_story, an_app, stories

ORIGINAL, AMP = "https://who.example/report", "https://amp.who.example/report"
HTML = """
<p>The report says that machines hold great promise for health, <em>but only</em> if ethics and human rights
stand at the heart of their <a href="https://who.example/design">design, deployment and use</a>.</p>
<h2>Six principles</h2>
<ol><li>Protecting human autonomy</li><li>Promoting well-being and safety</li></ol>
<blockquote><p>Like all new technology it can also be misused and cause harm.</p></blockquote>
<table><thead><tr><th>Year</th><th>Studies</th></tr></thead><tr><td>2020</td><td>1,204</td></tr></table>
<pre><code>score = quality + 10 * related</code></pre>
<p>The guidance is the result of <strong>two years</strong> of consultations.</p>
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    report = a_story(
        1, title="First report on AI in health", originalUrl=ORIGINAL, webUrl=ORIGINAL, ampWebUrl=AMP, heat=99
    )
    files = stories(6) | {"_news/report.md": report}
    path = tmp_path / "pages.sqlite"
    pages = PageStore(path, most_bytes=1_000_000, now=lambda: NOW)
    record = a_record(original_url=ORIGINAL, web_url=ORIGINAL, amp_url=AMP)
    text = PageText(Version.AMP, AMP, "Six rules for machines that help doctors", HTML, 812, NOW - 7_200)
    pages.keep(identity_of_page(record), text)
    pages.note([LinkStatus(ORIGINAL, LinkOutcome.GONE, 404, "has no such page (404)", NOW - 7_200)])
    pages.close()
    return a_library(a_corpus(tmp_path, files), tmp_path / "cache", pages=path)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40)])
def test_the_text_of_a_page(library: Library, snap_compare: Compare, width: int, height: int) -> None:
    app = an_app(library)
    assert snap_compare(app, terminal_size=(width, height), run_before=pressing("3", "pagedown"))


def test_the_text_of_a_page_alone_in_plain_signs(library: Library, snap_compare: Compare) -> None:
    app = an_app(library, settings=DEFAULTS._replace(glyphs=GlyphSet.ASCII))
    assert snap_compare(app, terminal_size=(80, 40), run_before=pressing("Z"))
