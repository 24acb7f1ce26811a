"""Paper: cards for who has no phone, and sheets that were signed on paper."""

from yimatong.storage.migrations.script import run

revision = "0020"
down_revision = "0019"

UP = """
create table codes_paper (
    id uuid primary key,
    person uuid not null,
    match bytea not null unique,
    issued_by uuid not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > issued_at),
    pass_until timestamptz,
    revoked_at timestamptz,
    revoked_by uuid,
    check ((revoked_at is null) = (revoked_by is null))
);
create unique index codes_paper_good on codes_paper (person) where revoked_at is null;

-- What was given out stays on record; a card can be revoked and nothing else.
revoke update, delete, truncate on codes_paper from yimatong_app;
grant update (revoked_at, revoked_by) on codes_paper to yimatong_app;

alter table declarations_sheet add column on_paper boolean not null default false;
"""

DOWN = """
alter table declarations_sheet drop column on_paper;
drop table codes_paper;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
