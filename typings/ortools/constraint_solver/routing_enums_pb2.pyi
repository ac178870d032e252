class LocalSearchMetaheuristic:
    GREEDY_DESCENT: int
    GUIDED_LOCAL_SEARCH: int

class FirstSolutionStrategy:
    PATH_CHEAPEST_ARC: int
