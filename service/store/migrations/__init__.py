"""Changes of the tables, run by Alembic."""
