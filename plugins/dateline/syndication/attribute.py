"""Who wrote a document: judged from its own evidence, or from a pair of copies.

From one document, the strongest statement wins, in this order; each names itself as the reason:

1. A canonical link to another site, or a link to the original: the page itself says whose it is.
2. A source, provider or copyright holder that the page names to machines, or a line that names the house:
   "first appeared on …", a source credit, a copyright line.
3. The house's own advert behind the text. It is the publisher that advertises *itself* there; an
   advert of the carrier says nothing.
4. An agency in the dateline, "KYIV (Reuters) –", or as the author.
5. People of one house's translation or copy desk in the credits; that house's habit of closing with
   just these credits makes it surer, and counts a little by itself.
6. The carrier's role: a publisher that credits nobody else wrote its own; an aggregator did not.

A photograph's credit is no text's origin, so those keys are never read. A name inside the text
("told The Economist") is a quotation, not a credit: only the opening and the end are looked at.

From a pair, a document that names an origin beats one that does not; if neither does, the earlier
claim wins, and less surely the vaguer the two times are.
"""

import re
from collections.abc import Iterator
from functools import cache

from dateline.model import Document, Origin, same_site
from dateline.publishers import Publisher, PublisherRole, house_name, publisher_named, publisher_of, publishers

REVIEW_BELOW = 0.6
"""An origin less sure than this goes to a person."""

_TAIL = 700  # characters behind which nothing but furniture is expected
_SOURCE_KEYS = ("source", "origin", "publisher", "agency", "via", "syndicated_from", "copyright")
_LINK_KEYS = ("syndication_source", "original_source", "based_on")
_MACHINE_KEYS = {"source_organization": 0.85, "provider": 0.85, "based_on": 0.75, "copyright_holder": 0.7}
_BYLINE_KEYS = ("author", "byline", "writer", "reporting", "reporter")
_DESK_KEYS = ("translator", "translation", "editor", "editing", *_BYLINE_KEYS)
_SAME_KEY = {"translation": "translator", "editing": "editor", "byline": "author", "writer": "author"}

_NAME = r"(?P<name>[^\W\d_][\w .'’&!/-]{0,60})"
_APPEARED = re.compile(
    r"\b(?:originally|first)\s+(?:appeared|published|posted|featured)\s+(?:on|in|by|at)\s+(?:the\s+website\s+of\s+)?"
    + _NAME,
    re.IGNORECASE,
)
_POST_APPEARED = re.compile(r"\bappeared\s+first\s+on\s+" + _NAME, re.IGNORECASE)
_SOURCE_LINE = re.compile(
    r"(?:^|\n|[.!?…\"”']\s+)(?:sources?|quelle|fuente|fonte|джерело|источник|来源)\s?[:：]\s*" + _NAME, re.IGNORECASE
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[\s,]*(?:\d{4}[\s,]*)?(?:by\s+)?" + _NAME, re.IGNORECASE)
_DATELINE = re.compile(r"^\W{0,3}[^\W\d_][^\n()]{1,60}\((?P<name>[^()\n]{2,40})\)\s*[-–—:]")
_TOLD_IN_TAIL = (  # each with words of which it needs one: to look for these takes a tenth of the time
    (_POST_APPEARED, 0.95, ("appeared",)),
    (_APPEARED, 0.95, ("originally", "first")),
    (_SOURCE_LINE, 0.8, ("source", "quelle", "fuente", "fonte", "джерело", "источник", "来源")),
    (_COPYRIGHT, 0.85, ("©", "(c)", "copyright")),
)
_OFFER = re.compile(
    r"\b(?:try|free|trial|subscribe|subscription|unlimited access|sign up|register|membership|support us|patron|"
    r"offers?|newsletters?|app|donate|abonnez|abonnieren|probeabo|suscr[ií]bete|abbonati)\b"
)
_OFFERED_NAME = re.compile(
    r"\b(?:Try|Read|Support|Subscribe to)\s+(?P<name>(?:The\s+)?[A-Z][\w’'&-]*(?:\s+[A-Z][\w’'&-]*){0,3})\s+"
    r"(?:for\s+)?free\b"
)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")


def attribute(document: Document) -> Origin | None:
    """Name who wrote a document, with the reason and how sure it is (0 to 1), or None."""
    for judge in (_canonical, _declared, _advertised, _agency, _desk, _role):
        origin = judge(document)
        if origin is not None:
            return origin
    return None


def _canonical(document: Document) -> Origin | None:
    links = [("canonical", document.canonical_url, 0.95)]
    links += [(key.replace("_", "-"), document.credits.get(key), 0.9) for key in _LINK_KEYS]
    for relation, link, confidence in links:
        if not link or not _ADDRESS.match(link) or not document.url or same_site(link, document.url):
            continue
        house = publisher_of(link)
        name = house.name if house else link.split("//")[-1].split("/")[0].removeprefix("www.")
        if not _is_carrier(document, name):
            return Origin(name=name, reason=f"the page's {relation} link leads to {link}", confidence=confidence)
    return None


def _declared(document: Document) -> Origin | None:
    for key in _SOURCE_KEYS:
        name = document.credits.get(key, "").strip(" .")
        if name and not _is_carrier(document, name):
            return _origin(name, f"credited as {key}: {name}", 0.9)
    for key, confidence in _MACHINE_KEYS.items():
        name = document.credits.get(key, "").strip(" .")
        if name and not _ADDRESS.match(name) and not _is_own_name(document, name):
            return _origin(name, f"the page states its {key.replace('_', ' ')}: {name}", confidence)
    return _told_in_tail(document)


def _told_in_tail(document: Document) -> Origin | None:
    tail = _tail(document)
    lowered = tail.lower()
    for pattern, confidence, words in _TOLD_IN_TAIL:
        for match in pattern.finditer(tail) if any(word in lowered for word in words) else ():
            house = _leading_house(match["name"])
            if house and not _is_carrier(document, house.name):
                return _origin(house.name, f"the text ends with {match[0].strip()!r}", confidence)
    return None


def _advertised(document: Document) -> Origin | None:
    advert = document.credits.get("advert", "")
    for sentences in (advert, _tail(document)):
        house = _house_of_advert(document, sentences)
        if house:
            return _origin(house.name, f"an advert of {house.name} stands at the end of the text", 0.9)
        offered = _OFFERED_NAME.search(sentences) if "free" in sentences else None
        if offered and _offers_in(sentences.casefold()) > 2 and not _is_own_name(document, offered["name"]):
            return _origin(offered["name"], f"the text ends by offering {offered['name']}", 0.75)
    return None


def _house_of_advert(document: Document, tail: str) -> Publisher | None:
    """Find the house that offers itself: its name beside two words of offering, or a known opening."""
    if not tail:
        return None
    lowered = tail.casefold()
    for house in _advertisers():
        if any(advert in lowered for advert in house.adverts) and not _is_carrier(document, house.name):
            return house
    if _offers_in(lowered) < 2:
        return None
    for sentence in _SENTENCE.findall(tail):
        if _offers_in(sentence.casefold()) < 2:
            continue
        named = next(_houses_in(sentence), None)
        if named and named.role is not PublisherRole.AGGREGATOR and not _is_carrier(document, named.name):
            return named
    return None


def _offers_in(casefolded: str) -> int:
    """Count the different words of offering in a text."""
    return len(set(_OFFER.findall(casefolded)))


def _agency(document: Document) -> Origin | None:
    match = _DATELINE.match(_opening(document))
    named = publisher_named(match["name"].split("/")[0].strip()) if match else None
    if match and named:
        return _origin(named.name, f"the dateline names {match['name']}", 0.85)
    for name in _bylines(document):
        house = publisher_named(name.strip()) or _house_after_comma(name)
        if house and not _is_carrier(document, house.name):
            return _origin(house.name, f"the byline is {name.strip()!r}", 0.85)
    return None


def _desk(document: Document) -> Origin | None:
    """Recognise a house by the people of its desk and by its habit of crediting."""
    if not document.credits:
        return None
    keys = {_SAME_KEY.get(key, key) for key, value in document.credits.items() if value.strip()}
    signed = " | ".join(document.credits.get(key, "") for key in _DESK_KEYS).casefold()
    for house in _houses_with_a_desk():
        people = [name for name in house.desk if name.casefold() in signed]
        has_form = bool(house.credit_form) and keys.issuperset(house.credit_form)
        if people:
            reason = f"{' and '.join(people)} of {house.name}'s desk signed it"
            return _origin(house.name, reason, min(0.95, 0.7 + 0.1 * len(people) + 0.05 * has_form))
        if has_form and not _is_known_writer(document):
            reason = f"it closes with {', '.join(house.credit_form)}, as {house.name} does"
            return _origin(house.name, reason, 0.5)
    return None


@cache
def _advertisers() -> tuple[Publisher, ...]:
    return tuple(house for house in publishers() if house.adverts)


@cache
def _houses_with_a_desk() -> tuple[Publisher, ...]:
    return tuple(house for house in publishers() if house.desk or house.credit_form)


def _role(document: Document) -> Origin | None:
    house = publisher_named(document.carrier) or publisher_of(document.url)
    if house is None or house.role is PublisherRole.AGGREGATOR:
        return None
    reason = f"{house.name} is a {house.role} and credits nobody else"
    return _origin(house.name, reason, 0.8)


def _is_known_writer(document: Document) -> bool:
    house = publisher_named(document.carrier) or publisher_of(document.url)
    return house is not None and house.role is not PublisherRole.AGGREGATOR


def _is_carrier(document: Document, name: str) -> bool:
    """Say whether a name is the carrier's own: that it names itself proves nothing."""
    named = publisher_named(name)
    own = {publisher_named(document.carrier), publisher_of(document.url)} - {None}
    if named:
        return named in own
    return bool(document.carrier) and name.casefold() == (document.carrier or "").casefold()


def _is_own_name(document: Document, name: str) -> bool:
    """Say whether a name is the carrier's, or that of its company: "Guardian News & Media" is The Guardian's."""
    carrier = house_name(document.carrier) or ""
    short, long = sorted((_bare(carrier), _bare(name)), key=len)
    return _is_carrier(document, name) or bool(short and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long))


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _origin(name: str, reason: str, confidence: float) -> Origin:
    house = publisher_named(name)
    return Origin(name=house.name if house else name, reason=reason, confidence=round(confidence, 2))


def _leading_house(text: str) -> Publisher | None:
    """Read a known name from the start of a phrase that may run on: "The Telegraph and is …"."""
    words = text.split()
    prefixes = (" ".join(words[:count]).strip(" .,:;'’") for count in range(min(6, len(words)), 0, -1))
    return next((house for house in map(publisher_named, prefixes) if house), None)


def _house_after_comma(name: str) -> Publisher | None:
    """Read "Jane Doe, Associated Press" and "Jane Doe | Reuters"."""
    parts = re.split(r"[,|•·]|\s[-–—/]\s", name)
    return publisher_named(parts[-1].strip()) if len(parts) > 1 else None


def _houses_in(sentence: str) -> Iterator[Publisher]:
    """Name the houses that a sentence speaks of, by whole words in their own capitals; own names first."""
    for house in publishers():
        for name in house.names:
            if len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence):
                yield house
                break


def _bylines(document: Document) -> Iterator[str]:
    for key in _BYLINE_KEYS:
        value = document.credits.get(key, "")
        if value:
            yield re.sub(r"^\s*by\s+", "", value, flags=re.IGNORECASE)


def _opening(document: Document) -> str:
    return (document.text or document.lead or (document.blocks[0].text if document.blocks else "")).lstrip()[:120]


def _tail(document: Document) -> str:
    last = document.blocks[-1].text if document.blocks else ""
    return (document.text or last or document.lead)[-_TAIL:]
