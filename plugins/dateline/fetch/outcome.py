"""What became of each source of a shard: the answer or the failure, and what both say for the next poll."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from pendulum import DateTime

from dateline.fetch.answer import Answer, Reason
from dateline.fetch.conditional import UNKNOWN, Validators, Verdict
from dateline.fetch.opt_outs import OptOut
from dateline.fetch.state import NEW, SourceState
from dateline.model import Snapshot
from dateline.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A source that is due, and what is known of it.

    ``url`` is another of its addresses (a further page of a live blog): asked unconditionally, and no poll
    of the source, so :func:`~dateline.fetch.learning.after_poll` is not for it.
    """

    source: Source
    state: SourceState = NEW
    url: str | None = None
    authorization: str | None = None

    @property
    def allow_private(self) -> bool:
        """Say whether a private address may be dialled: what a page names beyond its own host may not lead there."""
        return self.source.allow_private and (self.url is None or _place(self.url) == _place(self.source.url or ""))

    @property
    def address(self) -> str:
        """The address to ask; a move counts for the address that has moved, not for one that its file names since."""
        declared = self.source.url or ""
        moved_to = self.state.moved_to if self.state.moved_from == declared else None
        return self.url or moved_to or declared

    @property
    def known(self) -> Validators:
        """The validators of this address."""
        return self.state.validators if self.url is None else UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One poll of one source.

    ``reason`` is None exactly where the poll succeeded: a new body, the same body again, or a 304.
    ``answer`` is there whenever something answered, errors included, and is worth archiving. ``started_at``
    is when the request went out, ``milliseconds`` how long it took, failed or not. ``opt_outs`` says
    where the publisher refuses AI or data mining.
    """

    job: Job
    started_at: DateTime
    milliseconds: int = 0
    answer: Answer | None = None
    reason: Reason | None = None
    message: str | None = None
    was_conditional: bool = False
    verdict: Verdict = Verdict.NONE
    rest_seconds: float | None = None  # Retry-After, held within reason
    opt_outs: tuple[OptOut, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Say whether the server said 304, or sent the body that we already know."""
        if self.reason or self.answer is None:
            return False
        known = self.job.known.body_digest
        return self.answer.snapshot.status == HTTPStatus.NOT_MODIFIED or self.answer.snapshot.digest == known

    @property
    def snapshot(self) -> Snapshot | None:
        """The page to archive and read; None for a failure, and for a 304, which has no body."""
        if self.reason or self.answer is None or self.answer.snapshot.status == HTTPStatus.NOT_MODIFIED:
            return None
        return self.answer.snapshot


def _place(url: str) -> str:
    return urlsplit(url).netloc.lower()


_BY_STATUS = {
    401: Reason.FORBIDDEN, 403: Reason.FORBIDDEN, 404: Reason.NOT_FOUND, 410: Reason.GONE, 429: Reason.THROTTLED,
    451: Reason.FORBIDDEN, 503: Reason.UNAVAILABLE,
}  # fmt: skip


def reason_of(snapshot: Snapshot) -> Reason | None:
    """Name what is wrong with an answer; None where it is a page, or a 304."""
    status = snapshot.status
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return Reason.SERVER_ERROR
    if status >= 400:
        return Reason.CLIENT_ERROR
    return Reason.EMPTY if status != HTTPStatus.NOT_MODIFIED and not snapshot.body.strip() else None
