"""Two channels of one page, merged post by post: its markup and its JSON-LD say the same twice.

Posts are matched first (:mod:`dateline.extract.same_post`). Each merged post keeps the clocks of both
channels. Where they differ in words, the markup is kept, for it is what readers saw; two exceptions: a
text that the other channel continues (the markup was cut), and anything that the markup does not have at
all. A post that only one channel holds is kept, in its place: the JSON-LD may hold more than the page, or
less.

A JSON-LD is not believed where more than two updates share one ``datePublished`` (it is the page's
own): then its clocks are dropped, and the document carries the conflict. An author who is also the page's
says nothing of the post: many sites repeat the page's list of names in every update, and the list grows.
Whether the clocks that remain agree is for dating to judge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.same_post import letters, match, published
from dateline.model import Basis, Block, Clock, Conflict, Document, Order, Window

_CUT = ("…", "...")


def has_false_clocks(document: Document) -> bool:
    """Say whether every post carries one and the same time of publication: the page's own."""
    stated = [published(one) for one in document.blocks]
    return len(stated) > 2 and None not in stated and len(set(stated)) == 1


def merge(shown: Document, stated: Document) -> Document:
    """Merge ``stated`` (JSON-LD, microdata) into ``shown`` (markup); both are kept where only one has a post."""
    conflicts: list[Conflict] = []
    stated = _without_page_author(without_false_clocks(stated))
    pairs = match(shown.blocks, stated.blocks)
    blocks = _joined(shown.blocks, stated.blocks, pairs, conflicts)
    return replace(
        shown,
        title=stated.title or shown.title,
        canonical_url=shown.canonical_url or stated.canonical_url,
        carrier=shown.carrier or stated.carrier,
        language=shown.language or stated.language,
        categories=shown.categories or stated.categories,
        credits={**stated.credits, **shown.credits},
        clocks=tuple(dict.fromkeys((*shown.clocks, *stated.clocks))),
        coverage={**stated.coverage, **shown.coverage},
        order=shown.order if len(blocks) == len(shown.blocks) else _order(shown, stated),
        window=_window(shown.window, len(blocks), len(shown.blocks)),
        lead=shown.lead or stated.lead,
        blocks=blocks,
        rejects=(*shown.rejects, *stated.rejects),
        conflicts=(*shown.conflicts, *stated.conflicts, *conflicts),
    )


def _without_page_author(stated: Document) -> Document:
    author = stated.credits.get("author")
    if author is None or all(one.author != author for one in stated.blocks):
        return stated
    return replace(
        stated, blocks=tuple(replace(one, author=None) if one.author == author else one for one in stated.blocks)
    )


def without_false_clocks(stated: Document) -> Document:
    """Drop the clocks of a JSON-LD that repeats the page's own on every post; the conflict keeps them."""
    if not has_false_clocks(stated):
        return stated
    blocks = tuple(replace(one, clocks=()) for one in stated.blocks)
    return replace(stated, blocks=blocks, conflicts=(*stated.conflicts, _false_clocks(stated)))


def _false_clocks(stated: Document) -> Conflict:
    return Conflict(
        where=stated.format,
        about="published",
        kept="",
        other=published(stated.blocks[0]) or "",
        why=f"all {len(stated.blocks)} updates carry this one time: it is the page's, not theirs",
    )


def _order(shown: Document, stated: Document) -> Order:
    return shown.order if shown.order is stated.order or stated.order is Order.UNKNOWN else Order.UNKNOWN


def _window(window: Window, merged: int, shown: int) -> Window:
    """A page that is one of several shows no longer just its own part once other posts are merged in."""
    return window if merged == shown or window.is_complete else replace(window, shows=None)


def _joined(
    shown: Sequence[Block], stated: Sequence[Block], pairs: dict[int, int], conflicts: list[Conflict]
) -> tuple[Block, ...]:
    partner = {mine: theirs for theirs, mine in pairs.items()}
    extra = _places(stated, pairs)
    joined: list[Block] = list(extra.get(-1, ()))
    for index, block in enumerate(shown):
        joined.append(_one(block, stated[partner[index]], conflicts) if index in partner else block)
        joined.extend(extra.get(index, ()))
    return tuple(joined)


def _places(stated: Sequence[Block], pairs: dict[int, int]) -> dict[int, list[Block]]:
    """Place each block that only JSON-LD has behind the shown block of its predecessor; -1 is the top."""
    places: dict[int, list[Block]] = {}
    behind = -1
    for index, block in enumerate(stated):
        if index in pairs:
            behind = pairs[index]
        elif block.anchor or block.text or block.headline:
            places.setdefault(behind, []).append(block)
    return places


def _one(shown: Block, stated: Block, conflicts: list[Conflict]) -> Block:
    conflicts.extend(_disagreements(shown, stated))
    return Block(  # not replace(), which costs three times as much, once per post of every poll
        where=shown.where,
        anchor=shown.anchor or stated.anchor,
        headline=shown.headline or stated.headline,
        text=_text(shown.text, stated.text),
        author=shown.author or stated.author,
        clocks=_both(shown.clocks, stated.clocks),
        embeds=shown.embeds or stated.embeds,
        is_pinned=shown.is_pinned or stated.is_pinned,
        is_key_event=shown.is_key_event or stated.is_key_event,
        is_summary=shown.is_summary or stated.is_summary,
        is_deleted=shown.is_deleted,
        boundary_probability=shown.boundary_probability,
    )


def _both(shown: tuple[Clock, ...], stated: tuple[Clock, ...]) -> tuple[Clock, ...]:
    return tuple(dict.fromkeys((*shown, *stated))) if shown and stated else shown or stated


def _text(shown: str, stated: str) -> str:
    """Keep what readers saw, unless it is missing, or cut with an ellipsis that the other text continues."""
    if not shown:
        return stated
    if not shown.endswith(_CUT) or len(stated) <= len(shown):
        return shown
    mine, theirs = letters(shown), letters(stated)
    return stated if len(theirs) > len(mine) and theirs.startswith(mine) else shown


def _disagreements(shown: Block, stated: Block) -> Iterator[Conflict]:
    for about, mine, theirs in (
        ("headline", shown.headline, stated.headline),
        ("author", shown.author, stated.author),
    ):
        if mine and theirs and mine != theirs and letters(mine) != letters(theirs):
            why = f"the markup and the {Basis.JSON_LD} differ; the markup is what readers saw"
            yield Conflict(where=shown.where, about=about, kept=mine, other=theirs, why=why)
