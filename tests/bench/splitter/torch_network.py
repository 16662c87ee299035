"""The splitter's network as PyTorch trains it; `dateline.split.network` runs the same in NumPy."""

import torch
from torch import Tensor, nn

from dateline.split.features import BUCKETS, CASES, DENSE, FLAGS, HEAD, TAIL

WIDTH, CONV, SIDE, UNIT, MEMORY = 56, 112, 64, 192, 112


class Splitter(nn.Module):
    """Words of each unit -> convolution and pooling, beside the dense features -> BiGRU over units -> a probability."""

    def __init__(self, words: int, mean: Tensor, deviation: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.words = nn.Embedding(words + BUCKETS + 1, WIDTH, padding_idx=0)
        self.flags = nn.Embedding(FLAGS, WIDTH, padding_idx=0)
        self.cases = nn.Embedding(CASES, WIDTH, padding_idx=0)
        self.head_conv = nn.Conv1d(WIDTH, CONV, 3, padding=1)
        self.tail_conv = nn.Conv1d(WIDTH, CONV, 3, padding=1)
        self.first = nn.Linear(4 * WIDTH, SIDE)
        self.last = nn.Linear(4 * WIDTH, SIDE)
        self.dense = nn.Linear(DENSE, SIDE)
        self.unit = nn.Linear(3 * CONV + 3 * SIDE, UNIT)
        self.memory = nn.GRU(UNIT, MEMORY, batch_first=True, bidirectional=True)
        self.hidden = nn.Linear(2 * MEMORY + 2 * UNIT, SIDE)
        self.out = nn.Linear(SIDE, 1)
        nn.init.normal_(self.words.weight, std=0.3)
        self.drop = nn.Dropout(0.2)

    def forward(self, words: Tensor, flags: Tensor, cases: Tensor, dense: Tensor) -> Tensor:
        """Take (blogs, units, 32) tokens and (blogs, units, 41) numbers; return (blogs, units) logits."""
        blogs, units, _ = words.shape
        seen = (words > 0).view(blogs * units, -1, 1).float()
        embedded = (self.words(words) + self.flags(flags) + self.cases(cases)).view(blogs * units, -1, WIDTH) * seen
        head, tail = embedded[:, :HEAD], embedded[:, HEAD:]
        over_head = torch.relu(self.head_conv(head.transpose(1, 2))).transpose(1, 2) * seen[:, :HEAD]
        over_tail = torch.relu(self.tail_conv(tail.transpose(1, 2))).transpose(1, 2) * seen[:, HEAD:]
        pooled = [
            over_head.max(1).values,
            over_head.sum(1) / seen[:, :HEAD].sum(1).clamp(min=1),
            over_tail.max(1).values,
            torch.relu(self.first(head[:, :4].reshape(-1, 4 * WIDTH))),
            torch.relu(self.last(tail[:, TAIL - 4 :].reshape(-1, 4 * WIDTH))),
            torch.relu(self.dense((dense.view(blogs * units, -1) - self.mean) / self.deviation)),
        ]
        unit = torch.relu(self.unit(self.drop(torch.cat(pooled, 1)))).view(blogs, units, UNIT)
        memory, _ = self.memory(self.drop(unit))
        before = torch.cat((torch.zeros_like(unit[:, :1]), unit[:, :-1]), 1)
        joined = self.drop(torch.cat((memory, unit, before), 2))
        return self.out(torch.relu(self.hidden(joined))).squeeze(2)
