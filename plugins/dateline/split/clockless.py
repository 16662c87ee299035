"""Copies that lost their clocks: cut where entries most probably begin, or not at all.

The chance of each candidate place comes from the network for English, from a language-free score of cohesion for all
else. Where the copy keeps its paragraphs only their first places are candidates. The text is cut where the chance
reaches the threshold chosen on blogs held out for that; places not far below it stay joined and are reported as
doubts. Before all that the text must look like coverage at all: see `verdict`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.model import Order
from dateline.split.clocked import Section, is_title
from dateline.split.features import Features, Floats, features_of
from dateline.split.formulas import formulas_in, order_by_formulas
from dateline.split.lead import lead_end
from dateline.split.lexicon import ENGLISH
from dateline.split.network import Model, load_model, probabilities
from dateline.split.normal_form import Tokens, tokens_of
from dateline.split.sentences import units_of

SMALLEST, LARGEST = 300, 200_000  # tokens: shorter texts show nothing, longer ones are no article
_LONGEST = 2_000_000  # characters
_DOUBT = 0.75  # of the threshold: from here on a place is reported
_SURE = 0.75
_NEEDED = {0: (8, 10_000), 1: (4, 10), 2: (0, 4)}  # kinds of formulas: sure starts, starts by cohesion


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
    """A text cut into a lead and sections, the doubtful places that were left joined, and the order, where shown."""

    sections: list[Section]
    doubts: list[tuple[int, float]]
    order: Order | None
    verdict: Verdict


def cut(text: str, language: str | None = None) -> Cut | None:
    """Cut a text without clocks into sections; None where it is no flattened live blog."""
    places = places_of(text, language)
    if places is None:
        return None
    judged = verdict(text, places)
    if not judged.is_coverage:
        return None
    return _cut_at(text, places, judged)


def places_of(text: str, language: str | None = None) -> Places | None:
    """Return the candidate places and their chances; None for texts too short or too long to say anything of."""
    if len(text) > _LONGEST:
        return None
    tokens = tokens_of(text)
    if not SMALLEST <= len(tokens) <= LARGEST:
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


def verdict(text: str, places: Places) -> Verdict:
    """Judge whether a text is a flattened live blog.

    Two kinds of live-blog formulas and a fair number of probable starts are enough. With one kind, some starts must be
    nearly certain; with none, many. The score of cohesion is never certain: with one kind it must see many starts.
    """
    words = len(text.split())
    starts = int((places.chances >= places.threshold).sum())
    sure = int((places.chances >= _SURE).sum())
    kinds = formulas_in(text)
    needed_sure, needed_starts = _NEEDED[min(kinds, 2)]
    is_dense = starts >= 4 and starts * 350 >= words
    is_seen = sure >= needed_sure and sure * 1000 >= words if needed_sure else True
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
    doubts = [
        (at, chance)
        for at, chance in chance_at.items()
        if _DOUBT * places.threshold <= chance < places.threshold and at > lead
    ]
    return Cut(
        sections=_sections(text, starts, [chance_at.get(at, 1.0) for at in starts]),
        doubts=doubts,
        order=order_by_formulas(text),
        verdict=judged,
    )


def _sections(text: str, starts: Sequence[int], chances: Sequence[float]) -> list[Section]:
    found = []
    for start, end, chance in zip(starts, [*starts[1:], len(text)], chances, strict=True):
        body = text[start:end].strip()
        first, _, rest = body.partition("\n")
        has_headline = is_title(first) and bool(rest.strip())
        found.append(
            Section(
                start=start,
                end=end,
                headline=first.strip() if has_headline else None,
                body=rest.strip() if has_headline else body,
                probability=round(chance, 4),
            )
        )
    return found
