"""The application's role, and a way to make hash partitions."""

from yimatong.storage.migrations.script import run

revision = "0001"
down_revision = None

UP = """
do $$ begin
    create role yimatong_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
-- Who migrates need not be a superuser; since PostgreSQL 16 whoever makes a role may not act as it.
do $$ begin
    grant yimatong_app to current_user;
exception when insufficient_privilege then null;
end $$;
grant usage on schema public to yimatong_app;
alter default privileges in schema public
    grant select, insert, update, delete on tables to yimatong_app;
-- Sixteen, so that one machine's cores or several machines share them; another number where the
-- database was given one before its tables: alter database … set yimatong.partitions = '64'.
create function make_partitions(
    parent text,
    how_many int default coalesce(current_setting('yimatong.partitions', true)::int, 16)
) returns void language plpgsql as $$ begin
    for part in 0 .. how_many - 1 loop
        execute format(
            'create table %I partition of %I for values with (modulus %s, remainder %s)',
            parent || '_' || part, parent, how_many, part);
    end loop;
end $$;
"""

DOWN = """
drop function make_partitions;
alter default privileges in schema public
    revoke select, insert, update, delete on tables from yimatong_app;
revoke usage on schema public from yimatong_app;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
