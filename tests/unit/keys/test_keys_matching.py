import hashlib

import pytest

from yimatong.keys import new_keys, rotate

NUMBER = "a made-up number"


def test_equal_texts_of_one_purpose_match_and_of_another_do_not(keys):
    assert keys.match(NUMBER, "document") == keys.match(NUMBER, "document")
    assert keys.match(NUMBER, "document") != keys.match(NUMBER, "phone")


def test_purpose_and_text_cannot_be_shifted_into_each_other(keys):
    assert keys.match("bc", "a") != keys.match("c", "ab")


@pytest.mark.requirement("YM-09")
def test_without_the_key_a_match_cannot_be_computed(keys, randomness, clock):
    other = new_keys("test", (), randomness, clock.now())
    assert keys.match(NUMBER, "document") != other.match(NUMBER, "document")
    assert keys.match(NUMBER, "document") != hashlib.sha256(NUMBER.encode()).digest()


def test_a_look_up_finds_what_was_kept_before_the_rotation(keys, clock):
    kept = keys.match(NUMBER, "document")
    rotated = rotate(keys, "matching", clock.now())
    assert rotated.match(NUMBER, "document") != kept
    assert rotated.matches(NUMBER, "document") == [rotated.match(NUMBER, "document"), kept]
