"""Why visits are not in a plan: every insertion is tried, and the one that comes nearest to being legal is told.

found      what is said: obstacles, the best insertion
search     the insertions in turn
├── rules      what forbids a visit wherever it would go
├── gaps       what an insertion lacks, told by labels: quick, for all of them
├── shortfall  the same named and measured exactly, for those that come nearest
├── trial      times and cost of a legal insertion
└── nearby     which shifts are looked at on very large days
"""

from solver.reasons.found import Insertion, Obstacle, Unserved
from solver.reasons.search import unserved

__all__ = ["Insertion", "Obstacle", "Unserved", "unserved"]
