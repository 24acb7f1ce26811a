"""Ways in: posters of places, log-ins by other apps, screens that a phone logs in."""

from yimatong.storage.migrations.script import run

revision = "0019"
down_revision = "0018"

UP = """
create table places_poster (
    id text collate "C" primary key,
    place uuid not null unique references places_place,
    made_at timestamptz not null
);
-- A poster hangs on a wall: what it leads to stays as it was.
revoke update, delete, truncate on places_poster from yimatong_app;

create table people_link (
    match bytea primary key,
    account uuid not null references people_account on delete cascade,
    channel text collate "C" not null check (channel in ('wechat', 'alipay')),
    since timestamptz not null,
    unique (account, channel)
);

create table entrances_spent (
    state bytea primary key,
    expires_at timestamptz not null
);
create table entrances_screen (
    id bytea primary key,
    account uuid not null,
    expires_at timestamptz not null,
    taken_at timestamptz
);
revoke update, truncate on entrances_spent from yimatong_app;
"""

DOWN = """
drop table entrances_screen, entrances_spent, people_link, places_poster;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
