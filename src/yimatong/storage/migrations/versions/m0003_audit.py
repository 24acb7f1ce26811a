"""The tables of the room `audit`."""

from yimatong.storage.migrations.script import run

revision = "0003"
down_revision = "0002"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
