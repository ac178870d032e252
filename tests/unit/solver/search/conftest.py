"""Days of a few visits laid out as days of thousands are."""

import pytest

from solver.search.layout import legs, near


@pytest.fixture
def vast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any day is vast, and of all points only the nearest one is near, and the point itself."""
    monkeypatch.setattr(legs, "VAST", 0)
    monkeypatch.setattr(near, "BESIDE", 2)
