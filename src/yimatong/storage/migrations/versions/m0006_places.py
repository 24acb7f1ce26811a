"""The tables of the room `places`."""

from yimatong.storage.migrations.script import run

revision = "0006"
down_revision = "0005"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
