"""The network in NumPy answers as the one that was trained; its weights are small and of the version that is read."""

import numpy as np
import pytest

from dateline.split import network
from dateline.split.features import BUCKETS, DENSE, FLAGS, HEAD, TAIL, Features
from dateline.split.network import WEIGHTS, WEIGHTS_VERSION, load_model, logits, probabilities

SHAPES = {
    "words.weight": (BUCKETS + 101, 56), "flags.weight": (FLAGS, 56), "kin.weight": (24, 56), "near.weight": (56, 2),
    "head_conv.weight": (112, 56, 3), "head_conv.bias": (112,),
    "tail_conv.weight": (112, 56, 3), "tail_conv.bias": (112,),
    "first.weight": (64, 224), "first.bias": (64,), "last.weight": (64, 224), "last.bias": (64,),
    "dense.weight": (64, DENSE), "dense.bias": (64,), "unit.weight": (192, 528), "unit.bias": (192,),
    "memory.weight_ih_l0": (336, 192), "memory.weight_hh_l0": (336, 112), "memory.bias_ih_l0": (336,),
    "memory.bias_hh_l0": (336,), "memory.weight_ih_l0_reverse": (336, 192), "memory.weight_hh_l0_reverse": (336, 112),
    "memory.bias_ih_l0_reverse": (336,), "memory.bias_hh_l0_reverse": (336,), "hidden.weight": (64, 608),
    "hidden.bias": (64,), "out.weight": (1, 64), "out.bias": (1,), "mean": (DENSE,), "deviation": (DENSE,),
}  # fmt: skip

# What PyTorch 2.13 answers for `example_net` and `example_features(6)`: tests/bench/splitter/torch_network.py.
TORCH_ANSWERS = (1.24819, 1.24902, 1.81139, 1.97302, 0.18803, 0.90913)


def example_net():
    random = np.random.default_rng(7)
    net = {name: (random.normal(size=shape) * 0.12).astype(np.float32) for name, shape in SHAPES.items()}
    net["words.weight"][0] = net["flags.weight"][0] = 0
    return net | {"deviation": np.abs(net["deviation"]) + 1}


def example_features(count: int) -> Features:
    random = np.random.default_rng(11)
    words = random.integers(1, BUCKETS + 101, (count, HEAD + TAIL))
    words[:, 15:HEAD] = 0  # a short unit: the rest of its head is padding
    flags = np.where(words > 0, random.integers(1, FLAGS, words.shape), 0)
    return Features(words=words, flags=flags, dense=random.normal(size=(count, DENSE)).astype(np.float32))


def test_the_network_answers_as_pytorch_does():
    assert logits(example_features(6), example_net()) == pytest.approx(TORCH_ANSWERS, abs=1e-5)


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
    with pytest.raises(ValueError, match=r"old\.npz: version"):
        load_model(path)


def test_every_net_of_the_file_fits_the_features():
    model = load_model()
    assert model.nets
    assert all(1 <= len(net["words.weight"]) - BUCKETS - 1 == len(model.vocabulary.numbers) for net in model.nets)
    assert len(model.cohesion) == DENSE + 1
    assert set(model.thresholds) >= {"line", "paragraphs", "lower", "cohesion"}
    assert all(0 < one < 1 for one in model.thresholds.values())
