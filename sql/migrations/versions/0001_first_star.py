"""The first star. Its SQL stands beside it, one file a dialect, written once and never changed after a release."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

HERE = Path(__file__).parent


def upgrade() -> None:
    connection = op.get_bind()
    for statement in _statements(f"0001.{connection.dialect.name}.sql"):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    for statement in reversed(_statements(f"0001.{connection.dialect.name}.sql")):
        words = statement.split()
        if words[:2] == ["CREATE", "TABLE"]:
            connection.exec_driver_sql(f"DROP TABLE {words[2]}")


def _statements(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [one.strip().rstrip(";") for one in text.split(";\n\n") if one.strip()]
