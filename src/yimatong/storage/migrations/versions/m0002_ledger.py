"""The tables of the room `ledger`."""

from yimatong.storage.migrations.script import run

revision = "0002"
down_revision = "0001"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
