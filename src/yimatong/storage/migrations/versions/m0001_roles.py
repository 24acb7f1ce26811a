"""The application's role, and a way to make hash partitions."""

from yimatong.storage.migrations.script import run

revision = "0001"
down_revision = None

UP = """
do $$ begin
    create role yimatong_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
-- Who migrates need not be a superuser, and since PostgreSQL 16 may not act as a role for having
-- made it.
do $$ begin
    grant yimatong_app to current_user;
exception when insufficient_privilege then null;
end $$;
grant usage on schema public to yimatong_app;
alter default privileges in schema public
    grant select, insert, update, delete on tables to yimatong_app;
create function make_partitions(parent text, how_many int default 16) returns void
language plpgsql as $$ begin
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
