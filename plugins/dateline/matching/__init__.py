"""Matching in the warehouse: every text against all that is stored, incrementally, by many processes at once."""

from dateline.matching.driver import MatchReport, match, rematch
from dateline.matching.verdicts import judge_link

__all__ = ["MatchReport", "judge_link", "match", "rematch"]
