from importlib.util import find_spec
from pathlib import Path

import pytest

from evaluation.fuzz_queries import measure_fuzz


@pytest.mark.skipif(find_spec("atheris") is None, reason="the fuzzer is no requirement: pip install atheris")
def test_no_query_that_the_fuzzer_makes_up_fails(small_index: Path):
    figures = measure_fuzz(small_index, seconds=5)
    assert figures["failures"] == 0
    assert figures["runs"] > 50


@pytest.mark.skipif(find_spec("atheris") is not None, reason="the fuzzer is installed")
def test_without_the_fuzzer_it_is_said_how_to_get_it(small_index: Path):
    with pytest.raises(ModuleNotFoundError, match="pip install"):
        measure_fuzz(small_index)
