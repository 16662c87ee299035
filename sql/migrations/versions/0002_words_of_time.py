"""Give PostgreSQL the two words for time that SQLite has, so that one text of a view or query serves both."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

UNIXEPOCH = """
create function unixepoch(moment timestamptz) returns bigint
language sql immutable strict parallel safe
as 'select cast(floor(extract(epoch from moment)) as bigint)'
"""

STRFTIME = """
create function strftime(pattern text, moment timestamptz) returns text
language sql immutable strict parallel safe
as $$
    select to_char(
        moment at time zone 'UTC',
        replace(replace(replace(replace(replace(replace(replace(
            pattern, 'T', '"T"'), '%Y', 'YYYY'), '%m', 'MM'), '%d', 'DD'), '%H', 'HH24'), '%M', 'MI'), '%S', 'SS')
    )
$$
"""


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(UNIXEPOCH))
        connection.execute(sa.text(STRFTIME))


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("drop function strftime(text, timestamptz)")
        connection.exec_driver_sql("drop function unixepoch(timestamptz)")
