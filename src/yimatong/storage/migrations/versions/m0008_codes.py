"""The tables of the room `codes`: both can be emptied at any time without losing anything."""

from yimatong.storage.migrations.script import run

revision = "0008"
down_revision = "0007"

UP = """
create table codes_standing (
    person uuid not null,
    region text collate "C" not null,
    version bigint not null,
    policy text collate "C" not null,
    policy_digest bytea not null,
    decided_at timestamptz not null,
    good_until timestamptz check (good_until > decided_at),
    state text collate "C" not null,
    colour text collate "C" check ((colour is not null) = (state = 'issued')),
    standing jsonb not null,
    primary key (person, region)
) partition by hash (person);
select make_partitions('codes_standing');

-- One row for a person who asked for a short code; what is over is removed in passing.
create table codes_short (
    hash bytea primary key,
    person uuid not null,
    region text collate "C" not null,
    expires_at timestamptz not null
);
create index on codes_short (person);
create index on codes_short (expires_at);
"""

DOWN = """
drop table codes_short;
drop table codes_standing;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
