"""Whether a request is planned with travel times of its own."""

from service.day.request import Travel


def brings_matrices(travel: Travel) -> bool:
    """Whether the request is planned with its own matrices."""
    return travel.source == "matrix" or (travel.source == "auto" and bool(travel.matrices))
