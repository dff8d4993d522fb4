"""Who each person of a classroom is: nobody gets another's folder, whatever they are called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.campus.people import Student, who_is_known, who_they_are
from autograder.campus.worksheet import Person
from autograder.course.names import name_problem

NAMES = st.one_of(
    st.text(max_size=130),
    st.sampled_from(["Ana", "ana", "Ana (7)", "<Ana>", "{Ana}", "An\u0303a", "Aña", "..", "", "*"]),
)
PEOPLE = st.lists(
    st.builds(Person, row=st.just(1), number=st.integers(1, 30), name=NAMES, email=NAMES),
    max_size=6,
    unique_by=lambda person: person.number,
)


@given(
    PEOPLE, st.lists(st.builds(Student, id=st.sampled_from(["Ana", "x", "ana (7)"])), max_size=2)
)
def test_each_has_one_folder_that_any_disk_and_any_page_takes(people, known):
    found = who_they_are(people, known)
    assert set(found) == {person.number for person in people}
    assert len({student.casefold() for student in found.values()}) == len(people)
    there = {student.id for student in known}
    assert [
        name_problem(one) for one in found.values() if one not in there and name_problem(one)
    ] == []


def test_a_name_that_looks_like_one_with_a_number_is_of_one_person():
    people = [Person(1, 2, "", "ANA&(7)"), Person(1, 7, "", ":ANA")]
    assert who_they_are(people, [Student("Ana")]) == {2: "ANA (7)", 7: "ANA (7, 1)"}


def test_of_two_of_one_name_neither_takes_the_place_of_the_one_there_was():
    twins = [Person(1, 7, "Ana López"), Person(2, 8, "Ana López")]
    known = [Student("alopez", "Ana", "López")]
    assert who_is_known(twins, known) == {}
    assert who_is_known(twins[:1], known) == {7: "alopez"}
    assert set(who_they_are(twins, known).values()) == {"Ana López (7)", "Ana López (8)"}


def test_who_only_shares_a_name_is_somebody_else():
    known = [Student("alopez", "Ana", "López", email="ana@uni.edu", lms="A1")]
    other = Person(1, 7, "Ana López", email="otra@uni.edu")
    assert who_they_are([other], known) == {7: "otra@uni.edu"}
    assert who_they_are([Person(1, 7, "Otro nombre", email="ANA@uni.edu")], known) == {7: "alopez"}
    assert who_they_are([Person(1, 7, "Otro nombre", idnumber="a1")], known) == {7: "alopez"}
    assert who_they_are([Person(1, 7, "Otro nombre", username="Alopez")], known) == {7: "alopez"}


def test_what_was_known_of_a_number_stays_though_its_name_changes():
    assert who_they_are([Person(1, 7, "Ana Nueva")], [], {7: "alopez"}) == {7: "alopez"}
