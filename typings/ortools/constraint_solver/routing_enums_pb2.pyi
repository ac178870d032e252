class LocalSearchMetaheuristic:
    GREEDY_DESCENT: int
