"""Who is ahead, day by day."""

from benchmarks.records import FIELDS, Record
from benchmarks.standings import Standing, standings


def row(method: str, figure: str, **given: str) -> Record:
    defaults = {"set_name": "s", "day": "d1", "limit_s": "1", "seed": "1", "measure": "value", "elapsed_s": "1"}
    figures = {"method": method, "figure": figure, "value": figure or "0", "cost": "100", "peak_mb": "1"}
    return Record(**{**dict.fromkeys(FIELDS, ""), **defaults, **figures, **given})


def of(method: str, *rows: Record) -> Standing:
    return next(standing for standing in standings(rows) if standing.method == method)


def test_pyvrp_counts_with_the_best_of_its_weights() -> None:
    rows = [row("ours", "90"), row("pyvrp-10", "80"), row("pyvrp-30", "95")]

    assert (0, 0, 1) == of("pyvrp", *rows).against
    assert (1, 0, 0) == of("pyvrp-10", *rows).against


def test_a_day_counts_with_the_mean_over_its_seeds() -> None:
    rows = [row("ours", "90"), row("ours", "92", seed="2"), row("vroom", "91")]

    assert (0, 1, 0) == of("vroom", *rows).against


def test_less_is_better_where_cost_counts() -> None:
    assert (1, 0, 0) == of("vroom", row("ours", "90", measure="cost"), row("vroom", "91", measure="cost")).against


def test_no_plan_loses_to_any_plan() -> None:
    rows = [row("ours", "90"), row("vroom", "", faults="time_window")]

    assert ((1, 0, 0), 1) == (of("vroom", *rows).against, of("vroom", *rows).failed)


def test_a_day_on_which_one_seed_has_no_plan_has_none() -> None:
    rows = [row("ours", "100"), row("ours", "", seed="2", faults="x"), row("vroom", "99")]

    assert (0, 0, 1) == of("vroom", *rows).against
    assert [] == of("ours", *rows).gaps


def test_a_seed_has_a_plan_if_any_weight_has() -> None:
    rows = [row("ours", "90"), row("pyvrp-10", "", faults="x"), row("pyvrp-30", "80")]

    assert (1, 0, 0) == of("pyvrp", *rows).against


def test_vroom_counts_with_the_better_of_its_two_ways() -> None:
    rows = [row("ours", "90"), row("vroom", "", faults="killed"), row("vroom-0", "95")]

    assert (0, 0, 1) == of("vroom", *rows).against


def test_a_day_that_we_were_not_given_is_neither_won_nor_lost() -> None:
    assert (1, 0, 0) == of("vroom", row("ours", "9"), row("vroom", "8"), row("vroom", "8", day="d2")).against


def test_the_gap_is_that_to_the_best_known_figure() -> None:
    assert [10.0] == of("ours", row("ours", "90", best_known="100")).gaps


def test_without_a_best_known_figure_the_gap_is_that_to_the_best_found_under_any_limit() -> None:
    rows = [row("ours", "90"), row("vroom", "120", limit_s="10")]

    assert [25.0] == of("ours", *rows).gaps


def test_costs_are_compared_on_days_of_equal_value() -> None:
    rows = [
        row("ours", "90", cost="90"),
        row("vroom", "90", cost="100"),
        row("ours", "90", day="d2", cost="500"),
        row("vroom", "80", day="d2", cost="100"),
    ]

    assert 0.9 == of("vroom", *rows).cost_ratio


def test_a_value_within_one_per_cent_of_its_bound_is_proved() -> None:
    assert 1 == of("ours", row("ours", "99", value_bound="100"), row("ours", "98", day="d2", value_bound="100")).proved


def test_a_day_is_proved_if_every_seed_proves_it() -> None:
    assert 1 == of("ours", *(row("ours", "99", seed=seed, value_bound="100") for seed in "123")).proved
    assert 0 == of("ours", row("ours", "99", value_bound="100"), row("ours", "99", seed="2")).proved


def test_a_method_that_cannot_be_told_the_problem_has_no_row() -> None:
    assert ["ours"] == [found.method for found in standings([row("ours", "9"), row("gls", "", unsupported="breaks")])]
