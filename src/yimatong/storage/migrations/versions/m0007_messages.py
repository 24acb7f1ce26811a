"""The tables of the room `messages`."""

from yimatong.storage.migrations.script import run

revision = "0007"
down_revision = "0006"

UP = "select 1"

DOWN = "select 1"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
