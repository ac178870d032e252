"""What makes no sense cannot be said."""

import pytest

from solver.problem import LONGEST_DAY, NORMAL_PACE, Slowdown
from tests.builders import half_pace, street

REFUSED = [
    ("a slowdown must open at >= 0 and close later.", (-1, 10, 5_000)),
    ("a slowdown must open at >= 0 and close later.", (10, 10, 5_000)),
    ("a slowdown must lie within the horizon.", (10, LONGEST_DAY + 1, 5_000)),
    ("a pace must be between 1 and NORMAL_PACE.", (10, 20, 0)),
    ("a pace must be between 1 and NORMAL_PACE.", (10, 20, NORMAL_PACE + 1)),
]


@pytest.mark.parametrize(("sentence", "given"), REFUSED)
def test_a_slowdown_that_makes_no_sense_is_refused(sentence: str, given: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=sentence):
        Slowdown(*given)


def test_slowdowns_follow_each_other() -> None:
    touching = street(slowdowns=[half_pace(0, 10), half_pace(10, 20)])

    assert 2 == len(touching.slowdowns)
    for overlapping in ([half_pace(0, 11), half_pace(10, 20)], [half_pace(10, 20), half_pace(0, 10)]):
        with pytest.raises(ValueError, match="slowdowns must be sorted and disjoint"):
            street(slowdowns=overlapping)
