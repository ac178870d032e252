"""Holes in a plan, for a descent to fill anew.

Strings of adjacent stops on a few neighbouring routes, after Christiaens and Vanden Berghe, "Slack Induction by String
Removals for Vehicle Routing Problems", Transportation Science 54 (2020): visits near each other leave room together.
"""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Final

from solver.engine.layout import Layout
from solver.engine.model import NodeRoutes

MOST_ROUTES: Final = 3
LONGEST_STRING: Final = 10


def ruin(routes: NodeRoutes, begun: Sequence[int], around: Iterable[int], random: Random) -> NodeRoutes:
    """The routes with strings of up to ten stops taken out of up to three of them; what has ``begun`` stays.

    ``begun`` has how many nodes stay at the beginning of each route; ``around`` are all nodes, from the middle of the
    hole outwards.
    """
    where = {node: (v, i) for v, route in enumerate(routes) for i, node in enumerate(route) if i >= begun[v]}
    left = list(routes)
    hit: set[int] = set()
    most = random.randint(1, MOST_ROUTES)
    for node in around:
        v, i = where.get(node, (-1, -1))
        if v < 0 or v in hit:
            continue
        route = routes[v]
        length = random.randint(1, min(LONGEST_STRING, len(route) - begun[v]))
        first = max(begun[v], min(i - random.randrange(length), len(route) - length))
        left[v] = route[:first] + route[first + length :]
        hit.add(v)
        if len(hit) == most:
            break
    return tuple(left)


def without_orphans(layout: Layout, routes: NodeRoutes) -> NodeRoutes:
    """The routes without later visits of links whose earlier ones were taken out; a model would refuse them."""
    links = layout.problem.links
    if not links:
        return routes
    visit_of = [way.served.visit for way in layout.nodes]
    kept = {visit_of[node] for route in routes for node in route}
    while orphans := {link.then for link in links if link.then in kept and link.first not in kept}:
        kept -= orphans
    return tuple(tuple(node for node in route if visit_of[node] in kept) for route in routes)
