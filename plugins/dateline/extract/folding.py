"""Posts that stand twice on one page, folded into one each.

A post that stands twice with one anchor is one post: a pinned copy marks the original and leaves it in its
place. Two unpinned posts of one anchor and different words are two posts whose ids collide: then the id
identifies neither.
"""

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.same_post import agree_in_words
from dateline.model import Block, Conflict, Document


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
        if copy.is_pinned or original.is_pinned or agree_in_words(original, copy):
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
