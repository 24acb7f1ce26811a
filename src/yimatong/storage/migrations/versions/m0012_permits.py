"""The table of the room `permits`."""

from yimatong.storage.migrations.script import run

revision = "0012"
down_revision = "0011"

UP = """
create table permits_decision (
    person uuid not null,
    fact uuid not null,
    note uuid,
    primary key (person, fact),
    foreign key (person, fact) references ledger_fact (person, id)
) partition by hash (person);
select make_partitions('permits_decision');

-- What an issuer said stays said: the application's role cannot change it.
do $$ declare part regclass; begin
    for part in select relid from pg_partition_tree('permits_decision') loop
        execute format('revoke update, delete, truncate on %s from yimatong_app', part);
    end loop;
end $$;
"""

DOWN = """
drop table permits_decision;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
