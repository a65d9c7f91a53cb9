import torch
from torch.nn.functional import normalize

from evaluation.adapter_questions import QuestionChunk, ReadQuestions, match


def test_words_are_matched_with_each_passage_and_each_of_its_segments():
    torch.manual_seed(0)
    passages = normalize(torch.randn(2, 3, 4, 5), dim=-1)
    passages[1, 2] = 0  # a passage of one sentence less
    tokens, weights = normalize(torch.randn(3, 2, 5), dim=-1), torch.tensor([[0.5, 0.5], [1.0, 0.0], [0.2, 0.8]])
    chunks = (QuestionChunk([2, 0], tokens[:2], weights[:2]), QuestionChunk([1], tokens[2:], weights[2:]))
    whole, parts = match(ReadQuestions(torch.zeros(3, 5), chunks), passages)
    for row, at in ((2, 0), (0, 1), (1, 2)):
        best = torch.einsum("te,mske->tmsk", tokens[at], passages).amax(-1)
        torch.testing.assert_close(parts[row], (best * weights[at][:, None, None]).sum(0))
        torch.testing.assert_close(whole[row], (best.amax(-1) * weights[at][:, None]).sum(0))
