"""The tables of the room `ledger`."""

from yimatong.storage.migrations.script import run

revision = "0002"
down_revision = "0001"

UP = """
create table ledger_fact (
    person uuid not null,
    id uuid not null,
    kind text collate "C" not null,
    observed_at timestamptz not null,
    ended_at timestamptz check (ended_at >= observed_at),
    recorded_at timestamptz not null check (recorded_at >= observed_at),
    source text collate "C" not null,
    value numeric(3, 1),
    region text collate "C",
    retracts uuid,
    recorder uuid,
    place uuid,
    feed text collate "C",
    primary key (person, id),
    foreign key (person, retracts) references ledger_fact (person, id)
) partition by hash (person);
select make_partitions('ledger_fact');

create table ledger_head (
    person uuid primary key,
    version bigint not null check (version > 0)
) partition by hash (person);
select make_partitions('ledger_head');

-- Facts are appended, never changed: the application's role cannot, whatever its code does.
do $$ declare part regclass; begin
    for part in select relid from pg_partition_tree('ledger_fact') loop
        execute format('revoke update, delete, truncate on %s from yimatong_app', part);
    end loop;
    for part in select relid from pg_partition_tree('ledger_head') loop
        execute format('revoke delete, truncate on %s from yimatong_app', part);
    end loop;
end $$;
"""

DOWN = """
drop table ledger_head;
drop table ledger_fact;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
