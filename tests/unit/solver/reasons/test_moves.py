"""Many moves at once take as long as each of them by itself."""

from random import Random

import numpy as np

from solver.problem import NORMAL_PACE, Slowdown
from solver.reasons.moves import Road, onwards, start_from
from solver.schedule import labels
from solver.schedule.moments import FAR, NEVER, Rest
from solver.schedule.pace import Pace

SLOWDOWNS = (Slowdown(10, 30, NORMAL_PACE // 2), Slowdown(30, 35, 900), Slowdown(50, 60, 3333))


def test_labels_of_many_moves_are_those_of_each_of_them() -> None:
    for seed in range(200):
        draw = Random(seed)  # noqa: S311 - moves, not secrets
        breaks = _breaks(draw)
        ready = [sorted([draw.randint(0, 60) for _ in range(len(breaks) + 1)]) for _ in range(20)]
        ready = [[FAR if draw.random() < 0.2 else there for there in label] for label in ready]
        travel = [draw.choice([0, draw.randint(1, 30)]) for _ in ready]
        setup = [draw.choice([0, draw.randint(1, 5)]) for _ in ready]
        for road, pace in ((None, None), (Road(SLOWDOWNS), Pace(SLOWDOWNS))):
            many = onwards(road, list(np.array(ready).T), np.array(travel), np.array(setup), breaks)
            single = [labels.onwards(pace, *each, breaks) for each in zip(ready, travel, setup, strict=True)]

            assert _capped(single) == _capped(np.array(many).T.tolist())


def test_many_starts_are_those_of_each_stop() -> None:
    windows = ((3, 5), (8, 8), (10, 20))
    opens, closes = np.array([[opens] for opens, _ in windows]), np.array([[closes] for _, closes in windows])
    ready = np.array([*range(25), FAR])

    expected = [labels.start_from(windows, moment) for moment in ready.tolist()]

    assert expected == start_from(opens, closes, ready).tolist()


def test_a_window_that_is_none_is_never_open() -> None:
    opens, closes = np.array([[3], [FAR]]), np.array([[5], [NEVER]])

    assert [3, FAR] == start_from(opens, closes, np.array([0, 6])).tolist()


def _breaks(draw: Random) -> list[Rest]:
    breaks: list[Rest] = []
    earliest = draw.randint(0, 20)
    for _ in range(draw.randint(0, 3)):
        breaks.append(Rest(earliest, earliest + draw.choice([0, 5, 20]), draw.randint(1, 9)))
        earliest += draw.randint(0, 25)
    return breaks


def _capped(times: list[list[int]]) -> list[list[int]]:
    """Whatever is FAR or later cannot be done."""
    return [[min(there, FAR) for there in label] for label in times]
