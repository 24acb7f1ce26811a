"""The tables of the room `access`."""

from yimatong.storage.migrations.script import run

revision = "0004"
down_revision = "0003"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
