import numpy as np
import onnxruntime
import pytest
import torch

from evaluation.reader_network import EVIDENCE, INPUTS, ReaderNetwork, export_network

TOKENS = 8


def made_up(words: int, sentences: int, long: int, heading: int) -> tuple[torch.Tensor, ...]:
    torch.manual_seed(words)
    shapes = ((1, words, 2 * TOKENS), (1, words), (1, sentences, long, TOKENS), (1, sentences, heading, TOKENS), (1, sentences, EVIDENCE))
    return tuple(torch.rand(shape) for shape in shapes)


@pytest.fixture(scope="module")
def network() -> ReaderNetwork:
    torch.manual_seed(1)
    return ReaderNetwork(TOKENS).eval()


@pytest.fixture(scope="module")
def session(network: ReaderNetwork) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(export_network(network, space="s"))


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (4, 12, 30, 5), (28, 3, 48, 16)])
def test_the_exported_graph_says_what_the_network_says(
    network: ReaderNetwork, session: onnxruntime.InferenceSession, shape: tuple[int, int, int, int]
):
    inputs = made_up(*shape)
    with torch.no_grad():
        own = network(*inputs).numpy()
    named = {name: value.numpy() for name, value in zip(INPUTS, inputs, strict=True)}
    np.testing.assert_allclose(session.run(None, named)[0], own, atol=1e-4)
    assert session.get_modelmeta().custom_metadata_map["space"] == "s"


def test_what_only_fills_up_changes_nothing(network: ReaderNetwork):
    question, rarity, sentences, headings, cosines = made_up(3, 2, 5, 2)
    wider = (
        torch.cat([question, torch.zeros(1, 4, 2 * TOKENS)], 1),
        torch.cat([rarity, torch.zeros(1, 4)], 1),
        torch.cat([sentences, torch.zeros(1, 2, 6, TOKENS)], 2),
        torch.cat([headings, torch.zeros(1, 2, 3, TOKENS)], 2),
        cosines,
    )
    with torch.no_grad():
        torch.testing.assert_close(network(*wider), network(question, rarity, sentences, headings, cosines))
