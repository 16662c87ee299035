"""The words of Dateline as values: what was captured, what it states, what we make of it.

Two stages, kept apart. A :class:`Document` of :class:`Block` s with :class:`Clock` s is what the
publisher *says*, literally. A :class:`Reading` of :class:`Entry` s with :class:`Dating` s is what we
*judge* from it. Nothing here does input or output, and nothing here knows a format.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from pendulum import DateTime

from dateline.masking import masked

PARSER_VERSION = 1
"""Raised whenever a reader's output changes, so that a replay knows which rows are old."""


class _Word(StrEnum):
    """A word of a closed list, hashed as the string that it is: Enum's own hash is Python code, and slow."""

    __hash__ = str.__hash__


class Kind(_Word):
    """What a document is."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    FEED = "feed"
    TOPIC_PAGE = "topic_page"


class Order(_Word):
    """How a page orders its entries. Editorial: neither way, or not by time."""

    NEWEST_FIRST = "newest-first"
    OLDEST_FIRST = "oldest-first"
    EDITORIAL = "editorial"
    UNKNOWN = "unknown"


class Precision(_Word):
    """How finely a time is known. Bounded: only its bounds are."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    BOUNDED = "bounded"
    UNKNOWN = "unknown"


class Basis(_Word):
    """The evidence that a time rests on."""

    API = "api"
    JSON_LD = "json-ld"
    DOM = "dom"
    FEED = "feed"
    ID = "id"
    TEXT_CLOCK = "text-clock"
    RELATIVE = "relative"
    ALIGNED_COPY = "aligned-copy"
    ORDER = "order"
    PAGE_DATE = "page-date"


class Role(_Word):
    """Which moment a clock speaks of. Shown: the time that readers are shown beside the entry."""

    CREATED = "created"
    PUBLISHED = "published"
    MODIFIED = "modified"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One time as the page states it, unjudged: ``"21 mins ago"``, ``"9:43PM"``, ``"1709333411"``."""

    role: Role
    stated: str
    basis: Basis
    zone: str | None = None  # an IANA name or an offset, where the page says so beside the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class DateHeading:
    """A line that states a day, standing before the block at ``position`` (0 = before the first).

    Whether it dates what stands below it or above it is for dating to judge.
    """

    position: int
    stated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """Something quoted into an entry: ``kind`` is tweet, image, video, audio, quote, link or other."""

    kind: str
    url: str | None = None
    text: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One post as found, with every clock it states. Text holds one paragraph a line."""

    where: str  # for a person: "div#post-1550004", "liveBlogUpdate[3]", "offset 1204"
    anchor: str | None = None  # the publisher's id, normalised so that all channels agree
    headline: str | None = None
    text: str = ""
    author: str | None = None
    clocks: tuple[Clock, ...] = ()
    embeds: tuple[Embed, ...] = ()
    is_pinned: bool = False
    is_key_event: bool = False
    is_summary: bool = False
    is_deleted: bool = False  # a tombstone: the publisher says that this post is gone
    boundary_probability: float | None = None  # only where a splitter drew the boundary
    joined_probability: float | None = None  # of the likeliest boundary that it left inside, for it was too doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which part of a live blog this page shows.

    ``is_complete`` only where the page is known to hold every entry; ``next_urls`` are the addresses
    that would fill the gaps.
    """

    is_complete: bool = False
    page: int | None = None
    pages: int | None = None
    total: int | None = None
    shows: str | None = None  # "all", "latest", "page", or None where the page does not say
    next_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A piece that we refused to guess about."""

    where: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two statements of one page that cannot both be true; both are kept."""

    where: str
    about: str  # "published", "headline", …
    kept: str
    other: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article, live blog, feed or topic page as its publisher states it.

    A live blog has ``blocks``; an article, or a copy not yet split, has ``text``; a feed or topic
    page has ``items``, documents of their own.
    """

    format: str  # the name of the extractor that read it
    kind: Kind
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    carrier: str | None = None  # who published this copy
    language: str | None = None
    categories: tuple[str, ...] = ()
    credits: Mapping[str, str] = field(default_factory=dict)  # author, translator, source, advert …
    clocks: tuple[Clock, ...] = ()
    zone: str | None = None  # the zone the page says its clocks are in
    coverage: Mapping[str, str] = field(default_factory=dict)  # start, end, state, as stated: they lie
    order: Order = Order.UNKNOWN  # only where the page says so
    window: Window = Window()
    lead: str = ""
    text: str = ""
    cut: str | None = None  # how a splitter cut the text into blocks, and why
    blocks: tuple[Block, ...] = ()
    headings: tuple[DateHeading, ...] = ()
    items: tuple["Document", ...] = ()
    guid: str | None = None  # a feed item's own id
    rejects: tuple[Reject, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def document_id(self) -> str:
        """Derive the identity: the address where there is one, else carrier, id and title.

        A canonical link to another site names the *origin* of a copy, so it never identifies the copy.
        """
        address = self.canonical_url if same_site(self.canonical_url, self.url) else self.url
        if address:
            return digest_of("url", normal_url(address))
        first = self.text or self.lead or next((one.text for one in self.blocks), "")
        return digest_of("stated", self.carrier or "", self.guid or "", self.title or first[:200])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """What is known of one moment: an instant, or the bounds that it lies in. All times are UTC.

    ``earliest <= at <= latest`` wherever they are known. ``at`` is set for second, minute and hour (the
    start of the named span; the bounds are the span) and for a day: the bounds are the day in its zone,
    and the UTC date of ``at`` is the day that was named. Bounded has at least one bound and no ``at``.
    ``stated`` is the publisher's own wording.
    """

    at: DateTime | None = None
    earliest: DateTime | None = None
    latest: DateTime | None = None
    precision: Precision = Precision.UNKNOWN
    basis: Basis | None = None
    stated: str | None = None


UNKNOWN_TIME = Dating()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One post, judged: when it was published, changed and shown, and how well we know."""

    position: int
    anchor: str | None
    headline: str | None
    text: str
    author: str | None
    created: Dating
    published: Dating
    modified: Dating
    shown: Dating
    embeds: tuple[Embed, ...] = ()
    is_pinned: bool = False
    is_key_event: bool = False
    is_summary: bool = False
    is_deleted: bool = False
    boundary_probability: float | None = None
    joined_probability: float | None = None

    @property
    def content_digest(self) -> str:
        """Name this wording: two sightings with one digest show the same version.

        A picture that moves from http to https is the same picture.
        """
        embeds = "\x1f".join(f"{e.kind} {normal_url(e.url or '')} {e.text or ''}" for e in self.embeds)
        return digest_of("version", self.headline or "", self.text, self.author or "", embeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who wrote a copy, why we think so, and how sure we are (0 to 1)."""

    name: str
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document of one snapshot, judged: its entries in page order, and what was refused."""

    document: Document
    published: Dating
    modified: Dating
    order: Order
    origin: Origin | None
    entries: tuple[Entry, ...]
    rejects: tuple[Reject, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The bytes and headers of one answer at one instant, immutable.

    ``captured_at`` is None for a file whose time of capture nobody recorded: nothing relative can
    then be resolved. ``body`` is decoded from its transfer, not from its charset.
    """

    body: bytes
    url: str | None = None
    captured_at: DateTime | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the body, in hex."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """Return the first header of this name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def digest_of(*parts: str) -> str:
    """Hash parts that may hold anything into a short, stable name (32 hex digits)."""
    joined = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:32]


def digest_within(owner_id: str, *parts: str) -> str:
    """Name what belongs to one owner (32 hex digits): names of one owner begin alike, with the first six of its own.

    So what is loaded together lies together in an index: a new page of a document finds its rows on a page or two of
    each, where names without order have every row fetch a page of its own.
    """
    return owner_id[:6] + digest_of(owner_id, *parts)[6:]


@lru_cache(maxsize=4096)  # a page is captured again and again under one address
def normal_url(url: str) -> str:
    """Bring an address to the form under which it identifies a document.

    Scheme, ``www.``, a trailing slash, the fragment and tracking parameters do not count; secrets are masked, so that
    an address is the same before and behind the archive.
    """
    url = masked(url)
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # a broken port or IPv6 host: the page's word, so only a name here
        return url.strip()
    host = (parts.hostname or "").lower().removeprefix("www.")
    kept = [p for p in parts.query.split("&") if p and not p.lower().startswith(("utm_", "fbclid=", "gclid="))]
    query = "?" + "&".join(kept) if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def same_site(one: str | None, other: str | None) -> bool:
    """Say whether two addresses are one publisher's: the last two labels of their hosts agree.

    An address that is missing on one side contradicts nothing.
    """
    if not one:
        return False
    if not other:
        return True
    return _site(one) == _site(other)


def _site(url: str) -> tuple[str, ...]:
    try:
        labels = (urlsplit(url).hostname or "").lower().split(".")
    except ValueError:
        return (url,)
    size = 3 if len(labels) > 2 and labels[-2] in {"co", "com", "org", "net", "gov", "ac"} else 2
    return tuple(labels[-size:])
