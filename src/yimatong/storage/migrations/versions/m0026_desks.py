"""The tables of the room `desks`."""

from yimatong.storage.migrations.script import run

revision = "0026"
down_revision = "0024"

UP = """
create table desks_entry (
    person uuid not null,
    at timestamptz not null,
    id uuid not null,
    recorded_at timestamptz not null,
    place uuid not null,
    staff uuid not null,
    scene text collate "C" not null,
    form text collate "C" not null
        check (form in ('record', 'follow_up', 'open', 'each', 'release')),
    course uuid,
    how text collate "C" not null,
    note uuid not null,
    facts uuid[] not null,
    verdict text collate "C" check (verdict in ('admit', 'refuse', 'check')),
    digest bytea not null,
    until timestamptz not null,
    withdrawn_at timestamptz,
    primary key (person, at, id)
) partition by hash (person);
select make_partitions('desks_entry');
create index desks_entry_of_place on desks_entry (place, at);
create index desks_entry_old on desks_entry (until);

create table desks_course (
    person uuid not null,
    id uuid not null,
    place uuid not null,
    scene text collate "C" not null,
    opened_at timestamptz not null,
    released_at timestamptz,
    entries int not null,
    last_at timestamptz not null,
    primary key (person, id)
) partition by hash (person);
select make_partitions('desks_course');
create table desks_export (
    id uuid primary key,
    place uuid not null,
    asked_by uuid not null,
    asked_at timestamptz not null,
    confirmed_by uuid,
    confirmed_at timestamptz
);
-- Medicine bought for whoever has a number, by its keyed hash alone, until they say whose it is.
create table desks_question (
    id uuid primary key,
    entry uuid not null,
    place uuid not null,
    recorder uuid not null,
    number bytea not null,
    kinds text[] collate "C" not null,
    at timestamptz not null,
    answered_at timestamptz,
    person uuid,
    facts uuid[] not null default '{}'
);
create index desks_question_of_number on desks_question (number, at);
create index desks_question_of_entry on desks_question (entry);
create index desks_question_old on desks_question (at);
create index desks_export_of_place on desks_export (place, asked_at);
create index desks_entry_of_course on desks_entry (course) where course is not null;
create index desks_course_open on desks_course (place, opened_at) where released_at is null;
"""

DOWN = """
drop table desks_question;
drop table desks_export;
drop table desks_course;
drop table desks_entry;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
