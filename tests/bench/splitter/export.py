"""Write trained networks as Dateline reads them; scores and thresholds on blogs that were held out."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from splitter.data import Example

from dateline.split.features import Features, Vocabulary
from dateline.split.network import WEIGHTS_VERSION, load_model

Score = Callable[[Features], np.ndarray]
LANGUAGE_FREE = (*range(29), *range(33, 37))  # all numbers but those that a word list goes into


def export(
    out: Path,
    nets: Sequence[dict[str, np.ndarray]],
    vocabulary: Vocabulary,
    cohesion: np.ndarray,
    thresholds: dict[str, float],
) -> None:
    """Write the weights: embeddings as int8 with a scale per word, all else as float16."""
    arrays: dict[str, np.ndarray] = {
        "version": np.array(WEIGHTS_VERSION),
        "nets": np.array(len(nets)),
        "forms": np.frombuffer("\n".join(vocabulary.numbers).encode(), dtype=np.uint8),
        "idf": vocabulary.idf.astype(np.float16),
        "idf_outside": np.array(vocabulary.idf_outside),
        "cohesion": cohesion.astype(np.float32),
    }
    arrays |= {f"threshold/{name}": np.array(value) for name, value in thresholds.items()}
    for number, net in enumerate(nets):
        scale = np.abs(net["words.weight"]).max(axis=1) / 127 + 1e-8
        arrays[f"{number}/words.int8"] = np.round(net["words.weight"] / scale[:, None]).astype(np.int8)
        arrays[f"{number}/words.scale"] = scale.astype(np.float32)
        arrays |= {
            f"{number}/{name}": value.astype(np.float16) for name, value in net.items() if name != "words.weight"
        }
    np.savez_compressed(out, **arrays)
    load_model.cache_clear()


def f1_over(
    examples: Sequence[Example], scores: Sequence[np.ndarray], threshold: float, *, announced: bool = False
) -> float:
    """Return the boundary F1, macro over blogs, all starts but the first counted (or the announced ones)."""
    return float(np.mean([_f1(one, score, threshold, announced) for one, score in zip(examples, scores, strict=True)]))


def _f1(one: Example, score: np.ndarray, threshold: float, announced: bool) -> float:
    chosen = (score[1:] >= threshold) & one.allowed[1:]
    hits = float((chosen & (one.labels[1:] > 0)).sum())
    true = float(one.labels[1:].sum()) if announced else len(one.starts) - 1
    return 2 * hits / max(chosen.sum() + true, 1)


def best_threshold(groups: Sequence[tuple[Sequence[Example], Sequence[np.ndarray]]]) -> float:
    """Return the threshold with the best F1, each group of blogs weighing the same."""

    def worth(threshold: float) -> float:
        return sum(f1_over(examples, scores, threshold) for examples, scores in groups)

    return float(max(np.arange(0.16, 0.7, 0.02), key=worth))


def fit_logistic(numbers: np.ndarray, labels: np.ndarray, used: Sequence[int]) -> np.ndarray:
    """Fit a logistic regression by Newton's method; return a bias and one weight per number (0 where unused)."""
    design = np.concatenate((np.ones((len(numbers), 1)), numbers[:, list(used)]), axis=1)
    weights = np.zeros(design.shape[1])
    for _ in range(12):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (labels - chance) - 0.5 * weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + 0.5 * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    found = np.zeros(1 + numbers.shape[1])
    found[0], found[1 + np.array(used)] = weights[0], weights[1:]
    return found
