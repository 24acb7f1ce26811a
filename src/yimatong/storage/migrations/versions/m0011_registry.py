"""The tables of the room `registry`."""

from yimatong.storage.migrations.script import run

revision = "0011"
down_revision = "0010"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
