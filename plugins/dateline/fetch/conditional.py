"""Conditional requests, and whether a server's validators tell the truth.

We send ETag and Last-Modified back, and believe a 304 for now. We still hash every body, and every 20th
poll, and the first after an hour without a body, is unconditional: then a validator that says "same" stands
beside a body that can be compared. A source caught saying "same" of a changed body is asked
unconditionally every fourth time, one caught again every time. Each change that its validator owns up to
makes up for a fifth of that; an ETag that never changes is never forgiven.
"""

from dataclasses import dataclass
from enum import StrEnum

from pendulum import DateTime

from dateline.fetch.answer import Headers
from dateline.fetch.instants import seconds_between
from dateline.model import Snapshot

EVERY_NTH = 20
_AFTER_ONE_LIE = 4
_BODY_GROWS_OLD_SECONDS = 3600
_LONGEST = 1024


class Verdict(StrEnum):
    """What a validator said of a body, against what the body's hash says.

    None: it said nothing. Same, changed: it is believed or confirmed. Lied-same: it called a changed body
    the same, so updates go unseen. Lied-changed: it called the same body changed, which costs bytes only.
    """

    NONE = "none"
    SAME = "same"
    CHANGED = "changed"
    LIED_SAME = "lied-same"
    LIED_CHANGED = "lied-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """The last full answer of an address: its validators, the SHA-256 of its body, and when it came."""

    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    at: DateTime | None = None

    @property
    def are_known(self) -> bool:
        """Say whether there is anything to send back, and a body that a 304 would stand for."""
        return bool((self.etag or self.last_modified) and self.body_digest)


UNKNOWN = Validators()


def validators_of(snapshot: Snapshot) -> Validators:
    """Return the validators of a full answer. A weak one is kept as it is: it goes back as it came.

    One of more than a kilobyte is no validator: it would go out with every request.
    """
    return Validators(
        etag=_of_sense(snapshot.header("etag")),
        last_modified=_of_sense(snapshot.header("last-modified")),
        body_digest=snapshot.digest,
        at=snapshot.captured_at,
    )


def conditions(known: Validators, now: DateTime, *, polls: int, lies: float = 0.0) -> Headers:
    """Return the headers that make poll number ``polls`` (from 0) conditional, or none.

    ``lies`` is what the source has on its account (see :func:`account`).
    """
    every = (EVERY_NTH, _AFTER_ONE_LIE, 1)[min(round(lies), 2)]
    is_old = known.at is not None and seconds_between(known.at, now) >= _BODY_GROWS_OLD_SECONDS
    if not known.are_known or polls % every == 0 or is_old:
        return ()
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return tuple((name, value) for name, value in pairs if value)


def judge(known: Validators, answer: Snapshot, *, was_conditional: bool) -> Verdict:
    """Compare what an answer's status and validators say with what its body says."""
    if known.body_digest is None:
        return Verdict.NONE
    if answer.status == 304:
        return Verdict.SAME
    says_same = _says_same(known, answer)
    is_same = answer.digest == known.body_digest
    if says_same is None and not was_conditional:
        return Verdict.NONE
    if says_same:
        return Verdict.SAME if is_same else Verdict.LIED_SAME
    return Verdict.LIED_CHANGED if is_same else Verdict.CHANGED


def account(lies: float, verdict: Verdict) -> float:
    """Return what a source has on its account after an answer: a lie adds one, an honest change takes off a fifth."""
    if verdict is Verdict.LIED_SAME:
        return lies + 1.0
    return 0.8 * lies if verdict is Verdict.CHANGED else lies


def _of_sense(stated: str | None) -> str | None:
    return stated if stated and len(stated) <= _LONGEST else None


def _says_same(known: Validators, answer: Snapshot) -> bool | None:
    """Compare validators, the ETag before the date (RFC 9110 §13.1.3); None where either side has none."""
    for old, new in ((known.etag, answer.header("etag")), (known.last_modified, answer.header("last-modified"))):
        if old and new:
            return old.removeprefix("W/") == new.removeprefix("W/")
    return None
