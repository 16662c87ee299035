"""`reliability.toml` keeps its word: every fault that we know of stands in it, and every test that it names is one."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "reliability.toml").read_text(encoding="utf-8"))
FAULTS = {"H": 30, "X": 22, "T": 12, "S": 7, "D": 15, "Q": 7, "A": 12, "U": 7}
"""How many there are of each kind: HTTP, XML and its like, time, text, storage, injection, Airflow, copies."""

ROWS = {name: row for kind in TABLE.values() for name, row in kind.items()}


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


def test_every_fault_stands_in_the_table_once_and_in_order():
    wanted = [f"{kind}{number:02}" for kind, count in FAULTS.items() for number in range(1, count + 1)]
    assert list(ROWS) == wanted


@pytest.mark.parametrize("name", ROWS)
def test_what_a_fault_ends_in_is_proved_by_tests_that_there_are(name):
    row = ROWS[name]
    assert row.keys() == {"ends", "tests"}
    assert len(row["ends"]) > 10
    run = [one for one in row["tests"] if not one.startswith("bench/")]
    assert run, "a benchmark alone is run too rarely"
    for one in row["tests"]:
        file, _, test = one.partition("::")
        assert re.fullmatch(r"[a-z_/]+", file)
        path = HERE / f"{file}.py"
        assert path.is_file(), one
        assert one.startswith("bench/") or test in names_in(path), one
