import numpy as np
import pytest
import torch

from index.embedders.sentence_transformer import model_folder, weights_digest
from index.question_adapter import Factors, adapt_model, adapter_for, bundled_adapter, read_adapter, write_adapter

LAYERS = {"first": Factors(np.ones((2, 3), np.float32), np.full((4, 2), 0.5, np.float32))}


def test_what_is_written_is_read_again_and_named_by_its_content():
    content = write_adapter("weights", LAYERS)
    adapter = read_adapter(content)
    assert (adapter.model, list(adapter.layers)) == ("weights", ["first"])
    assert np.array_equal(adapter.layers["first"].down, LAYERS["first"].down)
    assert np.array_equal(adapter.layers["first"].up, LAYERS["first"].up)
    other = {"first": Factors(2 * LAYERS["first"].down, LAYERS["first"].up)}
    assert adapter.digest != read_adapter(write_adapter("weights", other)).digest
    assert write_adapter("weights", LAYERS) == content


def test_the_bundled_adapter_is_the_packaged_models_and_no_others():
    assert adapter_for(weights_digest(model_folder())) is bundled_adapter()
    assert adapter_for("of another model") is None


def test_the_bundled_adapter_changes_every_layer_a_little():
    for name, factors in bundled_adapter().layers.items():
        assert name.startswith("encoder.layer."), name
        assert factors.down.shape[0] == factors.up.shape[1] <= 64, name
        assert np.linalg.norm(factors.up @ factors.down) > 0, name


def test_a_file_that_is_no_adapter_is_refused():
    with pytest.raises((ValueError, KeyError)):
        read_adapter(b"nonsense")


class Network(torch.nn.Module):
    """One linear layer from 3 to 4."""

    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Linear(3, 4)

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return self.first(hidden)


def test_rows_are_changed_as_far_as_they_ask():
    network, hidden = Network(), torch.randn(3, 2, 3)
    with torch.no_grad():
        before = network(hidden)
        added = hidden @ torch.from_numpy(LAYERS["first"].up @ LAYERS["first"].down).T
        asking = adapt_model(network, LAYERS)
        assert torch.equal(network(hidden), before)
        asking.share = torch.tensor([0.0, 1.0, 0.5])[:, None, None]
        after = network(hidden)
    torch.testing.assert_close(after - before, added * asking.share)
    assert torch.equal(after[0], before[0])
