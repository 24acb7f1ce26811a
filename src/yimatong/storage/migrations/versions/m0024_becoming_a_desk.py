"""Becoming a desk: scenes of places, who asked for them, teams, areas, quotas."""

from yimatong.storage.migrations.script import run

revision = "0024"
down_revision = "0023"

UP = """
alter table places_place
    add column scene text collate "C",
    add column about text,
    add column registered_by uuid,
    drop constraint places_place_state_check,
    add constraint places_place_state_check
        check (state in ('pending', 'open', 'refused', 'closed'));
update places_place set scene = 'gate';
create index places_place_by_division on places_place (division, state, registered_at, id);

alter table access_staff
    add column manager boolean not null default false,
    add column area text collate "C";
-- Whoever set a gate up was its first guard, and answers for it from now on.
update access_staff set manager = true where id in (
    select distinct on (place) id from access_staff
    where place is not null and removed_at is null order by place, added_at, id
);
create index access_staff_of_place on access_staff (place) where removed_at is null;

-- By which a worker asks to join a place; the place's manager lets in or not.
create table posts_code (
    place uuid primary key references places_place,
    code text collate "C" not null unique,
    expires_at timestamptz not null
);
create table posts_applicant (
    account uuid primary key,
    place uuid not null references places_place,
    asked_at timestamptz not null
);
create index posts_applicant_of_place on posts_applicant (place, asked_at);

create table access_quota (
    staff uuid not null,
    hour timestamptz not null,
    count int not null,
    primary key (staff, hour)
) partition by hash (staff);
select make_partitions('access_quota');
"""

DOWN = """
drop table access_quota, posts_applicant, posts_code;
drop index access_staff_of_place;
update access_staff set removed_at = now() where role = 'worker' and removed_at is null;
alter table access_staff drop column manager, drop column area;
drop index places_place_by_division;
update places_place set state = 'closed' where state = 'refused';
alter table places_place
    drop constraint places_place_state_check,
    drop column scene, drop column about, drop column registered_by,
    add constraint places_place_state_check check (state in ('pending', 'open', 'closed'));
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
