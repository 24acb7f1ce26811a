"""What the notices ask of the colours, each by its id."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from yimatong.doors.packs import library
from yimatong.kernel.clock import SHANGHAI
from yimatong.policy.admission import admit, warmth
from yimatong.policy.decide import decide
from yimatong.policy.facts import read_fact
from yimatong.policy.model import State
from yimatong.policy.standing import Standing

START = datetime(2020, 4, 10, 9, tzinfo=SHANGHAI)


def fact(kind: str, days: float = 0, **more: object) -> dict[str, object]:
    at = (START + timedelta(days=days)).isoformat()
    return {"person": "p", "kind": kind, "observed_at": at, "source": "self", **more}


def at(region: str, days: float, *facts: dict[str, object]) -> Standing:
    moment = START + timedelta(days=days)
    policy = library().named(region, moment)
    return decide(policy, [read_fact(one, n) for n, one in enumerate(facts, 1)], moment)


def shown(region: str, days: float, *facts: dict[str, object]) -> str | State:
    standing = at(region, days, *facts)
    return standing.colour or standing.state


DECLARED = fact("declaration", -1)
APPROVED = (DECLARED, fact("review.approved", -0.5))


@pytest.mark.requirement("HN-02")
def test_a_contact_within_14_days_is_red_an_exposure_yellow_and_after_that_green():
    assert shown("hunan", 13.9, DECLARED, fact("contact.close")) == "red"
    assert shown("hunan", 13.9, DECLARED, fact("exposure.case")) == "yellow"
    assert shown("hunan", 14, DECLARED, fact("contact.close"), fact("exposure.case")) == "green"


@pytest.mark.requirement("HI-02")
@pytest.mark.parametrize(
    ("kind", "colour"),
    [("case.confirmed", "red"), ("contact.close", "red"), ("quarantine.home", "red"),
     ("pharmacy.cough_medicine", "yellow"), ("clinic.fever_visit", "yellow"),
     ("arrival.province", "yellow"), ("symptom.dry_cough", "yellow"), ("checkin.normal", "green")],
)  # fmt: skip
def test_hainan_red_yellow_and_green(kind, colour):
    assert shown("hainan", 1, DECLARED, fact(kind)) == colour


@pytest.mark.requirement("HI-03")
def test_only_14_normal_days_in_a_row_make_a_yellow_person_green():
    days = [fact("checkin.normal", day) for day in range(1, 15)]
    assert shown("hainan", 14.1, DECLARED, fact("symptom.fever"), *days[:-1]) == "yellow"
    assert shown("hainan", 14.1, DECLARED, fact("symptom.fever"), *days) == "green"


@pytest.mark.requirement("YN-04")
def test_green_lasts_14_days_and_a_new_declaration_renews_it():
    assert at("yunnan", 0, fact("declaration")).valid_until == START + timedelta(days=14)
    assert shown("yunnan", 14, fact("declaration")) == "expired"
    assert shown("yunnan", 14, fact("declaration"), fact("declaration", 13)) == "green"


@pytest.mark.requirement("YN-05")
@pytest.mark.parametrize("colour", ["yellow", "red"])
def test_red_and_yellow_may_not_enter_public_places_but_a_hospital(colour):
    policy = library().named("yunnan", START)
    assert admit(policy, "public", colour, "normal") == "refuse"
    assert admit(policy, "medical", colour, "fever") == "admit"
    assert admit(policy, "public", "green", "normal") == "admit"


@pytest.mark.requirement("YN-10")
def test_a_policy_starts_at_its_moment():
    start = datetime(2020, 4, 1, 20, tzinfo=SHANGHAI)
    policy = library().named("yunnan@2020-04-01", start)
    before = decide(policy, [], start - timedelta(seconds=1))
    assert (before.state, before.next_change_at) == ("not_in_force", start)
    assert decide(policy, [], start).state == "undeclared"


@pytest.mark.requirement("SD-03")
@pytest.mark.parametrize(
    "kind", ["symptom.fever", "symptom.fatigue", "arrival.province", "exposure.risk_area_person"]
)
def test_whoever_does_not_meet_the_condition_is_red_for_14_days_whoever_signs(kind):
    assert shown("shandong", 1, *APPROVED, fact(kind)) == "red"
    assert shown("shandong", 14, *APPROVED, fact(kind)) == "yellow"


@pytest.mark.requirement("SD-07")
def test_a_pass_is_valid_for_five_days_and_needs_a_report_every_day():
    reports = [fact("checkin.normal", day) for day in range(1, 6)]
    assert shown("shandong", 4.9, fact("review.approved"), *reports) == "green"
    assert shown("shandong", 5, fact("review.approved"), *reports) == "yellow"
    assert shown("shandong", 2.7, fact("review.approved")) == "yellow"


@pytest.mark.requirement("HB-02")
@pytest.mark.parametrize(
    ("kind", "colour"),
    [("case.clinical", "red"), ("case.suspected", "red"), ("case.fever", "red"),
     ("contact.close", "yellow"), ("quarantine.home", "yellow"), ("quarantine.central", "yellow")],
)  # fmt: skip
def test_hubei_red_and_yellow(kind, colour):
    assert shown("hubei", 1, *APPROVED, fact(kind)) == colour
    assert shown("hubei", 1, *APPROVED) == "green"


@pytest.mark.requirement("HB-03")
def test_colours_convert_with_the_persons_health():
    end = (START + timedelta(days=1)).isoformat()
    ended = fact("case.confirmed", ended_at=end)
    assert shown("hubei", 14.9, *APPROVED, ended) == "red"
    assert shown("hubei", 15, *APPROVED, ended) == "yellow"
    cleared = (fact("followup.clear", 15), fact("checkin.normal", 15))
    assert shown("hubei", 15.1, *APPROVED, ended, *cleared) == "green"
    fever = fact("temperature", 1, value=37.5)
    assert shown("hubei", 1, *APPROVED, fever) == "yellow"


@pytest.mark.requirement("HB-04")
def test_green_passes_without_fever_and_yellow_and_red_do_not():
    policy = library().named("hubei", START)
    assert warmth(policy, Decimal("37.2"), felt_warm=None) == "normal"
    assert warmth(policy, Decimal("37.3"), felt_warm=False) == "fever"
    assert [warmth(policy, None, felt_warm=felt) for felt in (None, True, False)] == [
        "unmeasured", "fever", "normal",
    ]  # fmt: skip
    assert admit(policy, "checkpoint", "green", "normal") == "admit"
    assert admit(policy, "checkpoint", "green", "fever") == "refuse"
    assert admit(policy, "checkpoint", "yellow", "normal") == "refuse"
    assert admit(policy, "checkpoint", None, "normal") == "refuse"


@pytest.mark.requirement("HB-05")
def test_a_missed_check_in_lapses_into_yellow_and_a_new_one_makes_it_green():
    assert shown("hubei", 2.5, *APPROVED) == "yellow"
    assert shown("hubei", 2.5, *APPROVED, fact("checkin.normal", 2)) == "green"
    assert shown("hubei", 2.5, *APPROVED, fact("checkin.abnormal", 2)) == "yellow"


@pytest.mark.requirement("YM-01")
def test_a_fact_cannot_carry_a_colour():
    with pytest.raises(Exception, match=r"policy\.fact\.unknown_field"):
        read_fact({**fact("declaration"), "colour": "green"}, 1)


@pytest.mark.requirement("YM-02")
@pytest.mark.parametrize("region", ["hunan", "hainan", "yunnan", "shandong", "hubei"])
def test_every_reason_has_words_in_both_languages_its_fact_and_when(region):
    standing = at(region, 1, *APPROVED, fact("case.confirmed"), fact("symptom.fever"))
    said = library().named(region, START).said_by_rule
    assert standing.reasons
    for reason in standing.reasons:
        words = said[reason.rule]
        assert all((words.sentence, words.reason.zh, words.reason.en, words.to_do.zh))
        assert reason.fact.startswith("line:")
        assert reason.since <= START + timedelta(days=1)
