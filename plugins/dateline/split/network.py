"""The splitter's network in NumPy: from features to the probability that an entry begins at each unit.

Words and their distance flags are embedded and added; a convolution of width 3 runs over a unit's first 22 and
its last 10 tokens and is pooled; the first and last four tokens and the 39 numbers pass maps of their own; a
bidirectional GRU runs over the units. The answers of all networks in the file are averaged. `weights.md` says what
they were trained on, and `tests/bench/train_splitter.py` makes the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.split.features import BUCKETS, HEAD, TAIL, Features, Floats, Vocabulary

WEIGHTS = Path(__file__).with_name("weights.npz")
WEIGHTS_VERSION = 2
REACH_BEFORE, REACH_AFTER = 3, 2  # units in which a token looks for its kin
CHUNK, OVERLAP = 1024, 96  # units at once: memory stays bounded whatever is fed in

Arrays = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything the weights file holds."""

    vocabulary: Vocabulary
    nets: tuple[Arrays, ...]
    cohesion: Floats  # the language-free score: a bias, then one weight per number
    thresholds: Mapping[str, float]


@cache
def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights once. Raises ValueError for a file of another version."""
    with np.load(path, allow_pickle=False) as stored:
        if int(stored["version"]) != WEIGHTS_VERSION:
            raise ValueError(f"{path.name}: version {int(stored['version'])}, this reader knows {WEIGHTS_VERSION}")
        forms = bytes(stored["forms"]).decode().split("\n")
        vocabulary = Vocabulary(
            numbers={form: BUCKETS + 1 + at for at, form in enumerate(forms)},
            idf=stored["idf"].astype(np.float32),
            idf_outside=float(stored["idf_outside"]),
        )
        nets = tuple(_net(stored, number) for number in range(int(stored["nets"])))
        thresholds = {name.removeprefix("threshold/"): float(stored[name]) for name in stored if "threshold/" in name}
        return Model(
            vocabulary=vocabulary, nets=nets, cohesion=stored["cohesion"].astype(np.float32), thresholds=thresholds
        )


def _net(stored: Mapping[str, NDArray[np.generic]], number: int) -> Arrays:
    prefix = f"{number}/"
    arrays = {name.removeprefix(prefix): stored[name].astype(np.float32) for name in stored if name.startswith(prefix)}
    arrays["words.weight"] = arrays.pop("words.int8") * arrays.pop("words.scale")[:, None]
    return arrays


def probabilities(features: Features, nets: tuple[Arrays, ...]) -> Floats:
    """Return for each unit the probability that an entry begins with it: the mean over the nets."""
    count = len(features.dense)
    found = np.zeros(count, dtype=np.float32)
    for start in range(0, count, CHUNK):
        first, end = max(start - OVERLAP, 0), min(start + CHUNK + OVERLAP, count)
        part = Features(
            words=features.words[first:end],
            flags=features.flags[first:end],
            dense=features.dense[first:end],
        )
        answers = np.mean([_sigmoid(logits(part, net)) for net in nets], axis=0)
        found[start : start + CHUNK] = answers[start - first :][: min(CHUNK, count - start)]
    return found


def logits(features: Features, net: Arrays) -> Floats:
    """Run one network over consecutive units; return one logit per unit."""
    unit = _relu(_linear(net, "unit", _pooled(features, net)))
    memory = _memory(unit, net)
    before = np.concatenate((np.zeros_like(unit[:1]), unit[:-1]))
    hidden = _relu(_linear(net, "hidden", np.concatenate((memory, unit, before), axis=1)))
    return np.asarray(_linear(net, "out", hidden)[:, 0])


def _pooled(features: Features, net: Arrays) -> Floats:
    seen = (features.words > 0)[:, :, None].astype(np.float32)
    embedded = (net["words.weight"][features.words] + net["flags.weight"][features.flags]) * seen
    head, tail = embedded[:, :HEAD], embedded[:, HEAD:]
    head = head + _linear(net, "near", _kinship(head, net)) * seen[:, :HEAD]
    over_head = _convolve(head, net, "head_conv") * seen[:, :HEAD]
    over_tail = _convolve(tail, net, "tail_conv") * seen[:, HEAD:]
    count = len(head)
    numbers = (features.dense - net["mean"]) / net["deviation"]
    return np.concatenate(
        (
            over_head.max(axis=1),
            over_head.sum(axis=1) / np.maximum(seen[:, :HEAD].sum(axis=1), 1),
            over_tail.max(axis=1),
            _relu(_linear(net, "first", head[:, :4].reshape(count, -1))),
            _relu(_linear(net, "last", tail[:, TAIL - 4 :].reshape(count, -1))),
            _relu(_linear(net, "dense", numbers)),
        ),
        axis=1,
    )


def _kinship(head: Floats, net: Arrays) -> Floats:
    """Say of each token how near its nearest kin is in meaning: in the units before, and in those after."""
    kin = _linear(net, "kin", head)

    def nearest(shifts: range) -> Floats:
        found = [np.matmul(kin, _shifted(kin, shift).transpose(0, 2, 1)).max(axis=2) for shift in shifts]
        return np.asarray(np.tanh(np.max(found, axis=0)))

    return np.stack((nearest(range(1, REACH_BEFORE + 1)), nearest(range(-REACH_AFTER, 0))), axis=2)


def _shifted(values: Floats, by: int) -> Floats:
    """Move units along by some places; zeros come in."""
    found = np.zeros_like(values)
    if by > 0:
        found[by:] = values[:-by]
    else:
        found[:by] = values[-by:]
    return found


def _convolve(sequence: Floats, net: Arrays, name: str) -> Floats:
    """Convolve (units, tokens, width) with a kernel of width 3, zeros at both ends."""
    padded = np.pad(sequence, ((0, 0), (1, 1), (0, 0)))
    windows = np.concatenate((padded[:, :-2], padded[:, 1:-1], padded[:, 2:]), axis=2)
    kernel = net[f"{name}.weight"]  # (out, in, 3)
    flat = kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])
    return _relu(windows.reshape(-1, flat.shape[0]) @ flat + net[f"{name}.bias"]).reshape(*sequence.shape[:2], -1)


def _memory(unit: Floats, net: Arrays) -> Floats:
    """Run the GRU both ways at once; return (units, 2 x memory)."""
    ways = ("", "_reverse")
    inputs = np.stack(
        [
            (unit if not way else unit[::-1]) @ net[f"memory.weight_ih_l0{way}"].T + net[f"memory.bias_ih_l0{way}"]
            for way in ways
        ],
        axis=1,
    )
    kernels = np.stack([net[f"memory.weight_hh_l0{way}"].T for way in ways])
    biases = np.stack([net[f"memory.bias_hh_l0{way}"] for way in ways])
    size = kernels.shape[1]
    state = np.zeros((2, size), dtype=np.float32)
    states = np.empty((len(unit), 2, size), dtype=np.float32)
    for at in range(len(unit)):
        own = np.matmul(state[:, None, :], kernels)[:, 0] + biases
        gates = _sigmoid(inputs[at, :, : 2 * size] + own[:, : 2 * size])
        reset, update = gates[:, :size], gates[:, size:]
        fresh = np.tanh(inputs[at, :, 2 * size :] + reset * own[:, 2 * size :])
        state = update * state + (1 - update) * fresh
        states[at] = state
    return np.concatenate((states[:, 0], states[::-1, 1]), axis=1)


def _linear(net: Arrays, name: str, values: Floats) -> Floats:
    product = values @ net[f"{name}.weight"].T
    return product + net[f"{name}.bias"] if f"{name}.bias" in net else product


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))))
