"""What Alembic runs: it is handed a connection with an open transaction, and never opens one itself."""

from alembic import context

from dateline.warehouse.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
