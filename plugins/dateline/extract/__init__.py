"""Readers of pages: one file per format, its name is the format's name, its presence its registration.

A format module holds one public function and, before it, when it is tried::

    RANK = Rank.PUBLISHER
    SYNTAX = HTML                         # tried for bodies of this outermost syntax; left out: for any
    SELECTOR = '[data-js="live-post"]'    # tried for HTML that holds this; left out: for any
    MARKS = ()                            # any of these strings in the body; (): always
    HTML_MARKS = ()                       # the same for HTML, where its marks are others than those of JSON

    def extract(page: Page, source: Source) -> Document | None:
        "Read a Telegraph live page, or return None where this is not one."

A query for the format's own elements costs a tenth of a search for a string (a millisecond is a third of what
a page may cost), so a format of HTML needs no marks: its first query, or its ``SELECTOR``, is the test. Of
one rank, the reader that is named after the page's own ``og:site_name`` is tried first, then those without marks.

``extract`` is literal: it says what the publisher says, every clock as stated, and computes no time.
Where the page is not of this format it returns None; where it is, but cannot be read, it raises
:class:`~dateline.errors.ExtractError`, which becomes a reject, and the next reader is tried.

How a reader is chosen (:func:`dateline.extract.recognise.read_page`). What a page *holds* decides, never
its address. Readers are tried by :class:`Rank`, those of one rank by cost and name. The first that finds
something, posts before all, has read the page. A live blog beats an article: an article, feed or
topic reader only answers where no reader before it found posts. Where the page also carries a
schema.org live blog, it is read too and merged in, post by post
(:mod:`dateline.extract.merge`). A schema.org live blog whose clocks are false, or most of whose
updates have no words, does not end the search: the readers of text clocks and of unknown pages are
asked, and believed where at least half of their posts are the same posts.
"""

from enum import IntEnum


class Rank(IntEnum):
    """In which order readers are tried: the surer the recognition, the earlier."""

    FEED = 10  # the outermost syntax says what it is: RSS, Atom, RDF, JSON Feed, sitemaps
    PUBLISHER = 20  # the markup or payload of one publisher
    STANDARD = 30  # markup that many publishers share: amp-live-list, WordPress, Superdesk
    SCHEMA = 34  # schema.org alone, where no reader knows the markup around it
    EMBED = 37  # a live blog of another house inside the page: what to fetch for it
    TEXT_CLOCK = 40  # paragraphs that open with a clock
    GENERIC = 50  # repeated blocks with clocks, on pages that nobody has described
    TOPIC_PAGE = 60  # a page that lists other documents
    COPY = 70  # a flattened copy
    ARTICLE = 80  # anything with a text


HTML = frozenset({"html"})
JSON = frozenset({"json"})
