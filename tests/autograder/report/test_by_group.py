"""Groups side by side: who is in several counts in each, and numbers are read as numbers."""

from autograder.gradebook.groups import in_order
from autograder.report.by_group import Group, by_group
from autograder.report.student_rows import StudentRow, UnitMark


def row(points: float, *groups: str, problem: bool = False) -> StudentRow:
    mark = UnitMark("1_convolucion", points, 20, problem=problem)
    return StudentRow("x", (mark,), points, 20, "", groups=groups)


def test_who_is_in_several_counts_in_each():
    rows = [row(20, "A", "B"), row(10, "A"), row(0, "B", problem=True), row(5)]
    assert by_group(rows) == [Group("A", 2, 0.75, 0), Group("B", 2, 0.5, 1)]
    assert by_group([row(5)]) == []


def test_ten_comes_after_nine_and_capitals_count_nothing():
    names = ["grupo 10", "Grupo 9", "3", "alfa", "Beta", "12"]
    assert sorted(names, key=in_order) == ["3", "12", "alfa", "Beta", "Grupo 9", "grupo 10"]
