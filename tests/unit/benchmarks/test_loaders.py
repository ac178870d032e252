"""Files of the literature become days whose figures are theirs."""

from pathlib import Path

from benchmarks.loaders import ortec, several_windows, solomon, toptw, vrplib
from solver.problem import Objective, Problem, StartWindow

SOLOMON = """R101

VEHICLE
NUMBER     CAPACITY
  2         200

CUSTOMER
CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

    0      0    0     0    0   230    0
    1      1    1    10   10    20    5
"""

VRPLIB = """NAME : C1_10_1
DIMENSION : 2
VEHICLES : 3
CAPACITY : 200
SERVICE_TIME : 90
NODE_COORD_SECTION
1 0 0
2 3 4
DEMAND_SECTION
1 0
2 10
TIME_WINDOW_SECTION
1 0 1824
2 200 270
PRIZE_SECTION
1 0
2 21
DEPOT_SECTION
1
-1
EOF
"""

ORTEC = """VEHICLES : 4
DIMENSION : 2
EDGE_WEIGHT_SECTION
0\t7
9\t0
SERVICE_TIME_SECTION
1\t0
2\t60
TIME_WINDOW_SECTION
1\t0\t900
2\t100\t200
DEPOT_SECTION
1
-1
EOF
"""


def windows(problem: Problem) -> list[tuple[StartWindow, ...]]:
    return [visit.options[0].windows for visit in problem.visits]


def toptw_folder(root: Path, name: str, rows: list[str]) -> Path:
    folder = root / "toptw"
    folder.mkdir()
    (folder / f"{name}.txt").write_text("\n".join(["4 19 100 1", "0 200", *rows]) + "\n")
    results = root / "toptw_results"
    results.mkdir()
    (results / "toptw_reference.csv").write_text(f"inst,m,best_known\n{name},2,17\n")
    return folder


def test_distances_of_solomon_are_cut_off_after_one_decimal(tmp_path: Path) -> None:
    folder = toptw_folder(tmp_path, "r101", ["0 0 0 0 0 0 0 0 230", "1 1 1 10.5 17 1 1 1 16 17"])
    day = toptw.load(folder, "r101.2")

    assert 14 == day.problem.travel[0].seconds[0, 1]
    assert [(StartWindow(160, 170),)] == windows(day.problem)
    assert (105, 17) == (day.problem.visits[0].options[0].service, day.problem.visits[0].options[0].prize)
    assert (2, 2300) == (len(day.problem.shifts), day.problem.shifts[0].closes)
    assert 17 == day.best_known


def test_distances_of_cordeau_are_cut_off_after_two_decimals(tmp_path: Path) -> None:
    folder = toptw_folder(tmp_path, "pr01", [" 0 0 0 0 0 0 0 0 1000", " 1 1 1 2 12 4 1 15 354 509"])

    assert 141 == toptw.load(folder, "pr01.1").problem.travel[0].seconds[0, 1]


def test_a_distance_that_is_whole_is_not_cut(tmp_path: Path) -> None:
    folder = toptw_folder(tmp_path, "r101", ["0 10 20 0 0 0 0 0 230", "1 10.3 20.4 0 17 1 1 1 16 17"])

    assert 5 == toptw.load(folder, "r101.1").problem.travel[0].seconds[0, 1]


def test_days_whose_best_known_plan_serves_everybody_are_not_chosen(tmp_path: Path) -> None:
    folder = toptw_folder(tmp_path, "r101", ["0 0 0 0 0 0 0 0 230", "1 1 1 10 17 1 1 1 16 17"])

    assert () == toptw.chosen(folder)


def test_early_doors_open_in_the_first_and_third_quarter_and_others_in_the_second_and_fourth(tmp_path: Path) -> None:
    (tmp_path / "MCTOPMTW-1-r101.txt").write_text(
        "1 100 471 2\n0 0 0 0.0 0.0 0 1236\n2 3 4 90 10 10 20.5 30 40 50 1 60\n3 3 4 90 10 10 20.5 30 40 50 0 60\n"
    )

    assert [
        (StartWindow(100, 205), StartWindow(300, 400)),
        (StartWindow(205, 300), StartWindow(400, 500)),
    ] == windows(several_windows.load(tmp_path, "r101.1").problem)


def test_everybody_is_required_on_solomons_days(tmp_path: Path) -> None:
    (tmp_path / "R101.txt").write_text(SOLOMON)
    (tmp_path / "R101.sol").write_text("Route #1: 1\nCost 2.8\n")
    day = solomon.load(tmp_path, "R101")

    assert [True] == [visit.required for visit in day.problem.visits]
    assert 14 == day.problem.travel[0].metres[0, 1]
    assert ((10,), (200,), 2) == (day.problem.visits[0].load, day.problem.shifts[0].capacity, len(day.problem.shifts))
    assert 28 == day.best_known


def test_a_day_with_prizes_is_planned_for_profit(tmp_path: Path) -> None:
    (tmp_path / "C1_10_1.vrp").write_text(VRPLIB)
    (tmp_path / "C1_10_1.sol").write_text("Cost: 245391\n")
    day = vrplib.load(tmp_path, "C1_10_1")

    assert Objective.PROFIT == day.problem.objective
    assert (210, 900) == (day.problem.visits[0].options[0].prize, day.problem.visits[0].options[0].service)
    assert 245391 == day.best_known


def test_half_of_the_vehicles_go_out_on_a_field_day(tmp_path: Path) -> None:
    (tmp_path / "ORTEC-VRPTW-ASYM-40856d69-d1-n217-k12.txt").write_text(ORTEC)
    day = ortec.load(tmp_path, "40856d69-n217")

    assert ("40856d69-n217",) == ortec.names(tmp_path)
    assert (2, 7, 9) == (len(day.problem.shifts), *day.problem.travel[0].seconds[[0, 1], [1, 0]].tolist())
    assert [(StartWindow(100, 200),)] == windows(day.problem)
    assert 1 <= day.problem.visits[0].options[0].prize <= 100
