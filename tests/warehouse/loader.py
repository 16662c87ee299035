"""A process that loads a story into a warehouse: what the fault tests start, kill and start again.

``python loader.py URL SEED ROUNDS`` loads the captures of a made-up story in an order of its own.
"""

import random
import sys
from dataclasses import replace

from dateline.warehouse import ReadSnapshot, load_batch, open_warehouse
from fabricate import post, reading, stored

PLACES = ("harbour", "mill", "bridge", "station", "market", "school", "chapel", "quarry")


def story(documents=3, captures=12):
    """Captures of live blogs that grow, are edited and lose a post."""
    found = []
    for number in range(documents):
        url = f"https://harbour-courier.example/live/{number}"
        for at in range(captures):
            posts = [
                _post(number, n, is_edited=n % 3 == 0 and at > n + 2) for n in range(at + 1) if not (n == 2 and at > 6)
            ]
            page = reading(*reversed(posts), url=url)
            found.append(ReadSnapshot(stored=stored(at, url=url, body=f"{number} {at}"), readings=(page,)))
    return found


def _post(document, number, *, is_edited):
    text = f"News number {number} of story {document} has come in from the {PLACES[number % 8]} just now"
    one = post(text, at=number, anchor=f"p{number}")
    return replace(one, text=f"{text}, and it has been put right since") if is_edited else one


def main(url, seed, batch):
    captures = story()
    random.Random(seed).shuffle(captures)  # noqa: S311 - an order to load in
    engine = open_warehouse(url)
    for start in range(0, len(captures), batch):
        load_batch(engine, captures[start : start + batch])
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
