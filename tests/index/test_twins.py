from index.twins import find_twins

CITY = "Our therapists in {} offer help with anxiety, grief and depression. " + " ".join(
    f"sentence number {n} about care" for n in range(40)
)


def test_pages_that_differ_by_a_name_are_twins_of_the_first():
    assert find_twins([CITY.format("Ajax"), "Something else entirely about fees.", CITY.format("Guelph")]) == [0, 1, 0]


def test_different_pages_stand_alone():
    assert find_twins(["sleep and mania", "grief after loss", "", "x"]) == [0, 1, 2, 3]


def test_the_same_page_twice_is_one():
    assert find_twins(["word"] * 3) == [0, 0, 0]
