"""The tables of the room `people`."""

from yimatong.storage.migrations.script import run

revision = "0005"
down_revision = "0004"

UP = """
create table people_account (
    id uuid not null,
    phone bytea not null,
    created_at timestamptz not null,
    primary key (id)
) partition by hash (id);
select make_partitions('people_account');

create table people_phone (
    match bytea not null,
    account uuid not null,
    primary key (match)
) partition by hash (match);
select make_partitions('people_phone');

create table people_person (
    id uuid not null,
    name bytea not null,
    document bytea not null,
    details bytea not null,
    region text not null,
    registered_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (id)
) partition by hash (id);
select make_partitions('people_person');

create table people_document (
    match bytea not null,
    person uuid not null,
    primary key (match)
) partition by hash (match);
select make_partitions('people_document');

create table people_member (
    account uuid not null,
    person uuid not null,
    own boolean not null,
    primary key (account, person)
) partition by hash (account);
select make_partitions('people_member');
create unique index people_member_own on people_member (account) where own;

create table people_note (
    person uuid not null,
    id uuid not null,
    kept_at timestamptz not null,
    fields bytea not null,
    primary key (person, id)
) partition by hash (person);
select make_partitions('people_note');

create table people_worker (
    account uuid primary key,
    name bytea not null
);
"""

DOWN = """
drop table people_account, people_phone, people_person, people_document, people_member,
    people_note, people_worker;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
