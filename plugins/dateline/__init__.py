"""Dateline: follow live coverage, keep its whole history, play it back."""
