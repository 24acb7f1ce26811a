"""The tables of the room `people`."""

from yimatong.storage.migrations.script import run

revision = "0005"
down_revision = "0004"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
