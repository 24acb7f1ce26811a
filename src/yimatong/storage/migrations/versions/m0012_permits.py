"""The tables of the room `permits`."""

from yimatong.storage.migrations.script import run

revision = "0012"
down_revision = "0011"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
