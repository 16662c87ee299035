"""The splitter's network as PyTorch trains it; `dateline.split.network` runs the same in NumPy."""

import torch
from torch import Tensor, nn

from dateline.split.features import BUCKETS, DENSE, FLAGS, HEAD, TAIL
from dateline.split.network import REACH_AFTER, REACH_BEFORE

WIDTH, KIN, CONV, SIDE, UNIT, MEMORY = 56, 24, 112, 64, 192, 112


class Splitter(nn.Module):
    """Words of each unit -> convolution and pooling, beside the dense features -> BiGRU over units -> a probability."""

    def __init__(self, words: int, mean: Tensor, deviation: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.words = nn.Embedding(words + BUCKETS + 1, WIDTH, padding_idx=0)
        self.flags = nn.Embedding(FLAGS, WIDTH, padding_idx=0)
        self.kin = nn.Linear(WIDTH, KIN, bias=False)
        self.near = nn.Linear(2, WIDTH, bias=False)
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

    def forward(self, words: Tensor, flags: Tensor, dense: Tensor) -> Tensor:
        """Take (blogs, units, 32) tokens and (blogs, units, 39) numbers; return (blogs, units) logits."""
        blogs, units, _ = words.shape
        seen = (words > 0).view(blogs * units, -1, 1).float()
        embedded = (self.words(words) + self.flags(flags)).view(blogs * units, -1, WIDTH) * seen
        head, tail = embedded[:, :HEAD], embedded[:, HEAD:]
        head = head + self.near(self._kinship(head, blogs, units)) * seen[:, :HEAD]
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

    def _kinship(self, head: Tensor, blogs: int, units: int) -> Tensor:
        """Say of each token how near its nearest kin is in meaning: in the units before, and in those after."""
        kin = self.kin(head).view(blogs, units, HEAD, KIN)

        def nearest(shifts: range) -> Tensor:
            found = [torch.matmul(kin, _shifted(kin, shift).transpose(2, 3)).max(3).values for shift in shifts]
            return torch.tanh(torch.stack(found).max(0).values)

        both = (nearest(range(1, REACH_BEFORE + 1)), nearest(range(-REACH_AFTER, 0)))
        return torch.stack(both, 3).view(blogs * units, HEAD, 2)


def _shifted(values: Tensor, by: int) -> Tensor:
    """Move units along by some places; zeros come in."""
    nothing = torch.zeros_like(values[:, : abs(by)])
    return torch.cat((nothing, values[:, :-by]), 1) if by > 0 else torch.cat((values[:, -by:], nothing), 1)
