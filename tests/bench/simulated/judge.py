"""The newsroom as the judge of history: what was served is what `as_of` gives, and what was withdrawn is what we miss.

A withdrawal counts as one that could be seen where a whole page had shown the post before, and a tombstone or two
later whole pages, on which it would have had to stand, told of its absence.
"""

import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path

import pendulum
from simulated.blogs import Blog, Poll, blog, captures, readable
from sqlalchemy import Engine, text

from dateline.replay import as_of
from dateline.warehouse import load_batch, migrate, open_warehouse
from newsroom.script import offset_of, seen_by_readers

AT_ONCE = 20
POINTS_A_BLOG = 10


def measure(folder: Path, blogs: int, polls: int, workers: int = 2) -> dict:
    """Judge so many blogs, dealt out among workers with a warehouse each."""
    shares = [range(number, blogs, workers) for number in range(workers)]
    total: Counter = Counter()
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(
            _share, [str(folder / f"judge-{n}.db") for n in range(workers)], shares, [polls] * workers
        ):
            total += found
    seen = total["withdrawals_to_be_seen"]
    return {
        "asof_points": total["points"],
        "asof_equal": total["equal"] / max(1, total["points"]),
        "polls": total["polls"],
        "polls_broken": total["broken"],
        "false_deletions": total["false_deletions"],
        "deletions_to_be_seen": seen,
        "deletion_recall": total["withdrawals_found"] / max(1, seen),
        "deletions_never_to_be_seen": total["withdrawals"] - seen,
        "wordings_never_polled": total["wordings_never_polled"],
        "wordings": total["wordings"],
        "versions_of_polled_wordings": total["wordings_found"]
        / max(1, total["wordings"] - total["wordings_never_polled"]),
    }


def _share(path: str, numbers: range, polls: int) -> Counter:
    engine = open_warehouse(f"sqlite:///{path}")
    migrate(engine)
    total: Counter = Counter()
    for number in numbers:
        one = blog(number, polls=polls)
        batch = readable(one)
        for start in range(0, len(batch), AT_ONCE):
            load_batch(engine, batch[start : start + AT_ONCE])
        total += judged(engine, one)
    engine.dispose()
    return total


def judged(engine: Engine, one: Blog) -> Counter:
    """Compare what the warehouse says of a blog with its script."""
    polls = [poll for poll, _, _ in captures(one)]
    with engine.connect() as connection:
        rows = connection.execute(
            text("select document_id from dim_documents where url = :url"), {"url": one.url}
        ).all()
    if len(rows) != 1:
        raise AssertionError(f"blog {one.number} ({one.shape}) is {len(rows)} documents")
    found: Counter = Counter(polls=len(polls), broken=sum(poll.served is None for poll in polls))
    return (
        found
        + _points(engine, rows[0][0], one, polls)
        + _deletions(engine, rows[0][0], one, polls)
        + _wordings(engine, rows[0][0], one, polls)
    )


def _points(engine: Engine, document_id: str, one: Blog, polls: Sequence[Poll]) -> Counter:
    chance = random.Random(f"points {one.number}")  # noqa: S311 - a sample, no secret
    whole = [poll for poll in polls if poll.served]
    found: Counter = Counter()
    for poll in chance.sample(whole, min(POINTS_A_BLOG, len(whole))):
        served = [(_anchor(one, post.anchor), post.headline, post.text) for post in poll.served]
        seen = [
            (post.anchor, post.headline, post.text)
            for post in as_of(engine, document_id, pendulum.instance(poll.at))
            if post.is_on_page
        ]
        found["points"] += 1
        found["equal"] += seen == served
    return found


def _deletions(engine: Engine, document_id: str, one: Blog, polls: Sequence[Poll]) -> Counter:
    withdrawn = {
        _anchor(one, change["post"]): one.timeline.instant(offset_of(change["at"]))
        for change in one.story.changes
        if change["action"] == "delete"
    }
    log = text(
        "select anchor, latest_at from fct_entry_events join fct_entries using (entry_id)"
        " where kind = 'deleted' and fct_entries.document_id = :document_id"
    )
    with engine.connect() as connection:
        events = [
            (row.anchor, pendulum.parse(row.latest_at)) for row in connection.execute(log, {"document_id": document_id})
        ]
    to_be_seen = {anchor for anchor, at in withdrawn.items() if _can_be_seen(one, anchor, at, polls)}
    told = {anchor for anchor, at in events if anchor in withdrawn and at >= withdrawn[anchor]}
    return Counter(
        withdrawals=len(withdrawn),
        withdrawals_to_be_seen=len(to_be_seen),
        withdrawals_found=len(to_be_seen & told),
        false_deletions=sum(anchor not in withdrawn or at < withdrawn[anchor] for anchor, at in events),
    )


def _can_be_seen(one: Blog, anchor: str, at: datetime, polls: Sequence[Poll]) -> bool:
    before = [
        poll
        for poll in polls
        if poll.at < at and any(_anchor(one, post.anchor) == anchor for post in poll.served or ())
    ]
    after = [
        poll for poll in polls if poll.at >= at and poll.served and (one.shape == "amp" or _covers(one, anchor, poll))
    ]
    return bool(before) and len(after) >= (1 if one.shape == "amp" else 2)


def _covers(one: Blog, anchor: str, poll: Poll) -> bool:
    """Say whether a post would have stood on a page: always on a whole one, else if newer than the page's last."""
    if one.shape != "paged" or len(poll.served) < 10:
        return True
    published = next(
        one.timeline.instant(offset_of(post["at"])) for post in one.story.posts if _anchor(one, post["id"]) == anchor
    )
    return published > min(post.published for post in poll.served)


def _wordings(engine: Engine, document_id: str, one: Blog, polls: Sequence[Poll]) -> Counter:
    """Count the wordings that stood for a while, those that no whole page was polled in, and those that we have."""
    whole = [poll for poll in polls if poll.served is not None]
    polled = {(post.anchor, post.headline, post.text) for poll in whole for post in poll.served}
    stood = {
        (post.anchor, post.headline, post.text)
        for turn in one.turns
        for post in seen_by_readers(one.story, one.timeline, turn)
    }
    known = text(
        "select distinct fct_entries.anchor, headline, body"
        " from fct_entry_versions join dim_wordings using (wording_id)"
        " join fct_entries using (entry_id) where fct_entries.document_id = :document_id"
    )
    with engine.connect() as connection:
        kept = {tuple(row) for row in connection.execute(known, {"document_id": document_id})}
    return Counter(
        wordings=len(stood),
        wordings_never_polled=len(stood - polled),
        wordings_found=sum(
            (_anchor(one, anchor), headline, words) in kept for anchor, headline, words in stood & polled
        ),
    )


def _anchor(one: Blog, stated: str) -> str:
    return f"block-{stated}" if one.shape == "paged" else stated
