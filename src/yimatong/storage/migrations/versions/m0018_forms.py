"""Returning, going back to work, taking back, and drafts."""

from yimatong.storage.migrations.script import run

revision = "0018"
down_revision = "0017"

UP = """
alter table declarations_sheet drop constraint declarations_sheet_form_check;
alter table declarations_sheet add constraint declarations_sheet_form_check
    check (form in ('declaration', 'checkin', 'return', 'work'));

create table declarations_withdrawal (
    person uuid not null,
    sheet uuid not null,
    account uuid not null,
    taken_back_at timestamptz not null,
    primary key (person, sheet)
) partition by hash (person);
select make_partitions('declarations_withdrawal');

-- What was taken back stays so: the application's role cannot change it.
do $$ declare part regclass; begin
    for part in select relid from pg_partition_tree('declarations_withdrawal') loop
        execute format('revoke update, truncate on %s from yimatong_app', part);
    end loop;
end $$;

create table people_draft (
    account uuid not null,
    person uuid not null,
    path text collate "C" not null,
    kept_at timestamptz not null,
    cut_off boolean not null,
    fields bytea not null,
    primary key (account, person, path)
) partition by hash (account);
select make_partitions('people_draft');
create index people_draft_kept on people_draft (kept_at);
"""

DOWN = """
drop table people_draft, declarations_withdrawal;
delete from declarations_sheet where form in ('return', 'work');
alter table declarations_sheet drop constraint declarations_sheet_form_check;
alter table declarations_sheet add constraint declarations_sheet_form_check
    check (form in ('declaration', 'checkin'));
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
