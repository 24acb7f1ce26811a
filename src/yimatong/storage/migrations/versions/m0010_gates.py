"""The tables of the room `gates`."""

from yimatong.storage.migrations.script import run

revision = "0010"
down_revision = "0009"

UP = """
create table gates_passage (
    person uuid not null,
    at timestamptz not null,
    id uuid not null,
    place uuid not null,
    staff uuid not null,
    direction text collate "C" not null check (direction in ('in', 'out')),
    reason text collate "C" not null check (reason in ('work', 'home', 'shopping', 'other')),
    temperature numeric(3, 1) check (temperature between 34 and 43),
    felt text collate "C" check (felt in ('normal', 'abnormal')),
    plate bytea,
    verdict text collate "C" not null check (verdict in ('admit', 'refuse', 'check')),
    rules text[] not null,
    edition text collate "C" not null,
    state text collate "C" not null,
    colour text collate "C" check ((colour is not null) = (state = 'issued')),
    primary key (person, at, id)
) partition by hash (person);
select make_partitions('gates_passage');
create index gates_passage_of_place on gates_passage (place, at);

create table gates_report (
    person uuid not null,
    at timestamptz not null,
    id uuid not null,
    place uuid not null,
    staff uuid not null,
    passage uuid not null,
    concern text collate "C" not null check (concern in ('track', 'code', 'other')),
    note bytea,
    primary key (person, at, id)
) partition by hash (person);
select make_partitions('gates_report');
"""

DOWN = """
drop table gates_report;
drop table gates_passage;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
