"""Deleted accounts: what is left of a person until nothing about them counts any more."""

from yimatong.storage.migrations.script import run

revision = "0022"
down_revision = "0020"

UP = """
create table people_gone (
    person uuid not null,
    receipt uuid not null,
    account uuid not null,
    phone bytea not null,
    region text collate "C" not null,
    gone_at timestamptz not null,
    look_at timestamptz not null,
    primary key (person)
) partition by hash (person);
select make_partitions('people_gone');
create index people_gone_due on people_gone (look_at);
create index people_gone_receipt on people_gone (receipt);
create index people_document_person on people_document (person);

-- Who acted for somebody who is gone is told so on their family page for a while.
alter table people_member add column gone_at timestamptz;
create index people_member_gone on people_member (gone_at) where gone_at is not null;

-- Sealing anew goes through these in the order of their ids.
create index gates_passage_sealed on gates_passage (id) where plate is not null;
create index gates_report_sealed on gates_report (id) where note is not null;

-- Answers kept for repeated requests are sealed from now on where they name somebody.
delete from access_idempotency;
"""

DOWN = """
drop index gates_report_sealed;
drop index gates_passage_sealed;
drop index people_member_gone;
alter table people_member drop column gone_at;
drop index people_document_person;
drop table people_gone;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
