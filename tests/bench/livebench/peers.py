"""Other readers of news pages, where they are installed (``tests/bench/peers.txt``): what they give of a live blog.

Each returns one text a page: no entries, no entry times. What can be compared is which share of the entries'
texts they carry along, and how long they take.
"""

import importlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import urlsplit

from livebench.pages import CapturedPage

from dateline.extract.same_post import letters

Peer = Callable[[str], str]

_OWN_ADDRESS = re.compile(
    r'<link[^>]+rel="?canonical"?[^>]+href="([^"]+)"|"og:url"[^>]+content="([^"]+)"|"mainEntityOfPage":"([^"]+)"'
)


@cache
def peers() -> Mapping[str, Peer]:
    """Return the peers that are installed and can be imported, by name."""
    known = {
        "trafilatura": ("trafilatura", _trafilatura),
        "newspaper4k": ("newspaper", _newspaper),
        "news-please": ("newsplease", _newsplease),
        "fundus": ("fundus", _fundus),
    }
    return {name: run for name, (module, run) in known.items() if _is_there(module)}


def _is_there(module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        return False
    return True


def _trafilatura(markup: str) -> str:
    """Take text and metadata: title, author and dates are what Dateline reads too."""
    import trafilatura

    found = trafilatura.bare_extraction(markup, with_metadata=True)
    return (found.text if found is not None else None) or ""


def _newspaper(markup: str) -> str:
    import newspaper

    article = newspaper.Article("https://page.invalid/live")
    article.download(input_html=markup)
    article.parse()
    return str(article.text)


def _newsplease(markup: str) -> str:
    from newsplease import NewsPlease

    return NewsPlease.from_html(markup, url="https://page.invalid/live").maintext or ""


def _fundus(markup: str) -> str:
    """Use the parser of the publisher that the page's own address names; others have none."""
    from fundus import PublisherCollection

    found = _OWN_ADDRESS.search(markup)
    host = (urlsplit(next(filter(None, found.groups()))).hostname or "") if found else ""
    for publisher in PublisherCollection:
        if host and (urlsplit(publisher.domain).hostname or "").removeprefix("www.") == host.removeprefix("www."):
            return str(publisher.parser().parse(markup, "suppress").get("body") or "")
    return ""


def share_of_texts(page: CapturedPage, text: str) -> float:
    """Return the share of the entries' texts whose opening stands somewhere in a text."""
    openings = [letters(one.text)[:60] for one in page.truth if one.text]
    whole = letters(text)
    return sum(1 for one in openings if one in whole) / len(openings) if openings else 0.0
