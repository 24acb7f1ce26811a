"""The tables of the room `places`."""

from yimatong.storage.migrations.script import run

revision = "0006"
down_revision = "0005"

UP = """
create table places_place (
    id uuid primary key,
    kind text collate "C" not null,
    type text collate "C" not null,
    region text collate "C" not null,
    division text collate "C" not null,
    township text not null,
    address text not null,
    name text not null,
    state text collate "C" not null check (state in ('pending', 'open', 'closed')),
    registered_at timestamptz not null,
    decided_at timestamptz
);
create index places_place_by_state on places_place (state, registered_at, id);
"""

DOWN = """
drop table places_place;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
