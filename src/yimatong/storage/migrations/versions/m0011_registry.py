"""The tables of the room `registry`."""

from yimatong.storage.migrations.script import run

revision = "0011"
down_revision = "0010"

UP = """
create table registry_proposal (
    id uuid primary key,
    person uuid not null,
    kind text collate "C" not null,
    observed_at timestamptz not null,
    ended_at timestamptz,
    region text collate "C",
    retracts uuid,
    authority text not null,
    report text not null,
    maker uuid not null,
    made_at timestamptz not null,
    state text collate "C" not null default 'waiting'
        check (state in ('waiting', 'approved', 'rejected')),
    checker uuid check (checker <> maker),
    decided_at timestamptz,
    fact uuid,
    check ((state = 'waiting') = (checker is null)),
    check ((state = 'approved') = (fact is not null))
);
create index registry_proposal_waiting on registry_proposal (made_at, id) where state = 'waiting';

create table registry_feed (
    name text collate "C" primary key,
    public_key bytea not null,
    persons_a_day int not null check (persons_a_day >= 0),
    maker uuid not null,
    made_at timestamptz not null,
    checker uuid check (checker <> maker),
    approved_at timestamptz,
    ended_at timestamptz
);

create table registry_import (
    id uuid primary key,
    feed text collate "C" not null references registry_feed,
    at timestamptz not null,
    file bytea not null,
    rows int not null,
    accepted int not null,
    known int not null,
    aside int not null,
    persons int not null,
    state text collate "C" not null check (state in ('recorded', 'waiting')),
    checker uuid,
    check (rows = accepted + known + aside)
);
create index registry_import_of_file on registry_import (feed, file);

create table registry_aside (
    import uuid not null references registry_import,
    line int not null,
    reason text collate "C" not null,
    primary key (import, line)
);

create table registry_fed (
    feed text collate "C" not null references registry_feed,
    id text collate "C" not null,
    person uuid not null,
    fact uuid not null,
    content bytea not null,
    at timestamptz not null,
    primary key (feed, id)
);
create index registry_fed_lately on registry_fed (feed, at);
"""

DOWN = """
drop table registry_fed, registry_aside, registry_import, registry_feed, registry_proposal;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
