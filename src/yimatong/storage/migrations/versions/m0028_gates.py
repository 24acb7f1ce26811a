"""Gates in full: entries as the scene asks, vehicles, hand-overs."""

from yimatong.storage.migrations.script import run

revision = "0028"
down_revision = "0027"

UP = """
-- What may be answered stands in the scene of the place, and nowhere else.
alter table gates_passage
    drop constraint gates_passage_direction_check,
    drop constraint gates_passage_reason_check,
    drop constraint gates_passage_felt_check,
    alter column direction drop not null,
    alter column reason drop not null,
    add column more bytea,
    add column vehicle uuid;
create index gates_passage_more on gates_passage (id) where more is not null;
create index gates_passage_vehicle on gates_passage (place, vehicle) where vehicle is not null;
create index gates_report_of_place on gates_report (place, at);

create table gates_handover (
    id uuid primary key,
    place uuid not null,
    staff uuid not null,
    since timestamptz not null,
    at timestamptz not null,
    admitted int not null,
    checked int not null,
    refused int not null,
    note bytea,
    taken_by uuid,
    taken_at timestamptz,
    check ((taken_by is null) = (taken_at is null))
);
create index gates_handover_of_place on gates_handover (place, at);
create index gates_handover_old on gates_handover (at);
create index gates_handover_sealed on gates_handover (id) where note is not null;
"""

DOWN = """
drop table gates_handover;
drop index gates_report_of_place;
drop index gates_passage_vehicle;
drop index gates_passage_more;
delete from gates_passage
where direction is null or direction not in ('in', 'out')
   or reason is null or reason not in ('work', 'home', 'shopping', 'other')
   or felt not in ('normal', 'abnormal');
alter table gates_passage
    drop column vehicle,
    drop column more,
    alter column direction set not null,
    alter column reason set not null,
    add constraint gates_passage_direction_check check (direction in ('in', 'out')),
    add constraint gates_passage_reason_check
        check (reason in ('work', 'home', 'shopping', 'other')),
    add constraint gates_passage_felt_check check (felt in ('normal', 'abnormal'));
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
