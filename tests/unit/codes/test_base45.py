import base45 as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimatong.codes import base45


@pytest.mark.parametrize(
    ("plain", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")],
)
def test_the_examples_of_rfc_9285(plain, text):
    assert base45.encode(plain) == text
    assert base45.decode(text) == plain


@given(st.binary(max_size=400))
def test_bytes_come_back_and_are_written_as_the_reference_writes_them(data):
    text = base45.encode(data)
    assert text == reference.b45encode(data).decode()
    assert base45.decode(text) == data


@given(st.text(base45.ALPHABET, max_size=40))
def test_any_text_of_the_alphabet_is_read_or_refused_as_the_reference_does(text):
    try:
        expected = reference.b45decode(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"stands for no byte|above 65535"):
            base45.decode(text)
    else:
        assert base45.decode(text) == expected


@pytest.mark.parametrize("text", ["GGX", ":::", "A", "::", "ab8", "BB8é", "BB8\x00", "一码通"])
def test_what_stands_for_no_bytes_is_a_value_error(text):
    with pytest.raises(ValueError):  # noqa: PT011  UnicodeEncodeError is one, too
        base45.decode(text)
