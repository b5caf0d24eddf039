"""What went wrong with a request, in words that begin with the host."""

from __future__ import annotations

import re
import ssl
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import host_of
from newsreader.web.http.errors import Failure, OfflineError, WebError
from newsreader.web.http.offline import OfflineAtStartError, causes_of

_STATUS_WORDS: Final = {
    401: "asks for a name and a password",
    402: "asks to be paid",
    403: "does not let us in",
    404: "has no such page",
    407: "the proxy asks for a name and a password",
    410: "has taken the page away for good",
    429: "asks for fewer requests",
    451: "may not show the page for legal reasons",
    500: "has an error of its own",
    503: "is overloaded or under repair",
}
_STATUS_KINDS: Final = {404: Failure.GONE, 410: Failure.GONE, 429: Failure.BUSY, 503: Failure.BUSY}

# By the numbers of OpenSSL (X509_V_ERR_…).
_CERTIFICATES: Final = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is signed by nobody but itself",
    19: "its certificate is signed by nobody that this computer trusts",
    20: "its certificate is signed by nobody that this computer trusts",
    21: "its certificate is signed by nobody that this computer trusts",
    23: "its certificate was called back",
    62: "its certificate is for another host",
    64: "its certificate is for another host",
}
_LONGEST_WAIT: Final = 7 * 86_400
_DIGITS: Final = re.compile(r"[0-9]{1,9}")


def failed(
    url: str, words: str, kind: Failure, *, status: int = 0, retry_after: int | None = None
) -> WebError:
    """Make an error of what goes after the name of the host."""
    return WebError(_line(url, words), kind, url, status=status, retry_after=retry_after)


def failed_status(url: str, status: int, retry_after: str, now: float) -> WebError:
    """Make an error of an answer that is none; `retry_after` is the header, `now` in seconds since 1970."""
    if status in _STATUS_WORDS:
        words = _STATUS_WORDS[status]
    elif status < 400:
        words = "gives an answer that makes no sense"
    else:
        words = "refuses the request" if status < 500 else "has an error of its own"
    kind = _STATUS_KINDS.get(status)
    if kind is None:
        kind = Failure.REFUSED if 400 <= status < 500 else Failure.BROKEN
    wait = _seconds_to_wait(retry_after, now) if kind is Failure.BUSY else None
    words = f"{words} ({status})"
    if wait is not None:
        words += f", and to wait for {_span(wait)}"
    return failed(url, words, kind, status=status, retry_after=wait)


def failed_connection(
    url: str, error: Exception, *, connect: float, read: float, came: int | None
) -> WebError:
    """Make an error of one of httpcore or of ours.

    `connect` and `read` are the bounds in seconds; `came` is how much of the body there was, None before it.
    """
    if isinstance(error, OfflineAtStartError):
        made = OfflineError if error.is_offline else WebError
        return made(_line(url, str(error)), error.kind, url)
    words, kind = _unmade_connection(error, connect) or _broken_answer(error, read, came)
    return failed(url, words, kind)


def _unmade_connection(error: Exception, connect: float) -> tuple[str, Failure] | None:
    if isinstance(error, httpcore.ProxyError):
        return "the proxy does not let us through", Failure.REFUSED
    for cause in causes_of(error):
        if isinstance(cause, ssl.SSLError):
            return _insecure(cause)
        if isinstance(cause, ConnectionRefusedError):
            return "nobody listens there", Failure.UNREACHABLE
    if isinstance(error, httpcore.ConnectTimeout):
        return f"no connection within {_span(connect)}", Failure.UNREACHABLE
    return ("cannot be reached", Failure.UNREACHABLE) if isinstance(error, httpcore.ConnectError) else None


def _insecure(error: ssl.SSLError) -> tuple[str, Failure]:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATES.get(error.verify_code, "its certificate is not accepted"), Failure.UNSAFE
    return "no secure connection can be made", Failure.BROKEN


def _broken_answer(error: Exception, read: float, came: int | None) -> tuple[str, Failure]:
    if isinstance(error, httpcore.TimeoutException):
        if came is None:
            return f"no answer within {_span(read)}", Failure.UNREACHABLE
        return f"stopped in the middle for {_span(read)} ({size_in_words(came)} came)", Failure.BROKEN
    if came is not None:
        return f"the connection broke off in the middle ({size_in_words(came)} came)", Failure.BROKEN
    if isinstance(error, httpcore.NetworkError) or "without sending a response" in str(error):
        return "ended the connection without an answer", Failure.BROKEN
    return "gives an answer that makes no sense", Failure.BROKEN


def too_slow(url: str, total: float, came: int | None) -> WebError:
    """Make an error of a request that took longer than all of it may, in seconds."""
    if came is None:
        return failed(url, f"no answer within {_span(total)}", Failure.UNREACHABLE)
    return failed(url, f"too slow: {size_in_words(came)} in {_span(total)}", Failure.BROKEN)


def too_big(url: str, limit: int) -> WebError:
    """Make an error of a body that is longer than `limit` bytes."""
    return failed(
        url, f"more than {size_in_words(limit)}, which is the most that is read", Failure.UNREADABLE
    )


def _line(url: str, words: str) -> str:
    return clean_line(f"{host_of(url) or clean_line(url, 60) or 'nothing'}: {words}")


def size_in_words(count: int) -> str:
    """Return a number of bytes for a person to read."""
    if count < 1_000:
        return f"{count} bytes"
    return f"{count / 1e6:.3g} MB" if count >= 1_000_000 else f"{count // 1_000} kB"


def _span(seconds: float) -> str:
    if seconds < 120:
        return "1 second" if seconds == 1 else f"{seconds:g} seconds"
    if seconds < 7_200:
        return f"{round(seconds / 60)} minutes"
    return f"{round(seconds / 3_600)} hours"


def _seconds_to_wait(header: str, now: float) -> int | None:
    """Read `Retry-After`: a number of seconds, or a date."""
    header = header.strip()
    if _DIGITS.fullmatch(header):
        return min(int(header), _LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(header[:60]).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return min(max(0, round(at - now)), _LONGEST_WAIT)
