"""The tables of the room `declarations`."""

from yimatong.storage.migrations.script import run

revision = "0009"
down_revision = "0008"

UP = """
create table declarations_sheet (
    person uuid not null,
    id uuid not null,
    form text collate "C" not null check (form in ('declaration', 'checkin')),
    made_at timestamptz not null,
    account uuid not null,
    answers jsonb not null,
    note uuid not null,
    facts uuid[] not null,
    promise_text text not null check (promise_text <> ''),
    promise_language text not null check (promise_language in ('zh', 'en')),
    promise_policy text collate "C" not null,
    primary key (person, id)
) partition by hash (person);
select make_partitions('declarations_sheet');
create index declarations_sheet_made on declarations_sheet (person, form, made_at);

-- What was promised stays as it was: the application's role cannot change it.
do $$ declare part regclass; begin
    for part in select relid from pg_partition_tree('declarations_sheet') loop
        execute format('revoke update, truncate on %s from yimatong_app', part);
    end loop;
end $$;
"""

DOWN = "drop table declarations_sheet"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
