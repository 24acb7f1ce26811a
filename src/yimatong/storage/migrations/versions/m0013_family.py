"""Families: for whom an account may act besides its own person, since when and by whose consent."""

from yimatong.storage.migrations.script import run

revision = "0013"
down_revision = "0012"

UP = """
alter table people_member
    add column relation text collate "C" not null default 'self',
    add column consent text collate "C" not null default 'own'
        check (consent in ('own', 'guardian', 'sms', 'paper', 'clerk')),
    add column consent_text text not null default '',
    add column since timestamptz not null default now(),
    add column until timestamptz,
    add column ended_at timestamptz,
    add check (own = (relation = 'self' and consent = 'own'));
alter table people_member alter column since drop default;
create index people_member_person on people_member (person);
alter table access_session add column proxy boolean not null default false;
"""

DOWN = """
alter table access_session drop column proxy;
drop index people_member_person;
delete from people_member where not own;
alter table people_member
    drop column relation, drop column consent, drop column consent_text, drop column since,
    drop column until, drop column ended_at;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
