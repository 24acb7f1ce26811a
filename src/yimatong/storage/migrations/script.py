"""Plain SQL as a migration: several statements at once, inside Alembic's transaction."""

from alembic import op


def run(sql: str) -> None:
    """Executes a script of SQL statements without parameters."""
    bind = op.get_bind()
    bind.exec_driver_sql("select 1")  # begins the transaction, which the script then joins
    driver = bind.connection.dbapi_connection
    assert driver is not None
    driver.run_async(lambda connection: connection.execute(sql))
