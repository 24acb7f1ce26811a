"""The tables of the room `permits`."""

from yimatong.storage.migrations.script import run

revision = "0012"
down_revision = "0011"

UP = """
create table permits_application (
    person uuid not null,
    id uuid not null,
    region text collate "C" not null,
    requested_at timestamptz not null,
    word text collate "C" check (word in ('approved', 'refused', 'more')),
    reason text collate "C",
    issuer uuid,
    decided_at timestamptz,
    primary key (person, id),
    check ((word is null) = (issuer is null) and (word is null) = (decided_at is null))
) partition by hash (person);
select make_partitions('permits_application');
create unique index permits_application_one_waiting on permits_application (person)
    where word is null;
create index permits_application_waiting on permits_application (region, requested_at, id)
    where word is null;
"""

DOWN = """
drop table permits_application;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
