"""The SQL that ships with Dateline: views, checks and questions, one statement a file under ``sql/``.

A file in a folder named after the dialect (``sql/queries/postgresql/…``) overrides the plain one. The
comment lines at the top say what it means; a line that begins with *Grain:* says what a row is, and one that
begins with *Given:* names a value that the asker may give as ``:name``, with the one that is taken if not:
``Given: words = tide gates``. One that begins with *At size:* says what a question costs among ten million
versions, where that is more than a second, and why. A line for sqlfluff says nothing to a reader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

from dateline.errors import WarehouseError
from dateline.settings import PROJECT

SQL = PROJECT / "sql"
GIVEN, AT_SIZE = "Given:", "At size:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL file: its name, the meaning in its header, the select, and what its ``:names`` stand for if not given."""

    name: str
    meaning: str
    sql: str
    given: Mapping[str, str]


def statements_in(folder: str, dialect: str) -> dict[str, Statement]:
    """Return the statements of ``views``, ``checks`` or ``queries`` by name, those of the dialect before the plain."""
    paths = {path.stem: path for path in sorted((SQL / folder).glob("*.sql"))}
    paths |= {path.stem: path for path in sorted((SQL / folder / dialect).glob("*.sql"))}
    return {name: _statement(path) for name, path in sorted(paths.items())}


def views_in_order(dialect: str) -> list[Statement]:
    """Return the views, each after those that it reads from."""
    views = statements_in("views", dialect)
    reads = {
        name: {other for other in views if other != name and re.search(rf"\b{other}\b", _bare(view.sql))}
        for name, view in views.items()
    }
    return [views[name] for name in TopologicalSorter(reads).static_order()]


def question(name: str, dialect: str) -> Statement:
    """Return a query by its name. Raises :class:`WarehouseError` that lists the names where there is none."""
    known = statements_in("queries", dialect)
    if name not in known:
        raise WarehouseError(f"no query is named {name!r}. There are: {', '.join(known)}.")
    return known[name]


def derivation(name: str, dialect: str) -> Statement:
    """Return the select that a derived table is filled from."""
    return statements_in("derived", dialect)[name]


def _statement(path: Path) -> Statement:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = []
    for line in lines:
        if not line.startswith("--"):
            break
        header.append(line.removeprefix("--").strip())
    told = [one for one in header if not one.startswith((GIVEN, AT_SIZE, "sqlfluff:"))]
    if not told:
        raise WarehouseError(f"{path}: no comment at its top says what it means.")
    given = (one.removeprefix(GIVEN).partition("=") for one in header if one.startswith(GIVEN))
    return Statement(
        name=path.stem,
        meaning=" ".join(told),
        sql="\n".join(lines[len(header) :]).strip(),
        given={name.strip(): value.strip() for name, _, value in given},
    )


def _bare(sql: str) -> str:
    """Leave out comments and texts in quotes: a name in them refers to nothing."""
    return re.sub(r"--[^\n]*|'[^']*'", " ", sql)
