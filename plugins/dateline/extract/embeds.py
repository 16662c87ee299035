"""What is quoted into a post, as typed objects: tweets, pictures, videos, quotes.

The words of a quoted tweet or blockquote are part of what readers saw, so they also stand in the post's
text; captions do not. A picture's address loses its query where its path names a picture file: sizes
and signatures change from capture to capture, and an entry is not edited by that.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from selectolax.lexbor import LexborNode

from dateline.extract.text import line, paragraphs
from dateline.model import Block, Embed

CAPTIONS = "figcaption, .caption, .newsCaption, .image-caption, .wp-caption-text"
"""CSS of picture captions and credits, in the words that many publishers share."""

_QUOTED = "blockquote, img, iframe, video, audio, figure[data-canonical-url]"
_IN_AMP = (
    "amp-img, amp-twitter, amp-instagram, amp-youtube, amp-video, amp-iframe, amp-jwplayer, amp-brightcove,"
    " amp-facebook, amp-tiktok"
)
_QUOTED_AMP = f"{_QUOTED}, {_IN_AMP}"
_NO_PICTURE_OF_POST = re.compile(r"avatar|author|byline|contributor|share|social|icon|logo", re.IGNORECASE)
_OTHER_PARTS = frozenset({"header", "button", "noscript", "footer"})
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
_LABELS = re.compile(r"^Image(?=[A-Z“])|Credit\.\.\.")  # for screen readers, in captions of the New York Times
_ADDRESS = re.compile(r"https?://\S+")
_POST_URL = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status(?:es)?/\d+")
_FRAMES = (
    (re.compile(r"twitter|platform\.x\.com", re.IGNORECASE), "tweet"),
    (re.compile(r"youtube|vimeo|dailymotion|jwplayer|brightcove|/video|player\."), "video"),
    (re.compile(r"soundcloud|spotify|audio|podcast"), "audio"),
)
_SOCIAL = re.compile(r"instagram|facebook|tiktok|bluesky|bsky|mastodon|threads|truthsocial")


def embeds_of(post: LexborNode, *, in_amp: bool = False) -> tuple[Embed, ...]:
    """Return what a post quotes, each once, in page order; ``in_amp`` where it may do so in AMP elements."""
    found = [one for node in post.css(_QUOTED_AMP if in_amp else _QUOTED) if (one := _embed(node)) is not None]
    return tuple(dict.fromkeys(found)) if found else ()


def quotes_in_amp(root: LexborNode) -> bool:
    """Say whether anything below a node is quoted in an AMP element; asked once, it spares each post half a query."""
    return root.css_first(_IN_AMP) is not None


def address_as_embed(block: Block) -> Block:
    """Turn a text that is nothing but an address into an embed: the post that stood there was quoted."""
    if not block.text.startswith("http") or not _ADDRESS.fullmatch(block.text):
        return block
    kind = "tweet" if _POST_URL.match(block.text) else "link"
    known = any(one.url == block.text for one in block.embeds)
    return replace(block, text="", embeds=block.embeds if known else (*block.embeds, Embed(kind=kind, url=block.text)))


def embeds_from(nodes: Iterable[LexborNode]) -> tuple[Embed, ...]:
    """Return what these elements quote, each once, in their order: for posts that have no element of their own."""
    return tuple(dict.fromkeys(one for node in nodes if (one := _embed(node)) is not None))


def picture_url(url: str) -> str:
    """Return a picture's address without what only says its size or signs it."""
    path, mark, _ = url.partition("?")
    return path if mark and _PICTURE_FILE.search(path) else url


def _embed(node: LexborNode) -> Embed | None:
    reader = _READERS.get(node.tag or "")
    return reader(node) if reader else None


def _blockquote(node: LexborNode) -> Embed | None:
    classes = node.attributes.get("class") or ""
    text = paragraphs(node)
    if "twitter" in classes or "tweet" in classes:
        links = [found[0] for a in node.css("a[href]") if (found := _POST_URL.match(a.attributes.get("href") or ""))]
        return Embed(kind="tweet", url=links[-1] if links else None, text=text or None, author=_signature(text))
    permalink = node.attributes.get("data-instgrm-permalink") or node.attributes.get("cite")
    if _SOCIAL.search(classes) or node.attributes.get("data-instgrm-permalink"):
        return Embed(kind="other", url=permalink, text=text or None)
    return Embed(kind="quote", url=permalink, text=text) if text else None


def _signature(text: str) -> str | None:
    """Find who signs a tweet: the words between the last dash and the bracketed handle's end."""
    found = re.search(r"—\s*([^—\n]{1,80}?\(@?\w{1,30}\))", text)
    return line(found[1]) if found else None


def _image(node: LexborNode) -> Embed | None:
    about = node.attributes
    url = about.get("src") or about.get("data-src") or ""
    if not url or url.startswith("data:") or about.get("width") == "1":
        return None
    figure, is_of_post = _surroundings(node)
    if not is_of_post:
        return None
    caption = figure.css_first("figcaption") if figure is not None else None
    words = line(_LABELS.sub("", paragraphs(caption))) if caption is not None else None
    return Embed(kind="image", url=picture_url(url), text=words or line(about.get("alt")))


def _surroundings(node: LexborNode) -> tuple[LexborNode | None, bool]:
    """Return the figure that a picture stands in, and whether it is one of the post: no portrait, no icon."""
    above = node.parent
    for _ in range(6):
        if above is None or above.tag in {"article", "body", "li"}:
            break
        if above.tag in _OTHER_PARTS or _NO_PICTURE_OF_POST.search(above.attributes.get("class") or ""):
            return None, False
        if above.tag == "figure":
            return above, True
        above = above.parent
    return None, True


def _video(node: LexborNode) -> Embed | None:
    source = node.css_first("source[src]")
    url = node.attributes.get("src") or (source.attributes.get("src") if source else None)
    kind = "audio" if node.tag == "audio" else "video"
    return Embed(kind=kind, url=url, text=line(node.attributes.get("title"))) if url else None


def _frame(node: LexborNode) -> Embed | None:
    url = node.attributes.get("src") or ""
    if not url.startswith(("http", "//")):
        return None
    kind = next((kind for pattern, kind in _FRAMES if pattern.search(url)), "other")
    return Embed(kind=kind, url=url, text=line(node.attributes.get("title")))


def _amp(node: LexborNode) -> Embed | None:
    tag, about = node.tag, node.attributes
    if tag == "amp-twitter":
        tweet = about.get("data-tweetid")
        return Embed(kind="tweet", url=f"https://twitter.com/i/status/{tweet}" if tweet else None)
    if tag == "amp-youtube":
        video = about.get("data-videoid")
        return Embed(kind="video", url=f"https://www.youtube.com/watch?v={video}" if video else None)
    if tag == "amp-instagram":
        code = about.get("data-shortcode")
        return Embed(kind="other", url=f"https://www.instagram.com/p/{code}/" if code else None)
    kind = "video" if tag in {"amp-video", "amp-jwplayer", "amp-brightcove"} else "other"
    return Embed(kind=kind, url=about.get("src") or about.get("data-href") or about.get("data-src"))


def _figure(node: LexborNode) -> Embed | None:
    url = node.attributes.get("data-canonical-url")
    classes = node.attributes.get("class") or ""
    if "tweet" in classes:
        return None  # its blockquote says more
    kind = next((kind for kind in ("video", "audio", "image") if kind in classes), "link")
    return Embed(kind=kind, url=url)


_READERS: Mapping[str, Callable[[LexborNode], Embed | None]] = {
    "blockquote": _blockquote,
    "img": _image,
    "amp-img": _image,
    "video": _video,
    "audio": _video,
    "iframe": _frame,
    "figure": _figure,
    **dict.fromkeys(
        (
            "amp-twitter",
            "amp-instagram",
            "amp-youtube",
            "amp-video",
            "amp-iframe",
            "amp-jwplayer",
            "amp-brightcove",
            "amp-facebook",
            "amp-tiktok",
        ),
        _amp,
    ),
}
