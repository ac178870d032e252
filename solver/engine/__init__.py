"""Everything that imports OR-Tools: engines that propose which shift serves what in which order.

    routing          a day as routing models: phases, and pieces of large days
    ├── piece        neighbouring shifts and their visits
    ├── layout       visits -> nodes, shifts -> vehicles, places -> terminals
    ├── weights      prizes and costs on a scale that cannot overflow
    ├── build        a model, one function per feature, over the matrices of transits
    ├── model        plans in and out
    └── rounds       ruin: holes in a plan; descent: local search that fills them
    polish           descents from the final plan of another search
    recombine        the best plan out of the routes of a pool
    ├── levels       the objective, as numbers for columns
    ├── selection    set packing
    └── cpsat        CP-SAT, so that it can be told to stop
    bound            how much any plan can collect, proved

Nothing here is believed: an engine hands over sequences, times and scores are found by code that knows no engine.
"""
