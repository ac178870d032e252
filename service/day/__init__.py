"""What planners talk about: visits, agents, shifts, the request for a day, and the plan that answers it.

Frozen dataclasses, aware datetimes. Field names are those of the JSON contract, so that a path through them
(``("visits", 3, "lock", "agent")``) names the same spot in both.
"""
