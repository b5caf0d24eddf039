"""Where the body of a story has the words of a filter."""

from __future__ import annotations

from newsreader.domain.story_page import StoryPage


def snippet_of(page: StoryPage, filter_text: str) -> str:
    """Quote the first match that only the body has; "" if there is none, or the filter is invalid."""
    if not filter_text or not page.record.body:
        return ""
    from newsreader.domain.query import QueryError, parse  # a start without a filter does not need it
    from newsreader.domain.query.snippet import body_snippet

    try:
        return body_snippet(page.record, parse(filter_text))
    except QueryError:
        return ""
