"""Run migrations on one connection, which the caller opens as the migration role."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table_schema="ledger",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
