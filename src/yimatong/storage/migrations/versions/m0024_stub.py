"""Which desk form a place uses."""

from yimatong.storage.migrations.script import run

revision = "0024"
down_revision = "0023"

UP = """
alter table places_place add column scene text collate "C";
update places_place set scene = 'gate';
"""

DOWN = """
alter table places_place drop column scene;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
