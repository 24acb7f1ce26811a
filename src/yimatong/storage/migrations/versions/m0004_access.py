"""The tables of the room `access`."""

from yimatong.storage.migrations.script import run

revision = "0004"
down_revision = "0003"

UP = """
create table access_staff (
    id uuid primary key,
    account uuid not null,
    role text not null check (role <> 'resident'),
    place uuid,
    totp_secret bytea not null,
    totp_last_step bigint not null default 0,
    totp_enrolled_at timestamptz,
    added_at timestamptz not null,
    removed_at timestamptz
);
create unique index access_staff_post on access_staff (account) where removed_at is null;

create table access_session (
    token bytea not null,
    account uuid not null,
    person uuid,
    staff uuid,
    started_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (token)
) partition by hash (token);
select make_partitions('access_session');
create index access_session_account on access_session (account);

create table access_otp_subject (
    subject bytea not null,
    failures_in_row int not null default 0,
    failed_at timestamptz,
    primary key (subject)
) partition by hash (subject);
select make_partitions('access_otp_subject');

create table access_otp (
    subject bytea not null,
    request uuid not null,
    code bytea not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    tries int not null default 0,
    used_at timestamptz,
    primary key (subject, request)
) partition by hash (subject);
select make_partitions('access_otp');

create table access_limit (
    name text not null,
    subject bytea not null,
    hits timestamptz[] not null,
    primary key (subject, name)
) partition by hash (subject);
select make_partitions('access_limit');

create table access_idempotency (
    account uuid not null,
    key text not null,
    body_hash bytea not null,
    begun_at timestamptz not null,
    status int,
    body bytea,
    primary key (account, key)
) partition by hash (account);
select make_partitions('access_idempotency');
"""

DOWN = """
drop table access_staff, access_session, access_otp_subject, access_otp, access_limit,
    access_idempotency;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
