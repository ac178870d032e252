from typing import TypedDict

class Step(TypedDict):
    type: str
    id: int

class Route(TypedDict):
    vehicle: int
    steps: list[Step]

class Answer(TypedDict):
    routes: list[Route]

class Solution:
    def to_dict(self) -> Answer: ...
