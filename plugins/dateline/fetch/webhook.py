"""Posting to an address that the user names, one message after the other, until each has been taken.

The address is the user's own word, not a page's, so it may be on this machine. Redirects are not followed: what was
meant for one address goes to no other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
import stamina

from dateline.errors import FetchError
from dateline.fetch.answer import Reason, failure

SECONDS = 10.0
TRIES = 6
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})

Post = Callable[[bytes], None]


@contextmanager
def posting_to(url: str, media_type: str, *, tries: int = TRIES, first_wait: float = 0.5) -> Iterator[Post]:
    """Yield a function that posts one message and returns when it was taken (any 2xx).

    No answer, 408, 425, 429 and 5xx are tried again, each time after a longer wait (half a second, one, two …).
    Raises :class:`FetchError` where the last try fails, and at once for any other answer.
    """
    headers = {"Content-Type": media_type}
    with httpx2.Client(timeout=SECONDS, trust_env=False, headers=headers) as client:

        def post(message: bytes) -> None:
            # A block, not a decorated function: stamina logs what such a function is called with, event and all.
            again = stamina.retry_context(
                _BusyError, tries, timeout=None, wait_initial=first_wait, wait_max=30.0, wait_jitter=first_wait
            )
            try:
                for attempt in again:
                    with attempt:
                        _post(client, url, message)
            except _BusyError as error:
                why = f"{error}, after {tries} tries. Nothing behind it was sent."
                raise failure(Reason(error.reason), why) from error

        yield post


class _BusyError(FetchError):
    """An answer, or none, that another try may mend; logged as it is, so it names the address, masked."""


def _post(client: httpx2.Client, url: str, message: bytes) -> None:
    try:
        status = client.post(url, content=message).status_code
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise failure(Reason.BAD_ADDRESS, f"{url}: not an address that can be posted to: {error}.") from error
    except httpx2.TransportError as error:
        raise _BusyError(Reason.CONNECT_FAILED, f"{url}: no answer: {error}") from error
    if status in _AGAIN:
        raise _BusyError(Reason.UNAVAILABLE, f"{url}: answered {status}")
    if not 200 <= status < 300:
        raise FetchError(Reason.CLIENT_ERROR, f"{url}: answered {status} to an event. Nothing behind it was sent.")
