"""The tables of the room `information`."""

from yimatong.storage.migrations.script import run

revision = "0017"
down_revision = "0013"

UP = """
create table information_entry (
    id uuid primary key,
    kind text collate "C" not null
        check (kind in ('notice', 'risk_area', 'hotline', 'fever_clinic')),
    title text not null,
    text text not null,
    title_en text,
    text_en text,
    region text collate "C",
    division text collate "C",
    phone text,
    address text,
    valid_from date not null,
    valid_until date check (valid_until >= valid_from),
    post uuid not null,
    published_at timestamptz not null,
    replaces uuid unique references information_entry
);
create index information_entry_newest on information_entry (published_at desc, id);
create table information_withdrawal (
    entry uuid primary key references information_entry,
    post uuid not null,
    withdrawn_at timestamptz not null
);

-- What was published stays as it was: the application's role cannot change it.
revoke update, delete, truncate on information_entry, information_withdrawal from yimatong_app;
"""

DOWN = """
drop table information_withdrawal;
drop table information_entry;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
