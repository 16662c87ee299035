"""Copies through the whole program: originals and flattened copies into one warehouse, in both orders of arrival.

Every original and every copy without clocks stands in the same warehouse, so that a wrong original has its chance. A
true entry has its minute if a stretch of the copy that is mostly this entry's text inherits it. A claim is wrong if the
text of the stretch is mostly of an entry that truly has another minute, or of none.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import pendulum
from splitter.texts import Copy

from dateline.archive import Archive
from dateline.ingest import ingest_files
from dateline.matching import match
from dateline.warehouse import migrate, open_warehouse
from dateline.warehouse.query import query
from dateline.warehouse.views import publish_views

Row = dict[str, Any]
_RUN = 4  # words: a stretch and an entry are compared by runs


def given_back(corpus: Path, copies: Sequence[Copy]) -> dict[str, float]:
    """Store originals and copies in both orders; score the exact minutes, the wrong claims, and whether both agree."""
    originals = [_capture(corpus, name) for name in sorted({copy.name for copy in copies})]
    texts = [corpus / "flattened" / f"{copy.name}.{copy.style}.txt" for copy in copies]
    one, other = _shown([originals, texts]), _shown([texts, originals])
    exact: list[float] = []
    wrong: list[float] = []
    for copy, path in zip(copies, texts, strict=True):
        rows = [row for row in one if row["url"] == _address(path)]
        claims = [row for row in rows if row["published_basis"] == "aligned-copy"]
        truth = [(copy.text[row["start"] : row["end"]], row["time"]) for row in copy.truth]
        exact += [float(any(_is(claim, text, time) for claim in claims)) for text, time in truth]
        wrong += [float(not _is_true(claim, truth)) for claim in claims]
    return {"exact": fmean(exact), "wrong": fmean(wrong), "claims": len(wrong), "orders agree": float(one == other)}


def _capture(corpus: Path, name: str) -> Path:
    found = [path for path in (corpus / "liveblogs").glob(f"{name}.*") if path.suffix in {".html", ".json"}]
    return found[0]


def _address(path: Path) -> str:
    """Return an address of each file's own: without one, copies that begin alike would be one document."""
    return f"https://portal.example/{path.name}"


def _shown(arrivals: Iterable[Sequence[Path]]) -> list[Row]:
    """Ingest what arrives, matching after each arrival; return what the copies show."""
    with TemporaryDirectory(prefix="dateline-bench-") as folder:
        engine = open_warehouse(f"sqlite:///{folder}/warehouse.db")
        migrate(engine)
        publish_views(engine)
        for paths in arrivals:
            for path in paths:
                archive = Archive(f"{folder}/archive")
                ingest_files([str(path)], engine=engine, archive=archive, url=_address(path))
            match(engine)
        found = query(engine, _ALIGNED).as_dicts()
        engine.dispose()
    return [_joined(list(rows)) for _, rows in groupby(found, key=lambda row: (row["url"], row["place"]))]


def _joined(rows: list[Row]) -> Row:
    """Join the stretches of one match: a post that the splitter had cut in several."""
    return rows[0] | {"body": "\n".join(row["body"] for row in rows)}


_ALIGNED = """
    select d.url, a.place, a.body, a.anchor, a.headline, a.published_at, a.published_precision, a.published_basis
    from aligned_entries as a inner join dim_documents as d on a.document_id = d.document_id
    left join current_entries as e on a.entry_id = e.entry_id
    order by d.url, a.place, e.position, a.starts_at
"""


def _is_true(claim: Row, truth: Sequence[tuple[str, str]]) -> bool:
    """Say whether an entry that holds as much of the claim's text as any, and most of it, has the claimed minute."""
    shares = [(_share(claim["body"], text), time) for text, time in truth]
    most = max(share for share, _ in shares)
    return most >= 0.5 and any(_minutes_agree(claim, time) for share, time in shares if share == most)


def _is(claim: Row, text: str, time: str) -> bool:
    return _share(text, claim["body"]) >= 0.5 and _minutes_agree(claim, time)


def _share(of: str, other: str) -> float:
    """Return how much of one text stands in another: by runs of words, or whole where it has no run."""
    runs = _runs(of)
    return len(runs & _runs(other)) / len(runs) if runs else float(" ".join(of.split()) in " ".join(other.split()))


def _minutes_agree(claim: Row, time: str) -> bool:
    is_exact = claim["published_precision"] in {"second", "minute"}
    return is_exact and abs((pendulum.parse(claim["published_at"]) - pendulum.parse(time)).total_seconds()) < 60


def _runs(text: str) -> set[str]:
    words = text.split()
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
