"""What the ``head`` of a page says of it, and its visible heading: looked up once, whoever asks."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import orjson
from selectolax.lexbor import LexborHTMLParser, LexborNode

from dateline.extract.text import line, paragraphs, plain_line
from dateline.model import Basis, Clock, Role

# The names under which publishers state a page's times, the surest first; the first that is there speaks.
_META_TIMES = {
    Role.PUBLISHED: (
        "article:published_time",
        "parsely-pub-date",
        "sailthru.date",
        "dcterms.issued",
        "dc.date.issued",
        "dcterms.created",
        "publish-date",
        "pubdate",
        "dc.date",
        "date",
    ),
    Role.MODIFIED: ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified"),
}
_RELATIONS = ("canonical", "syndication-source", "original-source")
_LINKS = ", ".join(f'link[rel="{one}"]' for one in _RELATIONS)  # one walk through the page finds them all


class Head:
    """A page's ``head`` and heading; one without a tree says nothing."""

    def __init__(self, tree: LexborHTMLParser | None) -> None:
        """Keep the tree; nothing is looked up yet."""
        self._tree = tree

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """The ``meta`` tags by their property, name or itemprop in lower case; the first of each counts."""
        found: dict[str, str] = {}
        for node in self._found("meta[content]"):
            about = node.attributes
            key = about.get("property") or about.get("name") or about.get("itemprop")
            content = about.get("content")
            if key and content:
                found.setdefault(key.lower(), content)
        return found

    def named(self, key: str) -> str | None:
        """Return what a ``meta`` tag states, as one line."""
        return line(self.metas.get(key))

    @cached_property
    def _links(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for node in self._found(_LINKS):
            about = node.attributes
            found.setdefault((about.get("rel") or "").lower(), about.get("href") or "")
        return found

    def linked(self, relation: str) -> str | None:
        """Return where the first ``link`` of a relation leads: canonical, syndication-source or original-source."""
        return self._links.get(relation) or None

    def _found(self, css: str) -> Sequence[LexborNode]:
        """Return what matches inside the ``head``, a small part of the page; where nothing does, anywhere in it."""
        if self._tree is None:
            return ()
        return (self._tree.head.css(css) if self._tree.head else ()) or self._tree.css(css)

    @property
    def canonical(self) -> str | None:
        """The address that the page calls its own."""
        return self.linked("canonical") or self.metas.get("og:url")

    @cached_property
    def title(self) -> str | None:
        """The visible heading, else the title as it is shared, else that of the window."""
        heading = self._tree.css_first("h1") if self._tree else None
        shown = line(paragraphs(heading)) if heading else None
        if shown:
            return shown
        title = self._tree.css_first("title") if self._tree else None
        return self.named("og:title") or (line(title.text()) if title else None)

    @cached_property
    def language(self) -> str | None:
        """The language that the root declares."""
        root = self._tree.root if self._tree else None
        return (root.attributes.get("lang") if root else None) or None

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """The times of the page, as its ``meta`` tags state them."""
        found = ((role, next(filter(None, map(self.metas.get, keys)), None)) for role, keys in _META_TIMES.items())
        stated = [(role, value) for role, value in found if value]
        if not any(role is Role.PUBLISHED for role, _ in stated) and (value := self._parsely_date):
            stated.insert(0, (Role.PUBLISHED, value))
        return tuple(Clock(role=role, stated=value[:64], basis=Basis.DOM) for role, value in stated)

    @property
    def _parsely_date(self) -> str | None:
        """Read Parse.ly's older form: one JSON object for the whole page (https://docs.parse.ly/parsely-page/)."""
        try:
            told = orjson.loads(self.metas.get("parsely-page", ""))
        except orjson.JSONDecodeError:
            return None
        stated = told.get("pub_date") if isinstance(told, dict) else None
        return plain_line(stated) if isinstance(stated, str) else None
