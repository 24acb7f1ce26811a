"""The tables of the room `messages`."""

from yimatong.storage.migrations.script import run

revision = "0007"
down_revision = "0006"

UP = """
create table messages_sms (
    id uuid primary key,
    phone bytea not null,
    text bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    next_try_at timestamptz,
    tries int not null default 0,
    sent_at timestamptz,
    error text
);
create index messages_sms_due on messages_sms (next_try_at) where next_try_at is not null;
create index messages_sms_recent on messages_sms (created_at);
"""

DOWN = "drop table messages_sms"


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
