"""What a page says of itself outside its posts: title, addresses, publisher, language, its own clocks.

JSON-LD comes first where it names the live blog or article, then ``meta`` tags, then the visible heading.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.extract.head import Head
from dateline.extract.page import Page
from dateline.extract.text import plain_line
from dateline.model import Basis, Block, Clock, Document, Kind, Order, Reject, Role, Window

_UNSAID = Window()
_WEB = frozenset({"http", "https"})
ARTICLE_TYPES = frozenset({"LiveBlogPosting", "NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A page's words about itself, ready to become fields of a document."""

    title: str | None
    url: str | None
    canonical_url: str | None
    carrier: str | None
    language: str | None
    categories: tuple[str, ...]
    author: str | None
    sources: Mapping[str, str]
    clocks: tuple[Clock, ...]
    coverage: Mapping[str, str]

    @property
    def credits(self) -> Mapping[str, str]:
        """The author, and whom the page names as the source of its text."""
        return {**({"author": self.author} if self.author else {}), **self.sources}

    def live_blog(
        self,
        format: str,  # noqa: A002 - the document's own word
        blocks: Iterable[Block],
        *,
        order: Order = Order.UNKNOWN,
        window: Window = _UNSAID,
        coverage: Mapping[str, str] | None = None,
        lead: str = "",
        zone: str | None = None,
        rejects: Iterable[Reject] = (),
    ) -> Document:
        """Make the live blog that these facts and posts are."""
        return Document(
            format=format,
            kind=Kind.LIVE_BLOG,
            url=self.url,
            canonical_url=self.canonical_url,
            title=self.title,
            carrier=self.carrier,
            language=self.language,
            categories=self.categories,
            credits=self.credits,
            clocks=self.clocks,
            zone=zone,
            coverage={**self.coverage, **(coverage or {})},
            order=order,
            window=window,
            lead=lead,
            blocks=tuple(blocks),
            rejects=tuple(rejects),
        )


def facts_of(page: Page, about: Mapping[str, Any] | None = None) -> Facts:
    """Collect what the page says of itself; ``about`` is the JSON-LD object that describes the document."""
    told = about if about is not None else _described(page)
    head = page.head
    canonical = head.canonical or address(told.get("url")) or address(told.get("mainEntityOfPage"))
    return Facts(
        title=title_of(told) or head.title,
        url=page.snapshot.url,
        canonical_url=joined(page.snapshot.url or head.canonical, canonical),
        carrier=name_of(told.get("publisher")) or head.named("og:site_name"),
        language=text_in(told, "inLanguage") or head.language,
        categories=_categories(told, head),
        author=name_of(told.get("author")) or head.named("author"),
        sources=_sources(told, head),
        clocks=tuple(_own_clocks(told)) + head.clocks,
        coverage=_coverage(told),
    )


_SOURCE_FIELDS = {
    "provider": "provider",
    "source_organization": "sourceOrganization",
    "copyright_holder": "copyrightHolder",
}


def _sources(told: Mapping[str, Any], head: Head) -> Mapping[str, str]:
    """Collect who a page says its text is from: JSON-LD, and the links that syndication partners agreed on.

    ``syndication-source`` and ``original-source`` were proposed by Google News in 2010, as metas; some write links.
    """
    named = {key: name_of(told.get(field)) for key, field in _SOURCE_FIELDS.items()}
    based_on = told.get("isBasedOn")
    first = based_on[0] if isinstance(based_on, list) and based_on else based_on
    maker = name_of(first.get("publisher") or first.get("provider")) if isinstance(first, dict) else None
    named["based_on"] = maker or address(first)
    for key in ("syndication-source", "original-source"):
        named[key.replace("-", "_")] = head.linked(key) or head.named(key)
    return {key: stated for key, stated in named.items() if stated}


def _described(page: Page) -> Mapping[str, Any]:
    found = [one for one in page.json_ld if types_of(one) & ARTICLE_TYPES]
    found.sort(key=lambda one: "LiveBlogPosting" not in types_of(one))
    return found[0] if found else {}


def types_of(value: Mapping[str, Any]) -> frozenset[str]:
    """Return the types of a JSON-LD object, without their vocabulary; ``@type`` may be a list."""
    stated = value.get("@type")
    stated = stated if isinstance(stated, list) else [stated]
    return frozenset(one.rpartition("/")[2].rpartition(":")[2] for one in stated if isinstance(one, str))


def title_of(value: Mapping[str, Any]) -> str | None:
    """Return a JSON-LD object's headline, or its name."""
    return text_in(value, "headline") or text_in(value, "name")


def text_in(value: Mapping[str, Any], key: str) -> str | None:
    """Return a field as one line of text where it holds text."""
    stated = value.get(key)
    if isinstance(stated, list):
        stated = next((one for one in stated if isinstance(one, str)), None)
    if isinstance(stated, dict):
        stated = stated.get("@value") or stated.get("name")
    return plain_line(stated) if isinstance(stated, str) else None


def name_of(value: Any) -> str | None:
    """Return the names of one or more people or organisations, joined by commas."""
    names: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        stated = one.get("name") if isinstance(one, dict) else one
        if isinstance(stated, list):
            stated = ", ".join(part for part in stated if isinstance(part, str))
        name = plain_line(stated) if isinstance(stated, str) else None
        if name and name not in names:
            names.append(name)
    return ", ".join(names) or None


def address(value: Any) -> str | None:
    """Return the address that a JSON-LD field states, as text or as an object with an id."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str | dict)), None)
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url") or value.get("contentUrl")
    return value.strip() or None if isinstance(value, str) else None


def joined(base: str | None, url: str | None) -> str | None:
    """Complete an address against that of its page; None where it is none of the web."""
    if not url:
        return None
    try:
        whole = urljoin(base or "", url)
        return whole if urlsplit(whole).scheme in _WEB or (not base and url.startswith(("?", "/"))) else None
    except ValueError:
        return None


def _own_clocks(told: Mapping[str, Any]) -> Iterator[Clock]:
    for key, role in (("datePublished", Role.PUBLISHED), ("dateModified", Role.MODIFIED)):
        if stated := text_in(told, key):
            yield Clock(role=role, stated=stated[:64], basis=Basis.JSON_LD)


def _coverage(told: Mapping[str, Any]) -> Mapping[str, str]:
    pairs = (("start", text_in(told, "coverageStartTime")), ("end", text_in(told, "coverageEndTime")))
    return {name: stated for name, stated in pairs if stated}


def _categories(told: Mapping[str, Any], head: Head) -> tuple[str, ...]:
    stated = told.get("articleSection")
    values = stated if isinstance(stated, list) else [stated or head.named("article:section")]
    return tuple(found for one in values if isinstance(one, str) and (found := plain_line(one)))
