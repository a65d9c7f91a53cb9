from evaluation.ingest_scale import measure_ingest_scale


def test_time_and_memory_are_told_for_both_sizes(tmp_path):
    (tmp_path / "one.html").write_text("<main><h1>One</h1>" + "<p>A sentence of a page that is not very long.</p>" * 20)
    figures = measure_ingest_scale(tmp_path, sizes=(10, 100))
    assert set(figures) == {"seconds_10", "memory_mb_10", "seconds_100", "memory_mb_100", "time_growth", "memory_growth"}
    assert figures["seconds_100"] > figures["seconds_10"] > 0
    assert 0.2 < figures["time_growth"] < 3
