"""A tape as CloudEvents 1.0 in structured mode: one JSON object for each change, with an id that never changes.

``id`` is derived from document, axis, instant, kind and entry, so the same change has the same id in every play. A
consumer that keeps the ids it has seen, or the highest ``sequence`` of a play, meets each change once however often
it is sent (``source`` and ``id`` together name an event: CloudEvents 1.0, section 3.1). ``time`` is the instant of
the coverage, not of the play. The first event of a play is ``dateline.coverage.opened``, the last
``dateline.coverage.ended``; what happened to posts lies between, as ``dateline.entry.posted``, ``….edited`` and so on.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pendulum import DateTime

from dateline.model import digest_of
from dateline.replay.changes import Change, ChangeKind
from dateline.replay.posts import EntrySeen
from dateline.replay.tape import Look, Tape
from dateline.warehouse.metadata import sortable

Event = Mapping[str, Any]
OPENED, ENDED = "dateline.coverage.opened", "dateline.coverage.ended"


def cloud_events(tape: Tape, *, is_cut_in: bool = False) -> Iterator[tuple[DateTime, Event]]:
    """Yield the events of a tape, each with the instant at which it is due; none for a tape that shows nothing.

    ``is_cut_in``: the tape begins in the midst of the coverage. What stands then is no news: the opening event
    carries it, as ``posts``.
    """
    if not tape.looks:
        return
    first, last = tape.looks[0], tape.looks[-1]
    found: list[tuple[DateTime, str, str, dict[str, Any]]] = [
        (first.at, OPENED, "", {**_coverage(tape), "posts": [post_object(one) for one in first.posts * is_cut_in]})
    ]
    for look in tape.looks[1:] if is_cut_in else tape.looks:
        found += [
            (look.at, f"dateline.entry.{one.kind}", one.entry_id, _change(look, number, one))
            for number, one in enumerate(look.changes)
        ]
    found.append((last.at, ENDED, "", {"changes": len(found) - 1}))
    for number, (at, kind, subject, data) in enumerate(found):
        yield at, _event(tape, at, kind, subject, data=data, number=number)


def post_object(post: EntrySeen) -> dict[str, Any]:
    """Lay a post out for JSON."""
    return {
        "entry_id": post.entry_id,
        "anchor": post.anchor,
        "headline": post.headline,
        "text": post.text,
        "author": post.author,
        "published": written(post.published.at),
        "is_pinned": post.is_pinned,
        "is_key_event": post.is_key_event,
        "is_on_page": post.is_on_page,
    }


def written(at: datetime | None) -> str | None:
    """Write an instant as RFC 3339 does, in UTC, with a fraction only where there is one.

    >>> import pendulum
    >>> written(pendulum.datetime(2024, 3, 2, 9, 43))
    '2024-03-02T09:43:00Z'
    """
    return sortable(at).replace(".000000Z", "Z") if at else None


def _coverage(tape: Tape) -> dict[str, Any]:
    return {
        "document_id": tape.document_id,
        "axis": str(tape.axis),
        "title": tape.title,
        "url": tape.url,
        "publisher": tape.publisher,
        "ends": written(tape.looks[-1].at),
    }


def _change(look: Look, number: int, change: Change) -> dict[str, Any]:
    """Lay a change out: the post after it, or as it stood last; of an edit the wording before it as well."""
    places = {one.entry_id: place for place, one in enumerate(look.posts)}
    data = {
        **post_object(change.post),
        "position": places.get(change.entry_id),
        "happened_after": written(look.earliest),
        "seen_at": written(look.at),
        "change": number,
    }
    if change.kind is ChangeKind.EDITED and change.before:
        data["before"] = {"headline": change.before.headline, "text": change.before.text}
    return data


def _event(tape: Tape, at: DateTime, kind: str, subject: str, *, data: dict[str, Any], number: int) -> Event:
    found: dict[str, Any] = {
        "specversion": "1.0",
        "id": digest_of("played", tape.document_id, tape.axis, sortable(at), kind, subject),
        "source": f"/dateline/documents/{tape.document_id}",
        "type": kind,
        "time": written(at),
        "sequence": f"{number:08d}",
        "datacontenttype": "application/json",
        "data": data,
    }
    return {**found, "subject": subject} if subject else found
