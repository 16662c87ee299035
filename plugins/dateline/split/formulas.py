"""The sentences with which live blogs open, close and sum up: they show the order, and where a lead ends.

English in the main; of German, French and Spanish only the commonest.

A closing formula early in a text, or an opening one late, means that the newest entry stands first.
"""

import re

from dateline.model import Order

OPENING = re.compile(
    r"\bwelcome to (?:our|the|today|this|my)\b[^.!?]{0,60}\b(?:live|blog|coverage|rolling)"
    r"|\bgood (?:morning|afternoon|evening)(?:,| and welcome|\.)"
    r"|\bwe(?:'|’| wi)ll be (?:bringing you|covering|following|reporting|here)\b"
    r"|\b(?:herzlich )?willkommen (?:zum?|zur|im) |\bbienvenue (?:dans|sur) (?:ce|notre|le) |\bbienvenidos a\b"
    r"|\bfollow along\b|\bstay (?:with us|tuned)\b[^.!?]{0,80}\b(?:day|build|start)"
    r"|\b(?:is|are) (?:set|due|expected) to (?:begin|start|take place|get under way)\b[^.!?]{0,60}\btoday",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\bthanks? (?:you )?(?:very much |so much )?for (?:following|reading|joining|being with|your company)\b"
    r"|\bthat(?:'|’| i)?s (?:all|it)\b[^.!?]{0,40}\b(?:today|tonight|now|evening|day|from us|from me)\b"
    r"|\bthis (?:live ?)?(?:blog|coverage)[^.!?]{0,30}\b(?:closing|closed|ended|finished|wrapping)"
    r"|\bwe(?:'|’)?(?:re| are) (?:closing|wrapping up|pausing|ending)\b[^.!?]{0,30}\b(?:blog|coverage)"
    r"|\b(?:live|our) (?:coverage|updates|blog)\b[^.!?]{0,40}\b(?:ended|finished|has closed|comes to an end)"
    r"|\bwe(?:'|’| wi)ll be back\b|\bgood ?night\b|\bbeenden (?:wir )?(?:hiermit )?(?:den|unseren) \w*ticker\b"
    r"|\bce direct est (?:maintenant )?termin|\bmerci de nous avoir suivis\b|\bgracias por seguir"
    r"|\btime to (?:shut up shop|wrap up|close)",
    re.IGNORECASE,
)
SUMMARY = re.compile(
    r"\bhere(?:'|’| i)s (?:a|the|our|what|where|your)\b[^.!?]{0,40}"
    r"\b(?:summary|recap|reminder|round-?up|know|happened|latest|stand)"
    r"|\b(?:key|main) (?:events|points|developments)\b|\bwhat we know so far\b|\bto (?:recap|sum up)\b",
    re.IGNORECASE,
)
LIVE = re.compile(
    r"\blive ?blog\b|\blive (?:coverage|updates)\b|\bas it happened\b|\blive-?ticker\b|\bminuto a minuto\b"
    r"|\bmore (?:updates|details|reaction) (?:as|when|soon|to follow)\b",
    re.IGNORECASE,
)
LIVE_TITLE = re.compile(
    r"\blive ?(?:blog|updates?|coverage|ticker|reporting)\b|\bas it happened\b|\bminute[- ]by[- ]minute\b"
    r"|^live\b ?[:–—|-]|\blive(?=:| ?[–—|]| - )|[,–—|-] ?live$|\ben direct\b|\bminuto a minuto\b|\bnewsblog\b",
    re.IGNORECASE,
)
_NOT_COVERAGE = re.compile(r"\b(?:to|we|they|you|who|people|i) live\b", re.IGNORECASE)
_EDGE = 0.2  # the first and the last fifth of a text


def order_by_formulas(text: str) -> Order | None:
    """Say in which order entries stand, if formulas show it; None where they are missing or disagree."""
    early, late = _edges(text)
    newest = bool(CLOSING.search(early)) + bool(OPENING.search(late))
    oldest = bool(OPENING.search(early)) + bool(CLOSING.search(late))
    if newest == oldest:
        return None
    return Order.NEWEST_FIRST if newest > oldest else Order.OLDEST_FIRST


def formulas_in(text: str) -> int:
    """Count the kinds of formulas in a text: opening and closing at its edges, summing up and live words anywhere."""
    early, late = _edges(text)
    edges = sum(bool(one.search(early) or one.search(late)) for one in (OPENING, CLOSING))
    return edges + bool(SUMMARY.search(text)) + bool(LIVE.search(text))


def is_live_title(title: str | None) -> bool:
    """Say whether a title calls its text live coverage, and not only a concert or a place to live.

    >>> is_live_title("Storm Hedda live: harbour wall breached"), is_live_title("Council votes tonight, live")
    (True, True)
    >>> is_live_title("Where to live: ten harbour towns"), is_live_title("We live in hope")
    (False, False)
    """
    found = LIVE_TITLE.search(title) if title else None
    return found is not None and not _NOT_COVERAGE.search(title or "")


def _edges(text: str) -> tuple[str, str]:
    size = max(int(len(text) * _EDGE), 600)
    return text[:size], text[-size:]
