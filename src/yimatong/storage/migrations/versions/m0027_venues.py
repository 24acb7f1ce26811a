"""The tables of the room `venues`."""

from yimatong.storage.migrations.script import run

revision = "0027"
down_revision = "0026"

UP = """
create table venues_owner (
    place uuid not null references places_place,
    account uuid not null,
    since timestamptz not null,
    primary key (place, account)
);
create index venues_owner_account on venues_owner (account);

create table venues_visit (
    person uuid not null,
    at timestamptz not null,
    id uuid not null,
    place uuid not null,
    account uuid not null,
    primary key (person, at, id)
) partition by hash (person);
select make_partitions('venues_visit');
create index venues_visit_of_place on venues_visit (place, at);
create index venues_visit_of_account on venues_visit (account, id);
create index venues_visit_old on venues_visit (at);
"""

DOWN = """
drop table venues_visit;
drop table venues_owner;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
