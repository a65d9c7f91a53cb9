import time

from evaluation.timing import time_in_turn


def spin(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_works_take_turns_and_the_fastest_round_counts():
    done = []
    waits = iter([0.08, 0.02, 0.05])

    def uneven():
        done.append("uneven")
        spin(next(waits))
        return len(done)

    timed = time_in_turn({"uneven": uneven, "quick": lambda: done.append("quick")}, rounds=3, before=lambda: done.append("-"))
    assert done == ["-", "uneven", "-", "quick"] * 3
    assert 0.02 <= timed["uneven"].seconds < 0.05
    assert timed["uneven"].result == 10
