"""The splitter's network in NumPy: from features to the probability that an entry begins at each unit.

Words and their distance flags are embedded and added; a convolution of width 3 runs over a unit's tokens and is pooled;
the first and last four tokens pass maps of their own. The weighed mean of a unit's words is its gist, and the gists of
the units before a place are compared with those from there on, each with each: what block comparison does, with
learned meanings. With the 39 numbers all that goes into a GRU of two layers, which runs over the units both ways. The
answers of all networks in the file are averaged. `weights.md` says what they were trained on, and
`tests/bench/train_splitter.py` makes the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.errors import SplitError
from dateline.split.features import BUCKETS, HEAD, TAIL, Features, Floats, Vocabulary

WEIGHTS = Path(__file__).with_name("weights.npz")
WEIGHTS_VERSION = 3
HEADS, KIN, BACK, FORTH = 4, 24, 6, 6  # senses of likeness and their width; units compared before and after a place
LAYERS = 2  # of the GRU
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
    """Read the weights once. Raises :class:`SplitError` for a file of another version."""
    with np.load(path, allow_pickle=False) as stored:
        if int(stored["version"]) != WEIGHTS_VERSION:
            raise SplitError(
                f"{path}: weights of version {int(stored['version'])}, this code reads {WEIGHTS_VERSION}. "
                "Take the file that came with the code, or train it anew: tests/bench/train_splitter.py"
            )
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
        answers = _sigmoid(logits(part, nets)).mean(axis=0)
        found[start : start + CHUNK] = answers[start - first :][: min(CHUNK, count - start)]
    return found


def logits(features: Features, nets: tuple[Arrays, ...]) -> Floats:
    """Run the networks over consecutive units; return (networks, units) logits."""
    units = [_relu(_linear(net, "unit", _pooled(features, net))) for net in nets]
    memories = units
    for layer in range(LAYERS):
        memories = _remembered(memories, nets, layer)
    found = []
    for net, unit, memory in zip(nets, units, memories, strict=True):
        before = np.concatenate((np.zeros_like(unit[:1]), unit[:-1]))
        hidden = _relu(_linear(net, "hidden", np.concatenate((memory, unit, before), axis=1)))
        found.append(_linear(net, "out", hidden)[:, 0])
    return np.stack(found)


def _pooled(features: Features, net: Arrays) -> Floats:
    body_words = features.words[:, : HEAD + TAIL]
    meaning = net["words.weight"][features.words]
    embedded = meaning + net["flags.weight"][features.flags]
    body, last = embedded[:, : HEAD + TAIL], embedded[:, HEAD + TAIL :]
    count = len(body)
    gist = _gist(net["weights.weight"][body_words], meaning[:, : HEAD + TAIL])
    numbers = np.concatenate(((features.dense - net["mean"]) / net["deviation"], _block(gist, net)), axis=1)
    seen = (
        _convolved(body, net),
        _linear(net, "first", body[:, :4].reshape(count, -1)),
        _linear(net, "last", last.reshape(count, -1)),
        _linear(net, "numbers", numbers),
    )
    return np.concatenate((_relu(np.concatenate(seen, axis=1)), gist), axis=1)


def _gist(weights: Floats, meaning: Floats) -> Floats:
    """Average the meanings of a unit's words, each with its own weight."""
    total = np.matmul(weights.transpose(0, 2, 1), meaning)[:, 0]
    return np.asarray(total / (np.abs(weights).sum(axis=1) + 1))


def _block(gist: Floats, net: Arrays) -> Floats:
    """Compare each of the 6 units before a place with each of the 6 from there on, in 4 senses."""
    kin = _linear(net, "kin", gist).reshape(-1, HEADS, KIN)
    kin = kin / np.sqrt(np.square(kin).sum(axis=2, keepdims=True) + 1e-4)
    kin = np.pad(kin, ((BACK, FORTH - 1), (0, 0), (0, 0)))
    count = len(gist)
    found = np.empty((count, HEADS, BACK, FORTH), dtype=np.float32)
    for gap in range(1, BACK + FORTH):
        likeness = np.einsum("uhk,uhk->uh", kin[:-gap], kin[gap:])
        for back in range(max(1, gap - FORTH + 1), min(gap, BACK) + 1):
            found[:, :, back - 1, gap - back] = likeness[BACK - back :][:count]
    return found.reshape(count, -1)


def _convolved(sequence: Floats, net: Arrays) -> Floats:
    """Convolve (units, tokens, width) with a kernel of width 3, zeros at both ends; return the largest answers."""
    padded = np.pad(sequence, ((0, 0), (1, 1), (0, 0)))
    windows = np.concatenate([padded[:, at : at + sequence.shape[1]] for at in range(3)], axis=2)
    kernel = net["conv.weight"].transpose(2, 1, 0)  # from (out, in, 3)
    answers = windows @ kernel.reshape(-1, kernel.shape[2])
    return np.asarray(answers.max(axis=1) + net["conv.bias"])


def _remembered(inputs: list[Floats], nets: tuple[Arrays, ...], layer: int) -> list[Floats]:
    """Run one layer of each network's GRU, all networks and both ways in one loop; return (units, 2 x memory) each."""
    names = [f"l{layer}", f"l{layer}_reverse"]
    runs = [(net, name, values if name == names[0] else values[::-1])
            for net, values in zip(nets, inputs, strict=True) for name in names]  # fmt: skip
    given = np.stack(
        [values @ net[f"memory.weight_ih_{name}"].T + net[f"memory.bias_ih_{name}"] for net, name, values in runs],
        axis=1,
    )
    kernels = np.stack([net[f"memory.weight_hh_{name}"].T for net, name, _ in runs])
    biases = np.stack([net[f"memory.bias_hh_{name}"] for net, name, _ in runs])
    size = kernels.shape[1]
    state = np.zeros((len(runs), size), dtype=np.float32)
    states = np.empty((len(given), len(runs), size), dtype=np.float32)
    for at in range(len(given)):
        own = np.matmul(state[:, None, :], kernels)[:, 0] + biases
        gates = _sigmoid(given[at, :, : 2 * size] + own[:, : 2 * size])
        reset, update = gates[:, :size], gates[:, size:]
        fresh = np.tanh(given[at, :, 2 * size :] + reset * own[:, 2 * size :])
        state = fresh + update * (state - fresh)
        states[at] = state
    return [np.concatenate((states[:, at], states[::-1, at + 1]), axis=1) for at in range(0, len(runs), 2)]


def _linear(net: Arrays, name: str, values: Floats) -> Floats:
    product = values @ net[f"{name}.weight"].T
    return product + net[f"{name}.bias"] if f"{name}.bias" in net else product


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(0.5 * np.tanh(0.5 * values) + 0.5)  # as 1 / (1 + exp(-x)), and never too large
