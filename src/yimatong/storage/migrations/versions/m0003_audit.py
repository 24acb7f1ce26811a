"""The tables of the room `audit`."""

from yimatong.storage.migrations.script import run

revision = "0003"
down_revision = "0002"

UP = """
create table audit_event (
    at timestamptz not null,
    id bigint generated always as identity,
    actor uuid,
    action text collate "C" not null,
    person uuid,
    place uuid,
    purpose text collate "C" not null,
    detail jsonb not null,
    primary key (at, id)
);
create index audit_event_of_person on audit_event (person, at, id) where person is not null;
revoke update, delete, truncate on audit_event from yimatong_app;
"""

DOWN = """
drop table audit_event;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
