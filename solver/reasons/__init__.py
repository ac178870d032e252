"""Why visits are not in a plan: every insertion is tried, and the one that comes nearest to being legal is told.

found      what is said: obstacles, the best insertion
search     the visits in turn
├── compare    what every insertion lacks: all of them at once
│   ├── ways       the visits' options as arrays
│   ├── gaps       time, driving and distance, told by labels
│   │   └── moves      one step of a label, for many moves
│   └── rules      what forbids a visit wherever it would go
├── shortfall  the same named and measured exactly, for those that come nearest
│   └── slack      which rules are worth easing
└── trial      times and cost of a legal insertion
"""

from solver.reasons.found import Insertion, Obstacle, Unserved
from solver.reasons.search import unserved

__all__ = ["Insertion", "Obstacle", "Unserved", "unserved"]
