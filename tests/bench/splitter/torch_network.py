"""The splitter's network as PyTorch trains it; `dateline.split.network` runs the same in NumPy."""

import torch
from torch import Tensor, nn

from dateline.split.features import BUCKETS, DENSE, FLAGS, HEAD, LAST, TAIL
from dateline.split.network import BACK, FORTH, HEADS, KIN, LAYERS

WIDTH, CONV, SIDE, UNIT, MEMORY = 64, 96, 64, 160, 96
BODY, BLOCK = HEAD + TAIL, HEADS * BACK * FORTH


class Splitter(nn.Module):
    """Words of each unit, likeness of the units around a place, numbers -> BiGRU over units -> a probability."""

    def __init__(self, words: int, mean: Tensor, deviation: Tensor, idf: Tensor, vectors: Tensor | None = None) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.words = nn.Embedding(words + BUCKETS + 1, WIDTH, padding_idx=0)
        self.weights = nn.Embedding(words + BUCKETS + 1, 1, padding_idx=0)
        self.flags = nn.Embedding(FLAGS, WIDTH, padding_idx=0)
        self.kin = nn.Linear(WIDTH, HEADS * KIN, bias=False)
        self.conv = nn.Conv1d(WIDTH, CONV, 3, padding=1)
        self.first = nn.Linear(4 * WIDTH, SIDE)
        self.last = nn.Linear(LAST * WIDTH, SIDE)
        self.numbers = nn.Linear(DENSE + BLOCK, SIDE + SIDE // 2)
        self.unit = nn.Linear(CONV + WIDTH + 3 * SIDE + SIDE // 2, UNIT)
        self.memory = nn.GRU(UNIT, MEMORY, LAYERS, batch_first=True, bidirectional=True, dropout=0.2)
        self.hidden = nn.Linear(2 * MEMORY + 2 * UNIT, SIDE)
        self.out = nn.Linear(SIDE, 1)
        self.drop = nn.Dropout(0.2)
        with torch.no_grad():
            self.words.weight.normal_(std=0.3)
            if vectors is not None:
                self.words.weight[BUCKETS + 1 :] = vectors
            self.flags.weight.normal_(std=0.3)
            self.weights.weight[:, 0] = idf / idf.mean()
            for table in (self.words, self.weights, self.flags):
                table.weight[0] = 0

    def forward(self, words: Tensor, flags: Tensor, dense: Tensor) -> Tensor:
        """Take (blogs, units, 24) tokens and (blogs, units, 39) numbers; return (blogs, units) logits."""
        blogs, units, slots = words.shape
        words, flags = words.view(-1, slots), flags.view(-1, slots)
        meaning = self.words(words)
        embedded = meaning + self.flags(flags)
        body, last = embedded[:, :BODY], embedded[:, BODY:]
        gist = self._gist(words[:, :BODY], meaning[:, :BODY])
        numbers = torch.cat(((dense.view(-1, DENSE) - self.mean) / self.deviation, self._block(gist, blogs)), 1)
        seen = [
            self.conv(body.transpose(1, 2)).max(2).values,
            self.first(body[:, :4].reshape(-1, 4 * WIDTH)),
            self.last(last.reshape(-1, LAST * WIDTH)),
            self.numbers(numbers),
        ]
        joined = torch.cat((torch.relu(torch.cat(seen, 1)), gist), 1)
        unit = torch.relu(self.unit(self.drop(joined))).view(blogs, units, UNIT)
        memory, _ = self.memory(self.drop(unit))
        before = torch.cat((torch.zeros_like(unit[:, :1]), unit[:, :-1]), 1)
        around = self.drop(torch.cat((memory, unit, before), 2))
        return self.out(torch.relu(self.hidden(around))).squeeze(2)

    def _gist(self, words: Tensor, meaning: Tensor) -> Tensor:
        """Average the meanings of a unit's words, each with its own weight."""
        weights = self.weights(words)
        return (weights * meaning).sum(1) / (weights.abs().sum(1) + 1)

    def _block(self, gist: Tensor, blogs: int) -> Tensor:
        """Compare each of the units before a place with each of those from there on, in several senses."""
        kin = self.kin(gist).view(blogs, -1, HEADS, KIN)
        kin = kin / (kin.square().sum(3, keepdim=True) + 1e-4).sqrt()
        kin = nn.functional.pad(kin, (0, 0, 0, 0, BACK, FORTH - 1)).transpose(1, 2)
        size = kin.shape[2]
        likeness = torch.matmul(kin, kin.transpose(2, 3)).reshape(blogs, HEADS, size * size)
        at = torch.arange(size - BACK - FORTH + 1)[:, None, None] + BACK
        rows, columns = at - torch.arange(1, BACK + 1)[None, :, None], at + torch.arange(FORTH)[None, None, :]
        chosen = likeness[:, :, (rows * size + columns).reshape(-1)]
        return chosen.view(blogs, HEADS, -1, BACK * FORTH).transpose(1, 2).reshape(-1, BLOCK)
