"""How Alembic runs migrations: on the connection, and in the transaction, of ``Database.migrate``."""

from alembic import context

from service.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,  # SQLite cannot change a table; it is copied into one that is as it should be
)
context.run_migrations()
