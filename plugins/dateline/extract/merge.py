"""Two channels of one page, merged post by post: its markup and its JSON-LD say the same twice.

Posts are matched by anchor; then by the opening of their text; then by headline; then by one and the same
time of publication, where one text holds the other's opening; then, between two matched neighbours, in
order, where both sides have as many left and nothing speaks against it. Each
merged post keeps the clocks of both channels. Where they differ in words, the markup is kept, for it
is what readers saw; two exceptions: a text that the other channel continues (the markup was cut),
and anything that the markup does not have at all. A post that only one channel holds is kept, in
its place: the JSON-LD may hold more than the page, or less.

A JSON-LD is not believed where more than two updates share one ``datePublished`` (it is the page's
own): then its clocks are dropped, and the document carries the conflict. In the same way an author
whom all updates share with the page is the page's. Whether the clocks that remain agree is for dating
to judge.

A post that stands twice with one anchor is one post (:func:`folded`): a pinned copy marks the original
and leaves it in its place. Two unpinned posts of one anchor and different words are two posts whose
ids collide: then the id identifies neither.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dateline.model import Basis, Block, Clock, Conflict, Document, Order, Role, Window

OPENING = 60
"""Letters and digits of a text that make it recognisable: a JSON-LD body may be cut at 1,000 characters."""

_CUT = ("…", "...")
_NOT_LETTERS = re.compile(r"[\W_]+")


def has_false_clocks(document: Document) -> bool:
    """Say whether every post carries one and the same time of publication: the page's own."""
    stated = [_published(one) for one in document.blocks]
    return len(stated) > 2 and None not in stated and len(set(stated)) == 1


def _published(block: Block) -> str | None:
    return next((one.stated for one in block.clocks if one.role is Role.PUBLISHED), None)


def merge(shown: Document, stated: Document) -> Document:
    """Merge ``stated`` (JSON-LD, microdata) into ``shown`` (markup); both are kept where only one has a post."""
    conflicts: list[Conflict] = []
    stated = without_false_clocks(stated)
    pairs = match(shown.blocks, stated.blocks)
    blocks = _joined(shown.blocks, stated.blocks, pairs, conflicts)
    if _names_the_page_author(stated):
        conflicts = [one for one in conflicts if one.about != "author"]
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


def _names_the_page_author(stated: Document) -> bool:
    """Say whether all posts name the page's author: then that is no word against whom the markup names."""
    return {one.author for one in stated.blocks} == {stated.credits.get("author")}


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
        other=_published(stated.blocks[0]) or "",
        why=f"all {len(stated.blocks)} updates carry this one time: it is the page's, not theirs",
    )


def _order(shown: Document, stated: Document) -> Order:
    return shown.order if shown.order is stated.order or stated.order is Order.UNKNOWN else Order.UNKNOWN


def _window(window: Window, merged: int, shown: int) -> Window:
    """A page that is one of several shows no longer just its own part once other posts are merged in."""
    return window if merged == shown or window.is_complete else replace(window, shows=None)


def agree(shown: Document, stated: Document) -> bool:
    """Say whether two documents hold the same posts: half of the shorter one at least."""
    fewer = min(len(shown.blocks), len(stated.blocks))
    return len(match(shown.blocks, stated.blocks)) * 2 >= fewer


def match(shown: Sequence[Block], stated: Sequence[Block]) -> dict[int, int]:
    """Return which block of ``stated`` (by index) is which of ``shown``; each at most once."""
    pairs: dict[int, int] = {}
    for key in (_by_anchor, _by_opening, _by_headline):
        _pair_by(key, shown, stated, pairs, may_be_one)
    _pair_by(_published, shown, stated, pairs, _holds_the_opening)
    _pair_in_order(shown, stated, pairs)
    return pairs


def _by_anchor(block: Block) -> str | None:
    return block.anchor


def _by_opening(block: Block) -> str | None:
    return letters(block.text[: OPENING * 4])[:OPENING] or None


def _by_headline(block: Block) -> str | None:
    return letters(block.headline or "") or None


def letters(text: str) -> str:
    """Return only a text's letters and digits, in lower case: what every channel agrees on."""
    return _NOT_LETTERS.sub("", text).casefold()


def _holds_the_opening(one: Block, other: Block) -> bool:
    """Say whether one text begins with something of its own (a clock, a byline), then goes on as the other."""
    if one.anchor and other.anchor and one.anchor != other.anchor:
        return False
    mine, theirs = _by_opening(other) or "", letters(one.text)
    return len(mine) >= OPENING // 2 and mine in theirs


def _pair_by(
    key: Callable[[Block], str | None],
    shown: Sequence[Block],
    stated: Sequence[Block],
    pairs: dict[int, int],
    agree: Callable[[Block, Block], bool],
) -> None:
    waiting: dict[str, list[int]] = {}
    taken = set(pairs.values())
    for index, block in enumerate(shown):
        if index not in taken and (name := key(block)):
            waiting.setdefault(name, []).append(index)
    for index, block in enumerate(stated):
        if index in pairs or not (name := key(block)):
            continue
        free = [one for one in waiting.get(name, [])[:50] if agree(shown[one], block)]
        if free:
            pairs[index] = free[0]
            waiting[name].remove(free[0])


def may_be_one(one: Block, other: Block) -> bool:
    """Say whether nothing speaks against two blocks being one post: no two different anchors or texts."""
    if one.anchor and other.anchor:
        return one.anchor == other.anchor
    return _agree_in_words(one, other)


def _agree_in_words(one: Block, other: Block) -> bool:
    mine, theirs = _by_opening(one) or "", _by_opening(other) or ""
    if not mine or not theirs:  # a post may be a picture: then its headline has to do
        mine, theirs = _by_headline(one) or "", _by_headline(other) or ""
    size = min(len(mine), len(theirs))
    return size == 0 or mine[:size] == theirs[:size] or mine[:12] == theirs[:12]


def _pair_in_order(shown: Sequence[Block], stated: Sequence[Block], pairs: dict[int, int]) -> None:
    """Pair what stands between two matched neighbours, where both sides have as many left."""
    borders = [(-1, -1), *sorted(pairs.items()), (len(stated), len(shown))]
    for (former, above), (later, below) in itertools.pairwise(borders):
        mine, theirs = range(above + 1, below), range(former + 1, later)
        if 0 < len(mine) == len(theirs):
            found = [(b, a) for a, b in zip(mine, theirs, strict=True) if may_be_one(shown[a], stated[b])]
            pairs.update(found if pairs or len(found) == len(mine) else [])


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


def folded(document: Document) -> Document:
    """Fold posts that stand twice with one anchor into one each."""
    places: dict[str, list[int]] = {}
    for index, block in enumerate(document.blocks):
        if block.anchor:
            places.setdefault(block.anchor, []).append(index)
    if len(places) == sum(1 for one in document.blocks if one.anchor):
        return document
    blocks: list[Block | None] = list(document.blocks)
    conflicts: list[Conflict] = []
    for same in places.values():
        if len(same) > 1:
            _fold(blocks, [(index, document.blocks[index]) for index in same], conflicts)
    kept = tuple(one for one in blocks if one is not None)
    return replace(document, blocks=kept, conflicts=(*document.conflicts, *conflicts))


def _fold(blocks: list[Block | None], same: Sequence[tuple[int, Block]], conflicts: list[Conflict]) -> None:
    home, original = next((one for one in same if not one[1].is_pinned), same[0])
    for index, copy in same:
        if index == home:
            continue
        if copy.is_pinned or original.is_pinned or _agree_in_words(original, copy):
            original = _with_copy(original, copy)
            blocks[index] = None
        else:
            conflicts.append(_collision(original, copy))
            blocks[index] = replace(copy, anchor=None)
            original = replace(original, anchor=None)
    blocks[home] = original


def _with_copy(original: Block, copy: Block) -> Block:
    return replace(
        original,
        headline=original.headline or copy.headline,
        text=original.text or copy.text,
        author=original.author or copy.author,
        clocks=tuple(dict.fromkeys((*original.clocks, *copy.clocks))),
        embeds=original.embeds or copy.embeds,
        is_pinned=original.is_pinned or copy.is_pinned,
        is_key_event=original.is_key_event or copy.is_key_event,
        is_summary=original.is_summary or copy.is_summary,
        is_deleted=original.is_deleted and copy.is_deleted,
    )


def _collision(one: Block, other: Block) -> Conflict:
    why = "two posts of different words state one id, so it identifies neither"
    return Conflict(where=other.where, about="anchor", kept="", other=one.anchor or other.anchor or "", why=why)
