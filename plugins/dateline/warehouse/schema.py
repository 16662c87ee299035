"""The schema written out as SQL, for people to read and for the first migration to run.

``python -m dateline.warehouse.schema`` rewrites ``sql/schema.<dialect>.sql``; a test keeps them in step.
"""

from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from dateline.settings import PROJECT
from dateline.warehouse.tables import metadata

URLS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
BETWEEN = ";\n\n"


def schema(dialect: str) -> str:
    """Write every table, index and comment as the DDL of one dialect, in the order of their references."""
    written: list[str] = []

    def note(statement: ExecutableDDLElement, *_parameters: object, **_options: object) -> None:
        written.append(_tidy(str(statement.compile(dialect=engine.dialect))))

    engine = create_mock_engine(URLS[dialect], note)
    metadata.create_all(engine, checkfirst=False)
    return BETWEEN.join(written) + ";\n"


def statements(text: str) -> list[str]:
    """Cut what :func:`schema` wrote into its statements again."""
    return [one.strip().rstrip(";") for one in text.split(BETWEEN) if one.strip()]


def schema_file(dialect: str) -> Path:
    """Return where the schema of a dialect is kept."""
    return PROJECT / "sql" / f"schema.{dialect}.sql"


def _tidy(statement: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in statement.strip().splitlines())


if __name__ == "__main__":
    for name in URLS:
        schema_file(name).write_text(schema(name), encoding="utf-8")
