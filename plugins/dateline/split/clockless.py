"""Copies that lost their clocks: cut where entries most probably begin, or not at all.

The chance of each candidate place comes from the network for English, from a language-free score of cohesion for all
else. Where the copy keeps its paragraphs only their first places are candidates. The text is cut where the chance
reaches the threshold chosen on blogs held out for that; what lies below it stays joined, and each section says how
probable the likeliest place is that was left inside it. Before all that the text must look like coverage at all: see
`verdict`. Only a person can overrule that, who asks for a cut.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.model import Order
from dateline.split.clocked import Section, is_title
from dateline.split.features import Features, Floats, features_of
from dateline.split.formulas import formulas_in, is_live_title, order_by_formulas
from dateline.split.lead import lead_end
from dateline.split.lexicon import ENGLISH
from dateline.split.network import Model, load_model, probabilities
from dateline.split.normal_form import Tokens, tokens_of
from dateline.split.sentences import units_of

SMALLEST, LARGEST = 300, 200_000  # tokens: shorter texts show nothing, longer ones are no article
_LONGEST = 2_000_000  # characters
_SURE = 0.75
_NEEDED = {0: (10, 10_000), 1: (5, 10), 2: (0, 4)}  # kinds of formulas: sure starts, starts by cohesion
_WORDS_A_SURE = {0: 700, 1: 1000}  # at most: a specification of 13,000 words had eighteen


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Is this text a flattened live blog? The answer, and why."""

    is_coverage: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The candidate places of a text: offsets, the chance that an entry begins there, and the threshold to cut at."""

    offsets: list[int]
    chances: Floats
    threshold: float
    scored_by: str  # "network" or "cohesion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A text cut into a lead and sections, the order, where shown, and how it came to be cut."""

    sections: list[Section]
    order: Order | None
    verdict: Verdict
    scored_by: str


def cut(text: str, language: str | None = None, title: str | None = None, *, is_forced: bool = False) -> Cut | None:
    """Cut a text without clocks into sections; None where it is no flattened live blog, unless a cut is forced.

    A text that is too long, or has no place where an entry could begin, cannot be cut at all.
    """
    places = places_of(text, language, smallest=1 if is_forced else SMALLEST)
    if places is None:
        return None
    judged = verdict(text, places, title)
    if not (judged.is_coverage or is_forced):
        return None
    return _cut_at(text, places, judged)


def places_of(text: str, language: str | None = None, *, smallest: int = SMALLEST) -> Places | None:
    """Return the candidate places and their chances; None for texts too short or too long to say anything of."""
    if len(text) > _LONGEST:
        return None
    tokens = tokens_of(text)
    if not smallest <= len(tokens) <= LARGEST:
        return None
    units = units_of(text, tokens)
    knows_lines = sum(units.begins_line) >= 4
    model = load_model()
    is_english = bool(model.nets) and _is_english(tokens, language)
    features = features_of(tokens, units, model.vocabulary if is_english else None, knows_lines=knows_lines)
    chances = probabilities(features, model.nets) if is_english else cohesion(features, model)
    kept = [at for at, begins in enumerate(units.begins_line) if at and (begins or not knows_lines)]
    return Places(
        offsets=[tokens.starts[units.starts[at]] for at in kept],
        chances=chances[kept],
        threshold=_threshold(model, tokens, knows_lines=knows_lines, is_english=is_english),
        scored_by="network" if is_english else "cohesion",
    )


def cohesion(features: Features, model: Model) -> Floats:
    """Score places without knowing the language: repeated words, quotation, lengths and stops only."""
    scores = features.dense @ model.cohesion[1:] + model.cohesion[0]
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


def _threshold(model: Model, tokens: Tokens, *, knows_lines: bool, is_english: bool) -> float:
    if not is_english:
        return model.thresholds["cohesion"]
    if not tokens.is_cased:
        return model.thresholds["lower"]
    return model.thresholds["paragraphs" if knows_lines else "line"]


def _is_english(tokens: Tokens, language: str | None) -> bool:
    if language:
        return language.lower().startswith("en")
    words = [form for form in tokens.forms[:2000] if form.isalpha()]
    return sum(form in ENGLISH for form in words) >= 0.18 * len(words)


def verdict(text: str, places: Places, title: str | None = None) -> Verdict:
    """Judge whether a text is a flattened live blog.

    Two kinds of live-blog formulas and a fair number of probable starts are enough. With one kind, some starts must be
    nearly certain; with none, many. The score of cohesion is never certain: with one kind it must see many starts.
    A title that calls the text live (``Storm live: …``) weighs as much as two kinds: short copies hold few.
    """
    words = len(text.split())
    starts = int((places.chances >= places.threshold).sum())
    sure = int((places.chances >= _SURE).sum())
    kinds = formulas_in(text) + 2 * is_live_title(title)
    needed_sure, needed_starts = _NEEDED[min(kinds, 2)]
    is_dense = starts >= 4 and starts * 350 >= words
    is_seen = sure >= needed_sure and sure * _WORDS_A_SURE[kinds] >= words if needed_sure else True
    if places.scored_by == "cohesion":
        is_seen = starts >= needed_starts
    return Verdict(
        is_coverage=is_dense and is_seen,
        reason=f"{starts} probable starts, {sure} of them sure, in {words} words; {kinds} kinds of live-blog formulas",
    )


def _cut_at(text: str, places: Places, judged: Verdict) -> Cut:
    chance_at = dict(zip(places.offsets, places.chances.tolist(), strict=True))
    chosen = [0, *(at for at, chance in chance_at.items() if chance >= places.threshold)]
    lead = lead_end(text, chosen, places.offsets)
    starts = sorted({lead, *(at for at in chosen if at >= lead)})
    return Cut(
        sections=_sections(text, starts, places),
        order=order_by_formulas(text),
        verdict=judged,
        scored_by=places.scored_by,
    )


def _sections(text: str, starts: Sequence[int], places: Places) -> list[Section]:
    found = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        body = text[start:end].strip()
        first, _, rest = body.partition("\n")
        has_headline = is_title(first) and bool(rest.strip())
        at = bisect_left(places.offsets, start)
        is_place = at < len(places.offsets) and places.offsets[at] == start  # a lead may end elsewhere, a text begins
        inside = places.chances[at + is_place : bisect_left(places.offsets, end)]
        found.append(
            Section(
                start=start,
                end=end,
                headline=first.strip() if has_headline else None,
                body=rest.strip() if has_headline else body,
                probability=round(float(places.chances[at]), 4) if is_place else 1.0,
                joined_probability=round(float(inside.max()), 4) if len(inside) else None,
            )
        )
    return found
