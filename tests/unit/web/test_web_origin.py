import pytest

from yimatong.web.origin import comes_from_us

COOKIE = {"cookie": "session=x", "host": "code.test"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"origin": "https://code.test"},
        {"authorization": "Bearer x", "origin": "https://elsewhere.test"},
    ],
)
def test_our_own_pages_and_whoever_shows_a_token_may_change_something(headers):
    assert comes_from_us("POST", COOKIE | headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-site", "origin": "https://code.test"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},
        {"origin": "https://code.test.elsewhere.test"},
    ],
)
def test_what_rides_on_a_cookie_from_anywhere_else_may_not(headers):
    assert not comes_from_us("POST", COOKIE | headers)
    assert comes_from_us("GET", COOKIE | headers)


def test_a_program_without_a_cookie_need_not_say_where_it_comes_from():
    assert comes_from_us("POST", {"host": "code.test"})
    assert not comes_from_us("POST", {"host": "code.test", "origin": "https://elsewhere.test"})
