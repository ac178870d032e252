"""JSON read strictly."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.json_document import MOST_DIGITS, MalformedError, pointer_text, read_json


def malformed(raw: bytes) -> MalformedError:
    with pytest.raises(MalformedError) as caught:
        read_json(raw)
    return caught.value


def test_a_document_is_read_as_it_is() -> None:
    raw = b'\xef\xbb\xbf{"a": [1, -2.5, true, null, "\xc3\xa4"]}'

    assert {"a": [1, -2.5, True, None, "ä"]} == read_json(raw)


def test_the_spot_of_a_fault_is_told_by_line_and_column() -> None:
    assert "The body is not JSON: expecting value, line 2, column 6." == malformed(b'{"a":\n     }').detail


def test_a_key_that_stands_twice_is_found_wherever_it_is() -> None:
    assert ("x", 1, "b") == malformed(b'{"x": [{"b": 1}, {"b": 1, "c": 2, "b": 3}]}').pointer


def test_whole_numbers_may_be_longer_than_any_that_is_meant() -> None:
    digits = b"9" * MOST_DIGITS

    assert int(digits) == read_json(digits)
    assert "json_number_too_long" == malformed(digits + b"9").code


@given(st.binary())
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with suppress(MalformedError):
        read_json(raw)


def test_pointers_are_escaped_as_rfc_6901_says() -> None:
    assert "/a~1b/m~0n/0/" == pointer_text(("a/b", "m~n", 0, ""))
