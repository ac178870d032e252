"""What is wrong with a request, said so that it can be put right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a request from being planned.

    ``path`` leads to it by the JSON names of the request, ``detail`` is a sentence without personal data, ``hint`` says
    what would do instead, ``value`` is what stood there.
    """

    code: str
    path: tuple[str | int, ...]
    detail: str
    hint: str | None = None
    value: object = None
