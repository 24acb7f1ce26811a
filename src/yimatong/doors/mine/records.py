"""Every kind of record that holds something of a person: whether the copy to take away has it,
and what becomes of it when the account is deleted.

The one table of this in the product: pages and receipt read it, and a test compares it with the
tables of the database, so that a new one has to be put here with its reason (`words.toml`).
"""

from typing import Literal, NamedTuple

Then = Literal["now", "hours", "passages", "held", "nameless", "post"]
"""After the account is deleted: erased `now`, within `hours`, `passages` once they are 14 days
old, `held` while it counts, kept `nameless`, or gone before since a `post` is in the way."""


class Record(NamedTuple):
    """`exported`: the copy has it. Its words are `mine.record.<name>` and `mine.why.<name>`."""

    name: str
    tables: tuple[str, ...]
    exported: bool
    then: Then


RECORDS = (
    Record("card", ("people_person",), True, "now"),
    Record("account", ("people_account", "people_phone"), True, "now"),
    Record("texts", ("people_note",), True, "now"),
    Record("sheets", ("declarations_sheet", "declarations_withdrawal"), True, "now"),
    Record("drafts", ("people_draft",), False, "now"),
    Record("family", ("people_member",), True, "now"),
    Record("sessions", ("access_session",), True, "now"),
    Record("links", ("people_link",), True, "now"),
    Record("notices", ("notices_notice", "notices_told", "messages_wish"), True, "now"),
    Record("paper", ("codes_paper",), True, "nameless"),
    Record("codes", ("codes_standing", "codes_short"), False, "now"),
    Record("answers", ("access_idempotency",), False, "now"),
    Record("messages", ("messages_sms",), False, "hours"),
    Record(
        "counts",
        (
            "access_limit",
            "access_otp",
            "access_otp_subject",
            "entrances_screen",
        ),
        False,
        "hours",
    ),
    Record("passages", ("gates_passage", "gates_report"), True, "passages"),
    Record("entries", ("desks_entry", "desks_course"), True, "passages"),
    Record("purchases", ("desks_question",), False, "passages"),
    Record("visits", ("venues_visit",), True, "passages"),
    Record("venues", ("venues_owner",), False, "now"),
    Record("document", ("people_document", "people_gone"), True, "held"),
    Record("facts", ("ledger_fact", "ledger_head", "ledger_news"), True, "nameless"),
    Record("decisions", ("permits_decision",), True, "nameless"),
    Record("registry", ("registry_proposal", "registry_fed"), True, "nameless"),
    Record("looks", ("audit_event",), True, "nameless"),
    Record("post", ("access_staff", "people_worker", "posts_applicant"), False, "post"),
)
