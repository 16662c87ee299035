"""The answers that the scripts of the newsroom and the ferry demand, by subject; importing them registers each."""

from answers import changes, copies, posts, sources
from answers.script import ANSWERS, NOON, STORM

__all__ = ["ANSWERS", "NOON", "STORM", "changes", "copies", "posts", "sources"]
