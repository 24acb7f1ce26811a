"""The tables of the room `declarations`."""

from yimatong.storage.migrations.script import run

revision = "0009"
down_revision = "0008"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
