"""BBC content as its pages and its API carry it: nested blocks (``type``, ``model.blocks``, ``model.text``)."""

from collections.abc import Iterator, Mapping
from typing import Any

from dateline.extract.embeds import picture_url
from dateline.extract.text import line, plain
from dateline.model import Embed

MAX_DEPTH = 24
_QUOTED = {"image": "image", "video": "video", "audio": "audio", "social": "other", "oEmbed": "other", "embed": "other"}


def blocks_of(value: Any) -> list[Mapping[str, Any]]:
    """Return the blocks directly inside a block, or inside ``{"model": {"blocks": […]}}``."""
    model = value.get("model") if isinstance(value, dict) else None
    found = model.get("blocks") if isinstance(model, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text_of(value: Any) -> str:
    """Return the words below a block, one paragraph a line; captions of pictures and videos are none."""
    return plain("\n".join(_paragraphs(value, 0)))


def _paragraphs(value: Any, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    for block in blocks_of(value):
        if block.get("type") in _QUOTED:
            continue
        text = block["model"].get("text") if isinstance(block.get("model"), dict) else None
        if isinstance(text, str):
            yield text
        else:
            yield from _paragraphs(block, depth + 1)


def headed(header: Any, kind: str) -> str | None:
    """Return the words of the header's block of one kind: ``headline``, ``subheadline``."""
    found = next((one for one in blocks_of(header) if one.get("type") == kind), None)
    return line(text_of(found)) if found else None


def contributor_of(header: Any) -> str | None:
    """Return the name of who wrote a post, where the header names one."""
    found = next((one for one in blocks_of(header) if one.get("type") == "contributor"), None)
    model = found.get("model") if found else None
    name = model.get("name") if isinstance(model, dict) else None
    return line(name) if isinstance(name, str) else None


def embeds_in(value: Any) -> tuple[Embed, ...]:
    """Return what a post's content quotes: pictures, videos, posts of social networks."""
    found = (_embed(one) for one in blocks_of(value) if one.get("type") in _QUOTED)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _embed(block: Mapping[str, Any]) -> Embed | None:
    kind = _QUOTED[block["type"]]
    model = block.get("model")
    url = _address(model, 0)
    if kind == "other" and url and ("twitter.com/" in url or "//x.com/" in url):
        return Embed(kind="tweet", url=url.partition("?")[0])
    words = line(text_of({"model": {"blocks": [one for one in blocks_of(block) if one.get("type") == "caption"]}}))
    return Embed(kind=kind, url=picture_url(url) if url else None, text=words) if url or words else None


def _address(model: Any, depth: int) -> str | None:
    """Return the first address below a block: ``source``, ``locator``, ``url``."""
    if not isinstance(model, dict) or depth > 4:
        return None
    for key in ("source", "locator", "url"):
        if isinstance(model.get(key), str) and model[key]:
            return str(model[key])
    for below in model.get("blocks") or ():
        found = _address(below.get("model"), depth + 1) if isinstance(below, dict) else None
        if found:
            return found
    return None
