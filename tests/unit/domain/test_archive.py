"""Where the Internet Archive keeps a page."""

from __future__ import annotations

import pytest

from newsreader.domain.dates import Moment
from newsreader.domain.pages import archived_url
from tests.builders import A_MOMENT

PAGE = "https://who.int/news/first-report?id=1"


def test_the_copy_nearest_to_the_publication_is_meant() -> None:
    assert archived_url(PAGE, A_MOMENT) == f"https://web.archive.org/web/20210628071200/{PAGE}"


def test_times_before_1970_are_written_alike() -> None:
    assert archived_url(PAGE, Moment(-86_400, day_only=True)).startswith(
        "https://web.archive.org/web/19691231000000/"
    )


def test_without_a_date_the_newest_copy_is_meant() -> None:
    assert archived_url(f" {PAGE} ", None) == f"https://web.archive.org/web/2/{PAGE}"


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "mailto:a@b.example", "https://"])
def test_what_cannot_be_opened_is_nowhere(url: str) -> None:
    assert archived_url(url, A_MOMENT) == ""
