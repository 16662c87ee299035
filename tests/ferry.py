"""The story of a ferry in four posts, one of them edited and back again, and then gone."""

from dataclasses import replace

from dateline.warehouse import ReadSnapshot
from fabricate import post, reading, stored

NINE = post("The ferry left the harbour at nine with ninety people on board", at=0, anchor="a")
TEN = post("The engine failed off the lighthouse, the coast guard has been told", at=5, anchor="b")
EDITED = replace(TEN, text=f"{TEN.text}. A tug is on its way")
TUG = post("The tug has a line on the ferry and tows it home slowly", at=9, anchor="c")

STORY = (
    (1, (NINE,)),
    (6, (TEN, NINE)),
    (7, (EDITED, NINE)),
    (8, (TEN, NINE)),
    (10, (TUG, TEN, NINE)),
    (11, (TUG, NINE)),
    (12, (TUG, NINE)),
    (13, (TUG, NINE)),
)


def snapshots():
    """Its captures, each with what was read from it."""
    return [ReadSnapshot(stored=stored(at), readings=(reading(*posts),)) for at, posts in STORY]
