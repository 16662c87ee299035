"""Two dossiers, compared: the rows of ``fct_syndications`` that follow from them. No database here."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from dateline.matching.evidence import Dossier, Post
from dateline.matching.nominate import DocumentPair
from dateline.model import digest_of
from dateline.syndication.direction import Claim, Direction, days_between, direction
from dateline.syndication.fingerprint import PRINT_VERSION, SHINGLE, Hashes
from dateline.syndication.relate import (
    LEAST_ENTRY_SHARED,
    LEAST_PASSAGES,
    LEAST_SHARED,
    THREE_TENTHS,
    figures_agree,
    is_entry_link,
    is_link,
    titles_agree,
)
from dateline.syndication.verify import Overlap, Text, shared_by_parts, verify
from dateline.warehouse.print_tables import Level

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person said of a link."""

    is_copy: bool
    origin_document_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two texts and what they share, the first and the second in the order of their documents' ids."""

    one: Text
    other: Text
    overlap: Overlap


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """Two entries in the wordings that share most."""

    mine: Post
    theirs: Post
    compared: Compared


def link_id(level: Level, one: str, other: str) -> str:
    """Name a link by its level and its two sides, in whichever order they are given."""
    return digest_of("link", level, *sorted((one, other)))


def rows_of(one: Dossier, other: Dossier, boilerplate: Hashes, verdicts: Mapping[str, Verdict]) -> list[Row]:
    """Compare two documents (or one with itself) whole and entry by entry; return the links between them."""
    if one.document_id == other.document_id:
        return _entry_rows(one, other, boilerplate, verdicts)
    rows = _document_rows(one, other, boilerplate, verdicts)
    if one.is_one_text and other.is_one_text:
        return rows
    return rows + _entry_rows(one, other, boilerplate, verdicts)


def pair_of(one: str, other: str) -> DocumentPair:
    """Order two ids as a pair."""
    return (one, other) if one <= other else (other, one)


def _document_rows(one: Dossier, other: Dossier, boilerplate: Hashes, verdicts: Mapping[str, Verdict]) -> list[Row]:
    compared = [
        Compared(one=left, other=right, overlap=_verified(left, right, boilerplate))
        for left, right in product(one.texts, other.texts)
    ]
    best = max(compared, key=lambda pair: (pair.overlap.jaccard, pair.overlap.shared), default=None)
    if best is None or not is_link(best.overlap):
        return []
    name = link_id(Level.DOCUMENT, one.document_id, other.document_id)
    verdict = verdicts.get(name)
    judged = direction(one.claim, other.claim, verdict.origin_document_id if verdict else None)
    facts = {
        "link_id": name,
        "level": Level.DOCUMENT,
        "titles_agree": titles_agree(one.title, other.title),
        "is_refuted": verdict is not None and not verdict.is_copy,
    }
    return [facts | _sides(one, other, best, judged)]


def _verified(left: Text, right: Text, boilerplate: Hashes) -> Overlap:
    """Compare two documents, no further than needed: without its boilerplate a pair never shares a larger part."""
    return verify(left, right, boilerplate, least=LEAST_SHARED, share=THREE_TENTHS, many=LEAST_PASSAGES)


def _entry_rows(one: Dossier, other: Dossier, boilerplate: Hashes, verdicts: Mapping[str, Verdict]) -> list[Row]:
    lefts, rights = [post.text for post in one.posts], [post.text for post in other.posts]
    is_same = one.document_id == other.document_id
    best: dict[str, Repeated] = {}
    for left, right in shared_by_parts(lefts, rights, LEAST_ENTRY_SHARED, is_same=is_same):
        mine, theirs = one.posts[left], other.posts[right]
        if mine.entry_id == theirs.entry_id:
            continue
        overlap = verify(mine.text, theirs.text, boilerplate, least=LEAST_ENTRY_SHARED)
        name = link_id(Level.ENTRY, mine.entry_id, theirs.entry_id)
        known = best.get(name)
        if is_entry_link(overlap) and (known is None or known.compared.overlap.jaccard < overlap.jaccard):
            compared = Compared(one=mine.text, other=theirs.text, overlap=overlap)
            best[name] = Repeated(mine=mine, theirs=theirs, compared=compared)
    return [_entry_row(name, one, other, found, verdicts) for name, found in sorted(best.items())]


def _entry_row(name: str, one: Dossier, other: Dossier, found: Repeated, verdicts: Mapping[str, Verdict]) -> Row:
    mine, theirs = found.mine, found.theirs
    verdict = verdicts.get(name) or verdicts.get(link_id(Level.DOCUMENT, one.document_id, other.document_id))
    judged = _entry_direction(one, other, mine, theirs, verdict)
    is_one_origin = judged.origin_document_id in {one.document_id, mine.entry_id}
    copy, origin = (theirs, mine) if is_one_origin else (mine, theirs)
    facts = {
        "link_id": name,
        "level": Level.ENTRY,
        "titles_agree": None,
        "is_refuted": verdict is not None and not verdict.is_copy,
        "copy_entry_id": copy.entry_id,
        "origin_entry_id": origin.entry_id,
        "copy_text_id": copy.text_id,
        "origin_text_id": origin.text_id,
    }
    whole = Direction(
        origin_document_id=one.document_id if is_one_origin else other.document_id,
        name=judged.name,
        reason=judged.reason,
        confidence=judged.confidence,
    )
    return _sides(one, other, found.compared, whole, is_one_origin=is_one_origin) | facts


def _entry_direction(one: Dossier, other: Dossier, mine: Post, theirs: Post, verdict: Verdict | None) -> Direction:
    """Between documents, judge as the documents do, but by the entries' own times; inside one, by time alone."""
    if one.document_id != other.document_id:
        named = verdict.origin_document_id if verdict else None
        return direction(_posted(one, mine, one.document_id), _posted(other, theirs, other.document_id), named)
    return direction(_posted(one, mine, mine.entry_id), _posted(other, theirs, theirs.entry_id))


def _posted(dossier: Dossier, post: Post, name: str) -> Claim:
    claim = dossier.claim
    return Claim(
        document_id=name,
        carrier=claim.carrier,
        origin=claim.origin,
        earliest=post.earliest,
        latest=post.latest,
        first_seen=post.first_seen,
    )


def _sides(
    one: Dossier, other: Dossier, compared: Compared, judged: Direction, *, is_one_origin: bool | None = None
) -> Row:
    """Lay the numbers out as copy and origin."""
    overlap = compared.overlap
    turned = judged.origin_document_id == one.document_id if is_one_origin is None else is_one_origin
    copy, origin = (other, one) if turned else (one, other)
    mine, theirs = (overlap.share_one, overlap.size_one), (overlap.share_other, overlap.size_other)
    (copy_share, copy_size), (origin_share, origin_size) = (theirs, mine) if turned else (mine, theirs)
    return {
        "copy_document_id": copy.document_id,
        "origin_document_id": origin.document_id,
        "copy_entry_id": None,
        "origin_entry_id": None,
        "copy_text_id": None,
        "origin_text_id": None,
        "shared": overlap.shared,
        "copy_size": copy_size,
        "origin_size": origin_size,
        "share_of_copy": copy_share,
        "share_of_origin": origin_share,
        "longest_run": overlap.longest_run,
        "sample": overlap.sample(compared.one),
        "score": overlap.containment,
        "words": min(len(compared.one.shingles), len(compared.other.shingles)) + SHINGLE - 1,
        "figures_agree": figures_agree(compared.one.figures, compared.other.figures),
        "is_same_carrier": one.claim.carrier is not None and one.claim.carrier == other.claim.carrier,
        "copy_day": copy.day,
        "origin_day": origin.day,
        "days_apart": days_between(one.claim, other.claim),
        "origin_name": judged.name,
        "reason": judged.reason,
        "confidence": judged.confidence,
        "copy_first_seen_at": copy.claim.first_seen,
        "origin_first_seen_at": origin.claim.first_seen,
        "print_version": PRINT_VERSION,
    }
