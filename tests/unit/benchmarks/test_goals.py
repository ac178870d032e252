"""Whether the figures to reach are reached, part by part."""

from dataclasses import replace
from functools import partial
from math import inf

import pytest

from benchmarks import checks
from benchmarks.checks import Finding, Measured, measured
from benchmarks.goals import GOALS, answers, findings
from benchmarks.instance import Measure
from benchmarks.records import Record
from benchmarks.sets import SETS
from tests.unit.benchmarks.test_standings import row


def on(*rows: Record) -> Measured:
    return measured(rows, 1, Measure.VALUE)


def said(finding: Finding) -> tuple[str, bool]:
    return finding.found, finding.reached


def test_every_set_with_a_goal_says_how_it_is_read_under_limits_that_are_measured() -> None:
    with_a_goal = {name for name, of_set in SETS.items() if not of_set.goal.startswith("no goal")}

    assert with_a_goal == set(GOALS)
    assert all(part.limit in SETS[name].limits for name, parts in GOALS.items() for part in parts)


@pytest.mark.parametrize("name", GOALS)
def test_what_was_not_measured_is_not_reached(name: str) -> None:
    assert {("", False)} == {said(finding) for _, finding in findings(name, [])}


def test_the_answer_has_a_line_a_part_with_its_figure() -> None:
    rows = [row("ours", "90", set_name="solomon", limit_s="5", measure="cost", best_known="90")]

    assert "- 5 s: mean gap <= 0.12 %: 0.00 % over 1 days, reached\n- 5 s: mean gap below pyvrp's: not measured" == (
        answers("solomon", rows)
    )


def test_a_set_without_a_goal_has_no_answer() -> None:
    assert answers("town", []) == ""


def test_a_mean_gap_is_that_of_days_and_a_day_without_a_plan_is_infinitely_far() -> None:
    gap = partial(checks.mean_gap, most=10)
    rows = [row("ours", "90", best_known="100"), row("ours", "94", day="d2", best_known="100")]

    assert ("8.00 % over 2 days", True) == said(gap(on(*rows)))
    assert (f"{inf} % over 2 days", False) == said(gap(on(rows[0], replace(rows[1], figure=""))))


def test_one_far_day_fails_the_worst_gap() -> None:
    rows = [row("ours", "99", best_known="100"), row("ours", "98", day="d2", best_known="100")]

    assert ("2.00 % at worst", False) == said(checks.worst_gap(on(*rows), most=1.5))


def test_best_of_all_counts_days_on_which_no_rival_is_ahead() -> None:
    rows = [
        *(row("ours", "90", day=day) for day in ("d1", "d2", "d3")),
        *(row("pyvrp-10", value, day=day) for day, value in (("d1", "90"), ("d2", "91"), ("d3", "80"))),
        *(row("vroom", value, day=day) for day, value in (("d1", "80"), ("d2", "80"), ("d3", "91"))),
        row("routing", "99"),
    ]

    assert ("1 of 3 days against pyvrp, vroom", False) == said(checks.best_of_all(on(*rows), share=0.5))
    assert ("2 of 3 days", True) == said(checks.at_least(on(*rows), rival="vroom", share=0.5))


def test_nobody_is_best_where_nobody_has_a_plan() -> None:
    rows = [row("ours", "", faults="x"), row("vroom", "", faults="x")]

    assert not checks.best_of_all(on(*rows)).reached


def test_travel_is_compared_with_every_rival_though_our_value_is_higher() -> None:
    rows = [row("ours", "95", cost="90"), row("vroom", "90", cost="100"), row("pyvrp-10", "80", cost="92")]

    assert ("-10.00 % at worst", True) == said(checks.cost_below(on(*rows[:2]), by=5))
    assert ("-2.17 % at worst", False) == said(checks.cost_below(on(*rows), by=5))


def test_where_value_ties_travel_is_compared_with_the_best_rival_only() -> None:
    rows = [row("ours", "90", cost="101"), row("vroom", "90", cost="100"), row("pyvrp-10", "80", cost="50")]

    assert ("1.00 % at worst", True) == said(checks.cost_at_ties(on(*rows), above=1))
    assert ("no day ties", True) == said(checks.cost_at_ties(on(rows[0], row("vroom", "91")), above=1))


def test_means_are_compared_over_the_days_that_both_were_given() -> None:
    rows = [
        row("ours", "90", best_known="100"),
        row("ours", "10", day="d2", best_known="100"),
        row("pyvrp-10", "89", best_known="100"),
    ]

    assert ("90.0 to 89.0", True) == said(checks.mean_above(on(*rows), rival="pyvrp"))
    assert ("10.00 % to 11.00 %", True) == said(checks.gap_below(on(*rows), rival="pyvrp"))


def test_times_and_memory_are_those_of_the_worst_run() -> None:
    fast = row("ours", "90", first_plan_s="0.5", elapsed_s="1.5", peak_mb="900")
    slow = replace(fast, seed="2", first_plan_s="1.1", elapsed_s="2.1", peak_mb="1600")

    assert [("0.50 s at worst", True), ("0.50 s at worst", True), ("900.00 MB at worst", True)] == _times(fast)
    assert [("1.10 s at worst", False), ("1.10 s at worst", False), ("1600.00 MB at worst", False)] == _times(
        fast, slow
    )


def test_days_are_proved_not_runs() -> None:
    rows = [
        *(row("ours", "99", seed=seed, value_bound="100") for seed in "123"),
        row("ours", "98", day="d2", value_bound="100"),
    ]

    assert ("1 of 2 days", False) == said(checks.proved(on(*rows), share=0.6))


def test_a_run_without_a_legal_plan_fails_the_checker() -> None:
    rows = [row("ours", "99"), row("ours", "", seed="2", faults="time_window")]

    assert ("1 of 2 runs", False) == said(checks.legal(on(*rows)))


def _times(*rows: Record) -> list[tuple[str, bool]]:
    return [said(check(on(*rows), most)) for check, most in _BOUNDS]


_BOUNDS = ((checks.first_plan, 1), (checks.overrun, 1), (checks.memory, 1500))
