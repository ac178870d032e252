"""Money and value in whole numbers."""

from service.scale import amount, whole, whole_per_metre, whole_per_second


def test_an_hour_at_an_hourly_rate_costs_exactly_that_rate() -> None:
    assert whole(22.35) == 3600 * whole_per_second(22.35)


def test_a_kilometre_costs_exactly_its_rate() -> None:
    assert whole(0.42) == 1000 * whole_per_metre(0.42)


def test_an_amount_comes_back_as_it_was() -> None:
    assert [0.0, 0.01, 80.0, 1234.5678] == [amount(whole(figure)) for figure in (0.0, 0.01, 80, 1234.5678)]
