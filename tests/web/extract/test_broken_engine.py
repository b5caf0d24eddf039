"""A trafilatura that cannot be imported is none, also for several threads that try at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
_SCRIPT = """
from concurrent.futures import ThreadPoolExecutor
from newsreader.web.extract import extract_article
from tests.unit.commands.web_pages import an_article
page = an_article("A title")
def work(_):
    article = extract_article(page, "https://a.example/page")
    return article is not None and article.words > 100
with ThreadPoolExecutor(8) as threads:
    print(*threads.map(work, range(8)))
"""


def test_concurrent_failed_imports_fall_back_to_the_built_in_extractor(tmp_path: Path) -> None:
    (tmp_path / "trafilatura.py").write_text("import time\ntime.sleep(0.3)\nraise ImportError('broken')\n")
    places = os.pathsep.join([str(tmp_path), str(ROOT), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["True"] * 8, "")
