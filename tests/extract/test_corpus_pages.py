"""Real captures, where they are at hand: every true entry is found, and nothing else is taken for one."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from livebench.pages import pages_in
from livebench.scores import score, total

from dateline.reading import read

pytestmark = [pytest.mark.corpus, pytest.mark.slow]


@pytest.fixture(scope="module")
def scores(corpus):
    pages = [one for one in pages_in(corpus / "liveblogs") if not one.has_clocks_only]
    return {one.name: score(one, [e for r in read(one.snapshot) for e in r.entries]) for one in pages}


def test_entries_are_found_and_nothing_else(scores):
    everything = total(scores.values())
    assert everything.recall >= 0.99
    assert everything.precision >= 0.99
    assert min(one.recall for one in scores.values()) >= 0.95


def test_times_are_right_and_no_wrong_one_is_claimed(scores):
    everything = total(scores.values())
    assert everything.times_within_60s >= 0.99
    assert everything.wrong_claims <= 0.001


def test_headlines_are_exact_and_entries_in_order(scores):
    everything = total(scores.values())
    assert everything.exact_headlines >= 0.98
    assert everything.in_order >= 0.99 * everything.found
