"""Instance sets of the literature: files -> Instance.

folder     where the files lie
plane      travel between points of the plane, rounded as each set's literature rounds
    toptw, several_windows, solomon, vrplib, ortec

Each module tells the format of its files; none of them is shipped.
"""
