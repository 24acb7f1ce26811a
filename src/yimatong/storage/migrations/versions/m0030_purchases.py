"""What was bought for somebody, sealed, so that they see what they are asked about."""

from yimatong.storage.migrations.script import run

revision = "0030"
down_revision = "0028"

UP = """
alter table desks_question add column content bytea;
create index desks_question_of_person on desks_question (person) where person is not null;
"""

DOWN = """
drop index desks_question_of_person;
alter table desks_question drop column content;
"""


def upgrade() -> None:
    run(UP)


def downgrade() -> None:
    run(DOWN)
