"""What residents are told: notices, who has to be looked at, wishes about SMS, invitations."""

from yimatong.storage.migrations.script import run

revision = "0023"
down_revision = "0018"

UP = """
-- Whoever has a new fact; only appended to, so that recording never waits. Taken within seconds.
create table ledger_news (
    id bigint generated always as identity primary key,
    person uuid not null
);

create index people_person_registered on people_person (registered_at, id);

alter table messages_sms
    add column key text collate "C" not null default '',
    add column language text collate "C" not null default 'zh',
    add column params bytea,
    add column rank smallint not null default 0;
drop index messages_sms_due;
create index messages_sms_due on messages_sms (rank, next_try_at) where next_try_at is not null;
create table messages_wish (
    number bytea primary key,
    reminders boolean not null,
    invitations boolean not null,
    language text collate "C" not null check (language in ('zh', 'en'))
);

-- What each person was told last, and when to look again. Never read to decide anything.
create table notices_told (
    person uuid primary key,
    region text collate "C" not null,
    version bigint not null,
    look text collate "C" not null,
    rules text[] collate "C" not null,
    since timestamptz not null,
    sms_look text collate "C" not null,
    sms_due timestamptz,
    sms_day date,
    sms_count smallint not null,
    reminded boolean not null,
    asked boolean not null,
    look_at timestamptz not null
) partition by hash (person);
select make_partitions('notices_told');
create index notices_told_due on notices_told (look_at);

-- How far the registrations were walked through, to ask who has not declared. One row.
create table notices_walk (
    one boolean primary key default true check (one),
    registered_at timestamptz not null,
    person uuid not null
);
insert into notices_walk (registered_at, person)
    values ('-infinity', '00000000-0000-0000-0000-000000000000');

create table notices_notice (
    account uuid not null,
    id uuid not null,
    person uuid not null,
    at timestamptz not null,
    kind text collate "C" not null check (kind in ('changed', 'lapses', 'declare')),
    before text collate "C" not null,
    after text collate "C" not null,
    policy text collate "C" not null,
    reasons jsonb not null,
    moment timestamptz,
    read_at timestamptz,
    primary key (account, id)
) partition by hash (account);
select make_partitions('notices_notice');
create index notices_notice_newest on notices_notice (account, at);
create index notices_notice_old on notices_notice (at);

-- A number by its keyed hash alone, and when it was invited last; forgotten after that counts.
create table invitations_number (
    number bytea primary key,
    invited_at timestamptz not null
);
create index invitations_number_old on invitations_number (invited_at);
"""

DOWN = """
drop table invitations_number, notices_notice, notices_walk, notices_told, messages_wish;
drop index messages_sms_due;
alter table messages_sms
    drop column key, drop column language, drop column params, drop column rank;
create index messages_sms_due on messages_sms (next_try_at) where next_try_at is not null;
drop index people_person_registered;
drop table ledger_news;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
