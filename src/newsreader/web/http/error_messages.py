"""Messages for failed requests, each beginning with the host."""

from __future__ import annotations

import re
import ssl
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import host_of
from newsreader.web.http.errors import Failure, NoConnectionError, OfflineError, WebError, causes_of

_STATUS_MESSAGES: Final = {
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

# By OpenSSL's verification error (X509_V_ERR_…).
_CERTIFICATE_MESSAGES: Final = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is signed by nobody but itself",
    **dict.fromkeys((19, 20, 21), "its certificate is signed by nobody that this computer trusts"),
    23: "its certificate was called back",
    **dict.fromkeys((62, 64), "its certificate is for another host"),
}
_MAX_WAIT: Final = 7 * 86_400
_DIGITS: Final = re.compile(r"[0-9]{1,9}")


def failed(
    url: str, message: str, kind: Failure, *, status: int = 0, retry_after: int | None = None
) -> WebError:
    """Return an error whose message is prefixed with the host."""
    return WebError(_line(url, message), kind, url, status=status, retry_after=retry_after)


def failed_status(url: str, status: int, retry_after: str, now: float) -> WebError:
    """Return the error for an HTTP status; `retry_after` is the header, `now` a Unix time."""
    if status < 400:
        message, kind = "gives an answer that makes no sense", Failure.BROKEN
    elif status < 500:
        message, kind = "refuses the request", Failure.REFUSED
    else:
        message, kind = "has an error of its own", Failure.BROKEN
    kind = _STATUS_KINDS.get(status, kind)
    wait = _seconds_to_wait(retry_after, now) if kind is Failure.BUSY else None
    message = f"{_STATUS_MESSAGES.get(status, message)} ({status})"
    if wait is not None:
        message += f", and to wait for {_span(wait)}"
    return failed(url, message, kind, status=status, retry_after=wait)


def failed_connection(
    url: str, error: Exception, *, connect: float, read: float, received: int | None
) -> WebError:
    """Return the error for an exception of httpcore or a NoConnectionError.

    `connect` and `read` are the limits in seconds, `received` the body bytes so far, None before the body.
    """
    if isinstance(error, NoConnectionError):
        error_class = OfflineError if error.is_offline else WebError
        return error_class(_line(url, str(error)), error.kind, url)
    message, kind = _connection_error(error, connect) or _response_error(error, read, received)
    return failed(url, message, kind)


def _connection_error(error: Exception, connect: float) -> tuple[str, Failure] | None:
    if isinstance(error, httpcore.ProxyError):
        return "the proxy does not let us through", Failure.REFUSED
    for cause in causes_of(error):
        if isinstance(cause, ssl.SSLError):
            return _tls_error(cause)
        if isinstance(cause, ConnectionRefusedError):
            return "nobody listens there", Failure.UNREACHABLE
    if isinstance(error, httpcore.ConnectTimeout):
        return f"no connection within {_span(connect)}", Failure.UNREACHABLE
    return ("cannot be reached", Failure.UNREACHABLE) if isinstance(error, httpcore.ConnectError) else None


def _tls_error(error: ssl.SSLError) -> tuple[str, Failure]:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATE_MESSAGES.get(error.verify_code, "its certificate is not accepted"), Failure.UNSAFE
    return "no secure connection can be made", Failure.BROKEN


def _response_error(error: Exception, read: float, received: int | None) -> tuple[str, Failure]:
    if isinstance(error, httpcore.TimeoutException):
        if received is None:
            return f"no answer within {_span(read)}", Failure.UNREACHABLE
        return f"stopped in the middle for {_span(read)} ({format_size(received)} came)", Failure.BROKEN
    if received is not None:
        return f"the connection broke off in the middle ({format_size(received)} came)", Failure.BROKEN
    if isinstance(error, httpcore.NetworkError) or "without sending a response" in str(error):
        return "ended the connection without an answer", Failure.BROKEN
    return "gives an answer that makes no sense", Failure.BROKEN


def too_slow(url: str, total: float, received: int | None) -> WebError:
    """Return the error for a request that exceeded its `total` seconds."""
    if received is None:
        return failed(url, f"no answer within {_span(total)}", Failure.UNREACHABLE)
    return failed(url, f"too slow: {format_size(received)} in {_span(total)}", Failure.BROKEN)


def too_big(url: str, limit: int) -> WebError:
    """Return the error for a body of more than `limit` bytes."""
    message = f"more than {format_size(limit)}, which is the most that is read"
    return failed(url, message, Failure.UNREADABLE)


def _line(url: str, message: str) -> str:
    return clean_line(f"{host_of(url) or clean_line(url, 60) or 'nothing'}: {message}")


def format_size(count: int) -> str:
    """Format a number of bytes."""
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
    """Parse `Retry-After`: a number of seconds, or a date."""
    header = header.strip()
    if _DIGITS.fullmatch(header):
        return min(int(header), _MAX_WAIT)
    try:
        at = parsedate_to_datetime(header[:60]).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return min(max(0, round(at - now)), _MAX_WAIT)
