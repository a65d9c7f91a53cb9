"""The network of the answer reader while it learns whether a sentence answers a question.

Compare and aggregate (Parikh et al. 2016, https://arxiv.org/abs/1606.01933; Wang and Jiang 2017, https://arxiv.org/abs/1611.01747): each
token of the question gathers from the sentence and its headings what belongs to it, is compared with that, and what was found is read
together by one layer of a transformer. Its inputs are token vectors that the index holds anyway, so that reading a dozen sentences takes
a millisecond.
"""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from index.model_export import quiet_exporter

WIDTH, HEADS, INNER = 128, 4, 256
EVIDENCE = 2
"""Numbers that are known of each sentence beforehand: its cosines with what the question is about and with what it asks."""
DROPOUT = 0.1
SHARPNESS = 10.0
"""What a cosine of 1 between two tokens counts where the network has learnt nothing yet."""
RARITY_SCALE = 10.0
"""Brings the weights of a question's tokens, in all 1, to the size of the other features."""
NOTHING = -1e4
INPUTS = ("question", "rarity", "sentences", "headings", "cosines")
OUTPUT = "answers"


class ReaderNetwork(nn.Module):  # type: ignore[misc]  # torch is not checked
    """Logits that sentences answer a question, 0 standing for "none does".

    Of b questions, each with q tokens and c sentences of at most s tokens under headings of at most h; what only fills up is 0:
    `question` (b, q, 2e), each token as it is and as it is asked; `rarity` (b, q); `sentences` (b, c, s, e); `headings` (b, c, h, e);
    `cosines` (b, c, 2). Returns (b, c).
    """

    def __init__(self, tokens: int) -> None:
        """`tokens` is e, the dimensions of a token's vector."""
        super().__init__()
        self.tokens = tokens
        self.own, self.query = nn.Linear(2 * tokens, WIDTH), nn.Linear(2 * tokens, WIDTH)
        self.key, self.value = nn.Linear(tokens, WIDTH), nn.Linear(tokens, WIDTH)
        self.temperature = nn.Parameter(torch.tensor(2.0))
        self.heading = nn.Parameter(torch.zeros(HEADS))
        self.compare = nn.Linear(4 * WIDTH + 5, WIDTH)
        self.together = nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, DROPOUT, "gelu", batch_first=True, norm_first=True)
        gathered = 3 * WIDTH + EVIDENCE
        self.judge = nn.Sequential(nn.LayerNorm(gathered), nn.Linear(gathered, WIDTH), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(WIDTH, 1))
        self.straight, self.dropout = nn.Linear(EVIDENCE, 1), nn.Dropout(DROPOUT)

    def forward(self, question: Tensor, rarity: Tensor, sentences: Tensor, headings: Tensor, cosines: Tensor) -> Tensor:
        """See the class."""
        many, wide = sentences.shape[1], question.shape[1]
        found = self._compare(question, rarity, sentences, headings)
        absent = (rarity == 0)[:, None].expand(-1, many, -1)
        rows = found.reshape(-1, wide, WIDTH)
        read = self.together(rows, src_key_padding_mask=absent.reshape(-1, wide)).reshape(found.shape)
        read = read.masked_fill(absent[..., None], 0.0)
        most = read.masked_fill(absent[..., None], NOTHING).amax(2)
        mean = read.sum(2) / (~absent).sum(2)[..., None].clamp(min=1)
        weighed = (read * rarity[:, None, :, None]).sum(2)
        judged = self.judge(torch.cat([most, mean, weighed, cosines], -1)) + self.straight(cosines)
        return judged.squeeze(-1)

    def _compare(self, question: Tensor, rarity: Tensor, sentences: Tensor, headings: Tensor) -> Tensor:
        """What each token of a question finds in each sentence, shape (b, c, q, WIDTH)."""
        texts = torch.cat([sentences, headings], 2)
        empty = (texts == 0).all(-1)[:, :, None]
        plain, asked = (self._cosines(part, texts).masked_fill(empty, -1.0) for part in question.split(self.tokens, -1))
        gathered = self._gather(question, texts, asked, empty, sentences.shape[2])
        own = self.own(question)[:, None].expand_as(gathered)
        best = [part.amax(-1) for one in (plain, asked) for part in one.split([sentences.shape[2], headings.shape[2]], -1)]
        features = torch.stack([*best, (rarity * RARITY_SCALE)[:, None].expand_as(best[0])], -1)
        compared = torch.cat([own, gathered, (own - gathered).abs(), own * gathered, features], -1)
        return gelu(self.compare(self.dropout(compared)))

    @staticmethod
    def _cosines(question: Tensor, texts: Tensor) -> Tensor:
        return torch.einsum("bqe,bcne->bcqn", question, texts)

    def _gather(self, question: Tensor, texts: Tensor, asked: Tensor, empty: Tensor, length: int) -> Tensor:
        """For each token of a question the mean of what belongs to it in a sentence and its headings, by several heads."""
        query = self.query(question).unflatten(-1, (HEADS, -1))
        key, value = (layer(texts).unflatten(-1, (HEADS, -1)) for layer in (self.key, self.value))
        fit = torch.einsum("bqhe,bcnhe->bcqhn", query, key) * self.temperature
        in_heading = (torch.arange(texts.shape[2]) >= length)[None] * self.heading[:, None]
        attention = (fit + in_heading + SHARPNESS * asked[..., None, :]).masked_fill(empty[:, :, :, None], NOTHING).softmax(-1)
        return torch.einsum("bcqhn,bcnhe->bcqhe", attention, value).flatten(-2)


def export_network(network: ReaderNetwork, *, space: str) -> bytes:
    """The network as an ONNX graph for one question and any number of sentences, with the name of the space of its token vectors."""
    import onnx

    shapes = ((1, 5, 2 * network.tokens), (1, 5), (1, 3, 7, network.tokens), (1, 3, 4, network.tokens), (1, 3, EVIDENCE))
    sizes = {name: torch.export.Dim(name, min=1, max=256) for name in ("words", "many", "long", "wide")}
    words, many, long, wide = sizes.values()
    torch.backends.mha.set_fastpath_enabled(False)  # what it fuses the exporter does not know
    with TemporaryDirectory() as folder, quiet_exporter():
        path = Path(folder) / "reader.onnx"
        torch.onnx.export(
            network.eval(),
            tuple(torch.rand(shape) for shape in shapes),
            str(path),
            dynamo=True,
            verbose=False,
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_shapes=[{1: words}, {1: words}, {1: many, 2: long}, {1: many, 2: wide}, {1: many}],
            external_data=False,
        )
        graph = onnx.load(str(path))
    graph.metadata_props.add(key="space", value=space)
    content = BytesIO()
    onnx.save(graph, content)
    return content.getvalue()
