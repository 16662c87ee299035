"""What a person is asked about a link whose origin is in doubt, and what an answer means.

Titles and passages come from the web. Whoever writes them must neither format our form nor be run by its
templates: everything of theirs is escaped for Markdown, and braces are set apart.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from pendulum import DateTime

from dateline.matching.doubts import Doubt, Side

NEITHER = "Neither copied"
UNDECIDED = "Ask again tomorrow"
MOST_CHARACTERS = 160
BUTTON = 36
"""Characters of a choice at most: Airflow puts all four buttons into one row, and cuts off what does not fit."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~$])")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


def question_of(doubt: Doubt) -> dict[str, Any]:
    """Write the form for one link: its subject, its choices, and what each side says for itself."""
    sides = (doubt.origin, doubt.copy)
    return {
        "link_id": doubt.link_id,
        "document_ids": [side.document_id for side in sides],
        "subject": f"Who wrote it: {_named(doubt.origin)} or {_named(doubt.copy)}?",
        "options": [*_choices(sides), NEITHER, UNDECIDED],
        "body": _body(doubt, sides),
    }


def verdict_of(chosen: Sequence[str], options: Sequence[str], document_ids: Sequence[str]) -> dict[str, Any] | None:
    """Say what an answer means to :func:`dateline.matching.judge_link`; None where it decides nothing."""
    (choice,) = chosen
    if choice == UNDECIDED:
        return None
    if choice == NEITHER:
        return {"is_copy": False}
    return {"is_copy": True, "origin_document_id": document_ids[options.index(choice)]}


def _choices(sides: Sequence[Side]) -> list[str]:
    """Name the two sides by their columns in the table above the buttons; both may have one carrier."""
    return [f"{number}. {_named(side)}"[:BUTTON] for number, side in enumerate(sides, start=1)]


def _body(doubt: Doubt, sides: Sequence[Side]) -> str:
    reason = doubt.reason[:1].upper() + doubt.reason[1:]
    shares = {doubt.origin.document_id: doubt.share_of_origin, doubt.copy.document_id: doubt.share_of_copy}
    rows = {
        "published by": [_plain(side.carrier or "nobody says") for side in sides],
        "title": [_linked(side) for side in sides],
        "claims the time": [_moment(side.claims) for side in sides],
        "first seen by us": [_moment(side.first_seen) for side in sides],
        "says who wrote it": [_plain(_credit(side)) for side in sides],
        "of it stands in the other": [f"{shares[side.document_id]:.0%}" for side in sides],
    }
    table = ["| | 1 | 2 |", "|---|---|---|", *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())]
    return "\n".join(
        [
            f"**Why we ask.** {_plain(reason)}. So 1 stands in as the origin: {doubt.confidence:.0%} sure.",
            "",
            *table,
            "",
            f"**A passage that both have** (as a whole: {_plain(str(doubt.relation))}):",
            "",
            f"> {_plain(doubt.sample[: 2 * MOST_CHARACTERS])}",
            "",
            f"Side by side: `dateline compare {doubt.copy.document_id} {doubt.origin.document_id} --html both.html`",
        ]
    )


def _credit(side: Side) -> str:
    return f"{side.origin}: {side.origin_reason}" if side.origin else "nothing"


def _named(side: Side) -> str:
    return _line(side.carrier or _host(side.url) or "an unknown carrier")


def _linked(side: Side) -> str:
    title = _plain(side.title or "without a title")
    url = side.url or ""
    is_web = _host(url) is not None and url.lower().startswith(("http://", "https://"))
    return f"[{title}]({quote(url, safe=':/?&=%#@,;+~')})" if is_web else title


def _moment(at: DateTime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC") if at else "unknown"


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname or None
    except ValueError:  # a broken IPv6 host: the page's word, and no reason to ask nobody about the others
        return None


def _line(text: str | None) -> str:
    """Bring text of a page to one short line for a subject or a choice, which are no Markdown."""
    return _apart(_SPACE.sub(" ", text or "without a title").strip())[:MOST_CHARACTERS]


def _plain(text: str) -> str:
    return _apart(_MARKDOWN.sub(r"\\\1", _SPACE.sub(" ", text).strip()))


def _apart(text: str) -> str:
    """Set braces apart, so that no template finds an expression."""
    return re.sub(r"(?<=[{}])(?=[{}%#])|(?<=[%#])(?=})", " ", text)


def answer_of(result: Mapping[str, Any]) -> tuple[Sequence[str], str, str | None]:
    """Read the choices, the person and the person's words from what the operator gives back."""
    person = result.get("responded_by_user") or {}
    why = str((result.get("params_input") or {}).get("why") or "").strip()
    return result["chosen_options"], str(person.get("name") or person.get("id") or "nobody"), why or None
