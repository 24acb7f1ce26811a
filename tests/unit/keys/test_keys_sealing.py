import pytest

from yimatong.keys import CannotOpen, new_keys, rotate

CONTEXT = b"people.name:0123456789abcdef"


@pytest.mark.requirement("YM-09")
def test_what_is_sealed_opens_in_its_context_and_shows_nothing(keys):
    sealed = keys.seal("赵试验".encode(), CONTEXT)
    assert "赵试验".encode() not in sealed
    assert len(sealed) == len("赵试验".encode()) + 36
    assert keys.open(sealed, CONTEXT) == "赵试验".encode()


def test_the_same_text_sealed_twice_looks_different(keys):
    assert keys.seal(b"same", CONTEXT)[4:] != keys.seal(b"same", CONTEXT)[4:]


def test_what_is_copied_to_another_row_does_not_open_there(keys):
    sealed = keys.seal(b"secret", CONTEXT)
    with pytest.raises(CannotOpen):
        keys.open(sealed, b"people.name:another person..")


def test_no_byte_of_what_is_sealed_can_be_changed(keys):
    sealed = keys.seal(b"secret", CONTEXT)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(CannotOpen):
            keys.open(bytes(altered), CONTEXT)


@pytest.mark.parametrize("length", range(0, 40, 3))
def test_what_is_cut_off_does_not_open_and_raises_nothing_else(keys, length):
    with pytest.raises(CannotOpen):
        keys.open(keys.seal(b"secret", CONTEXT)[:length], CONTEXT)


def test_another_installations_ring_opens_nothing(keys, randomness, clock):
    other = new_keys("test", (), randomness, clock.now())
    with pytest.raises(CannotOpen):
        other.open(keys.seal(b"secret", CONTEXT), CONTEXT)


def test_after_a_rotation_the_old_opens_and_the_new_is_used(keys, clock):
    sealed = keys.seal(b"secret", CONTEXT)
    rotated = rotate(keys, "sealing", clock.now())
    assert rotated.open(sealed, CONTEXT) == b"secret"
    assert rotated.seal(b"secret", CONTEXT)[:4] == rotated.sealing[-1].id != sealed[:4]
