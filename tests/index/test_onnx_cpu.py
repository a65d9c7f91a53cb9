import subprocess
import sys

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import WhitespaceSplit

from index.embedders.onnx_cpu import ASKING, ExportedModel, Inputs, OnnxEmbedder, Tokens, TokenVectors
from index.schema import FloatMatrix


def test_openvino_is_opened_without_its_telemetry():
    code = "from index.embedders.onnx_cpu import usable_engines as u; import sys; print(u(), sys.modules['openvino_telemetry'])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True).stdout
    assert "onnxruntime" in told
    assert told.strip().endswith("None")


def small_embedder(runs: list[Tokens], *, asks: bool = False) -> OnnxEmbedder:
    """An embedder of five words, without a question prompt, that notes what its engine was run on.

    Where it `asks` the vector of a question is the opposite of a passage's.
    """
    words = {word: number for number, word in enumerate(("[UNK]", "sleep", "diary", "can't", "rest"))}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), WhitespaceSplit()

    def engine(inputs: Inputs) -> tuple[FloatMatrix, TokenVectors]:
        """The sum of a text's numbers, twice, and each number itself."""
        assert (ASKING in inputs) == asks
        ids = inputs["input_ids"]
        runs.append(ids)
        sums = np.repeat(ids.sum(axis=1, keepdims=True), 2, axis=1).astype(np.float32)
        signs = 1 - 2 * (inputs[ASKING][:, None] > 0) if asks else 1
        return sums * signs, ids[:, :, None].astype(np.float32)

    return OnnxEmbedder(ExportedModel("small", "digest", 2, 16, "none", "", "basis", asks=asks), tokenizer, engine)


def test_what_somebody_types_is_embedded_once_for_the_search_and_for_the_vote():
    runs: list[Tokens] = []
    embedder = small_embedder(runs)
    asked = embedder.embed_question("Sleep diary")
    both = embedder.embed_passages(["sleep diary", "SLEEP diary"])
    assert len(runs) == 1
    assert np.array_equal(both, np.stack([asked, asked]))


def test_a_build_embeds_in_batches_and_fills_no_memory_for_questions():
    runs: list[Tokens] = []
    embedder = small_embedder(runs)
    assert embedder.embed_passages(["sleep"] * 5).shape == (5, 2)
    assert len(runs) == 1
    embedder.embed_question("sleep")
    assert len(runs) == 2


def test_nobody_can_change_a_vector_that_is_remembered():
    with pytest.raises(ValueError, match="read-only"):
        small_embedder([]).embed_question("sleep")[0] = 1.0


def test_each_text_gets_the_vectors_of_its_own_tokens_whatever_it_shares_a_batch_with():
    texts = ["rest", "sleep diary can't", "sleep diary"]
    read = list(small_embedder([]).read_passages(texts))
    assert [one.token_ids.tolist() for one in read] == [[4], [1, 2, 3], [1, 2]]
    assert [one.tokens[:, 0].tolist() for one in read] == [[4.0], [1.0, 2.0, 3.0], [1.0, 2.0]]
    assert [one.whole[0] for one in read] == [4.0, 6.0, 3.0]
    assert [one.starts.tolist() for one in read] == [[0], [0, 6, 12], [0, 6]]


def test_a_question_is_read_once_for_its_vector_and_its_tokens():
    runs: list[Tokens] = []
    embedder = small_embedder(runs)
    read = embedder.read_question("sleep diary")
    assert np.array_equal(embedder.embed_question("sleep diary"), read.whole)
    assert (len(runs), read.token_ids.tolist()) == (1, [1, 2])


@pytest.mark.parametrize("many", [1, 5])
def test_passages_are_never_read_as_questions(many: int):
    embedder = small_embedder([], asks=True)
    assert embedder.embed_passages(["sleep diary"] * many)[:, 0].tolist() == [3.0] * many
    assert [read.whole[0] for read in embedder.read_passages(["sleep diary"] * many)] == [3.0] * many
    assert embedder.embed_question("sleep diary")[0] == 3.0


def test_what_is_asked_is_read_in_the_same_run_as_what_it_is_about():
    runs: list[Tokens] = []
    embedder = small_embedder(runs, asks=True)
    read = embedder.read_question("sleep diary")
    assert (read.whole.tolist(), read.asked.tolist(), len(runs)) == ([3.0, 3.0], [-3.0, -3.0], 1)
    assert embedder.embed_passages(["sleep diary"])[0].tolist() == [3.0, 3.0]
    assert len(runs) == 1


def test_without_an_adapter_a_question_asks_for_what_it_is_about():
    read = small_embedder([]).read_question("sleep diary")
    assert np.array_equal(read.whole, read.asked)
