"""When each shift leaves, serves, rests and is back: the times of given sequences.

    schedule        all shifts together, links included
    schedule_route  one shift by itself: course -> labels -> cheapest day -> route
    follow          legal or not, as a person would drive

Rules: a shift leaves at ``opens`` or later, drives, sets up where the place changes, starts each service in one of its
windows, takes its breaks in order between departure and finish but never during a service (those of long days if, and
only if, it lasts so long), and is back by ``closes``
plus overtime and within its limit of duration. Everything else that makes a plan legal is decided elsewhere.

The cheapest day has the least cost, then the earliest finish, then the latest departure; its stops start as early as
that allows, and where a break may lie in several places one fixed rule chooses. Giving a day's own starts back
therefore gives the same day.
"""

from solver.schedule.follow import follow
from solver.schedule.joint import schedule
from solver.schedule.single import schedule_route

__all__ = ["follow", "schedule", "schedule_route"]
