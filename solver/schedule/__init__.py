"""When each shift leaves, serves, rests and is back: the times of given sequences.

    schedule        all shifts together, links included
    schedule_route  one shift by itself: course -> labels -> cheapest day -> route
    follow          legal or not, as a person would drive
    driving         how long the agent of a timed route is on the road, which a limit may forbid

Rules: a shift leaves at ``opens`` or later, drives, sets up where the place changes, starts each service in one of its
windows, takes its breaks in order between departure and finish but never during a service (those of long days if, and
only if, it lasts so long), and is back by ``closes`` plus overtime and within its limit of duration. Everything else
that makes a plan legal is decided elsewhere, with slowdowns also the limit of driving, which then depends on the times.

The cheapest day has the least cost, then the earliest finish, then the latest departure; its stops start as early as
that allows, and where a break may lie in several places one fixed rule chooses. Giving a day's own starts back
therefore gives the same day.

Where slowdowns make days longer or shorter, the cheapest of the days that are tried is taken (``departures``); and a
break on a leg begins as soon as it may, though it might cost less time later. Such days are legal all the same.
"""

from solver.schedule.driven import driven, driving, keeps_to_its_driving
from solver.schedule.follow import follow
from solver.schedule.joint import schedule
from solver.schedule.single import schedule_route

__all__ = ["driven", "driving", "follow", "keeps_to_its_driving", "schedule", "schedule_route"]
