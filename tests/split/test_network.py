"""The network in NumPy answers as the one that was trained; its weights are small and of the version that is read."""

import numpy as np
import pytest

from dateline.errors import SplitError
from dateline.split import network
from dateline.split.features import BUCKETS, DENSE, FLAGS, HEAD, LAST, TAIL, Features
from dateline.split.network import BACK, FORTH, HEADS, KIN, WEIGHTS, WEIGHTS_VERSION, load_model, logits, probabilities

WORDS, WIDTH, CONV, SIDE, UNIT, MEMORY = BUCKETS + 101, 64, 96, 64, 160, 96
SHAPES = {
    "words.weight": (WORDS, WIDTH), "weights.weight": (WORDS, 1), "flags.weight": (FLAGS, WIDTH),
    "kin.weight": (HEADS * KIN, WIDTH), "conv.weight": (CONV, WIDTH, 3), "conv.bias": (CONV,),
    "first.weight": (SIDE, 4 * WIDTH), "first.bias": (SIDE,),
    "last.weight": (SIDE, LAST * WIDTH), "last.bias": (SIDE,),
    "numbers.weight": (96, DENSE + HEADS * BACK * FORTH), "numbers.bias": (96,),
    "unit.weight": (UNIT, CONV + WIDTH + 2 * SIDE + 96), "unit.bias": (UNIT,),
    "hidden.weight": (SIDE, 2 * MEMORY + 2 * UNIT), "hidden.bias": (SIDE,),
    "out.weight": (1, SIDE), "out.bias": (1,), "mean": (DENSE,), "deviation": (DENSE,),
} | {
    f"memory.{kind}_l{layer}{way}": shape
    for layer, width in ((0, UNIT), (1, 2 * MEMORY))
    for way in ("", "_reverse")
    for kind, shape in (
        ("weight_ih", (3 * MEMORY, width)), ("weight_hh", (3 * MEMORY, MEMORY)),
        ("bias_ih", (3 * MEMORY,)), ("bias_hh", (3 * MEMORY,)),
    )
}  # fmt: skip

# What PyTorch 2.13 answers for `example_net` and `example_features(6)`: tests/bench/splitter/torch_network.py.
TORCH_ANSWERS = (0.48926, 0.5005, 0.24212, -0.15846, 0.64357, 0.02309)


def example_net():
    random = np.random.default_rng(7)
    net = {name: (random.normal(size=shape) * 0.12).astype(np.float32) for name, shape in SHAPES.items()}
    for table in ("words", "weights", "flags"):
        net[f"{table}.weight"][0] = 0
    return net | {"deviation": np.abs(net["deviation"]) + 1}


def example_features(count: int) -> Features:
    random = np.random.default_rng(11)
    words = random.integers(1, BUCKETS + 101, (count, HEAD + TAIL + LAST))
    words[:, 9 : HEAD + TAIL] = 0  # short units: no more than nine tokens
    flags = np.where(words > 0, random.integers(1, FLAGS, words.shape), 0)
    return Features(words=words, flags=flags, dense=random.normal(size=(count, DENSE)).astype(np.float32))


def test_the_network_answers_as_pytorch_does():
    assert logits(example_features(6), (example_net(),))[0] == pytest.approx(TORCH_ANSWERS, abs=1e-5)


def test_the_answer_is_the_mean_of_the_nets():
    features, net = example_features(9), example_net()
    other = net | {"out.bias": net["out.bias"] + 2}
    alone = [probabilities(features, (one,)) for one in (net, other)]
    assert probabilities(features, (net, other)) == pytest.approx(np.mean(alone, axis=0))


def test_a_long_text_is_read_in_parts_with_the_same_answers(monkeypatch):
    features, net = example_features(300), example_net()
    whole = probabilities(features, (net,))
    monkeypatch.setattr(network, "CHUNK", 100)
    assert probabilities(features, (net,)) == pytest.approx(whole, abs=1e-3)


def test_the_weights_are_smaller_than_ten_megabytes():
    assert WEIGHTS.stat().st_size < 10_000_000


def test_the_weights_are_of_the_version_that_is_read():
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert int(stored["version"]) == WEIGHTS_VERSION


def test_weights_of_another_version_are_refused(tmp_path):
    path = tmp_path / "old.npz"
    np.savez(path, version=np.array(WEIGHTS_VERSION - 1))
    with pytest.raises(SplitError, match=r"old\.npz: weights of version"):
        load_model(path)


def test_every_net_of_the_file_fits_the_features():
    model = load_model()
    assert model.nets
    assert all(1 <= len(net["words.weight"]) - BUCKETS - 1 == len(model.vocabulary.numbers) for net in model.nets)
    assert len(model.cohesion) == DENSE + 1
    assert set(model.thresholds) >= {"line", "paragraphs", "lower", "cohesion"}
    assert all(0 < one < 1 for one in model.thresholds.values())
