"""Train the splitter for copies without clocks, and write its weights and figures.

Needs PyTorch, which Dateline itself never imports::

    python -m venv /some/where && /some/where/bin/pip install torch==2.13.0 numpy pendulum
    PYTHONPATH=plugins /some/where/bin/python tests/bench/train_splitter.py --corpus ../shared/corpus \
        --out plugins/dateline/split/weights.npz --nets 2

Trains on the LREC blogs and the cased Guardian blogs that are not held out; one core, seeds fixed. Held out, whole:
every 20th LREC blog (every 40th to choose the threshold, the others to test), the latest third of the cased blogs,
every captured page, and the topic page. The first 70 % of the steps see one cased crop in eight, the rest three in ten.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from splitter.data import FORMS, Blog, Example, candidates, cased_blogs, example, flatten, lrec_blogs, same_page
from splitter.export import LANGUAGE_FREE, best_threshold, export, f1_over, fit_logistic

from dateline.split.features import BUCKETS, Vocabulary
from dateline.split.network import Arrays, load_model, probabilities

WORDS, CROP, BATCH, HELD_OUT_EVERY = 20_000, 120, 16, 20
HELD_OUT = ("dev", "test", "cased-dev", "cased-test")


def split_blogs(corpus: Path, limit: int | None) -> dict[str, list[Blog]]:
    """Return the blogs of each set; whole blogs, and none in two sets."""
    cased = cased_blogs(corpus)
    third = len(cased) * 2 // 3
    sets = {"cased-train": [], "cased-dev": [], "cased-test": cased[third:], "train": [], "dev": [], "test": []}
    for number, blog in enumerate(cased[:third]):
        sets["cased-dev" if number % 10 == 5 else "cased-train"].append(blog)
    held_out = frozenset(blog.name for key in ("cased-dev", "cased-test") for blog in sets[key])
    for number, blog in enumerate(lrec_blogs(corpus)):
        if limit and number >= limit:
            break
        if same_page(blog.name, held_out):
            continue
        held = number % HELD_OUT_EVERY == 0
        sets[("dev" if number % (2 * HELD_OUT_EVERY) == 0 else "test") if held else "train"].append(blog)
    return sets


def vocabulary_of(blogs: Sequence[Blog]) -> Vocabulary:
    """Count in how many units each form stands; keep the most frequent."""
    counts: Counter[str] = Counter()
    total = 0
    for blog in blogs:
        tokens, units = candidates(flatten(blog, "line")[0])
        bounds = [*units.starts, len(tokens)]
        total += len(units.starts)
        for start, end in pairwise(bounds):
            counts.update(set(tokens.forms[start:end]))
    kept = [form for form, _ in counts.most_common(WORDS)]
    idf = np.log(total / np.array([1.0] * (BUCKETS + 1) + [counts[form] for form in kept]))
    numbers = {form: BUCKETS + 1 + at for at, form in enumerate(kept)}
    return Vocabulary(numbers=numbers, idf=idf.astype(np.float32), idf_outside=float(idf.max() - 1))


def examples_of(sets: dict[str, list[Blog]], vocabulary: Vocabulary) -> dict[str, list[Example]]:
    """Flatten and featurise every set."""
    found: dict[str, list[Example]] = {}
    for key, blogs in sets.items():
        if key.startswith("cased"):
            found[key] = [example(blog, form, vocabulary) for form in FORMS for blog in blogs]
        else:
            found[key] = [
                example(blog, "line+headlines" if key == "train" and at % 8 == 3 else "line", vocabulary)
                for at, blog in enumerate(blogs)
            ]
    return {key: [one for one in kept if len(one.labels) > 8] for key, kept in found.items()}


def batches(
    plain: Sequence[Example], cased: Sequence[Example], steps: int, random: np.random.Generator
) -> Iterator[list[np.ndarray]]:
    """Yield crops of blogs, each blog as often as it is long; more cased ones towards the end."""
    pools = {False: plain, True: cased}
    odds = {key: _odds(pool) for key, pool in pools.items()}
    for step in range(steps):
        share = 0.125 if step < 0.7 * steps else 0.3
        rows = []
        for _ in range(BATCH):
            key = bool(random.random() < share)
            rows.append(_crop(pools[key][random.choice(len(pools[key]), p=odds[key])], random))
        yield [np.stack(column) for column in zip(*rows, strict=True)]


def _odds(pool: Sequence[Example]) -> np.ndarray:
    sizes = np.array([len(one.labels) for one in pool], dtype=np.float64)
    return sizes / sizes.sum()


def _crop(one: Example, random: np.random.Generator) -> list[np.ndarray]:
    """Cut 120 units out, padded with zeros; the last array is the mask of the loss."""
    size = len(one.labels)
    start = int(random.integers(0, max(size - CROP, 0) + 1))
    end = min(start + CROP, size)
    columns = [one.features.words, one.features.flags, one.features.dense, one.labels]
    found = [np.zeros((CROP, *column.shape[1:]), dtype=column.dtype) for column in columns]
    for target, column in zip(found, columns, strict=True):
        target[: end - start] = column[start:end]
    mask = np.zeros(CROP, dtype=np.float32)
    mask[0 if start else 1 : end - start] = 1
    drop = random.random(found[0].shape) < 0.12
    found[0] = np.where(drop & (found[0] > 0), 1 + found[0] % BUCKETS, found[0])
    return [*found, mask]


def train(
    data: dict[str, list[Example]], vocabulary: Vocabulary, options: argparse.Namespace, seed: int, start: Arrays | None
) -> dict[str, np.ndarray]:
    """Train one network, from ``start`` where it is given; return its arrays by name."""
    import torch
    from splitter.torch_network import Splitter

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    numbers = np.concatenate([one.features.dense for one in data["train"]])
    deviation = numbers.std(0) + 1e-3
    network = Splitter(len(vocabulary.numbers), torch.from_numpy(numbers.mean(0)), torch.from_numpy(deviation))
    if start is not None:
        known = {name: torch.from_numpy(np.array(value)) for name, value in start.items() if np.any(value)}
        network.load_state_dict(known, strict=False)  # an array of zeros learns nothing: it stays as it was drawn
    optimiser = torch.optim.Adam(network.parameters(), lr=options.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=options.steps, pct_start=0.15)
    began = time.monotonic()
    losses: list[float] = []
    for batch in batches(data["train"], data["cased-train"], options.steps, np.random.default_rng(seed)):
        words, flags, dense, labels, mask = (torch.from_numpy(one) for one in batch)
        losses.append(_learn(network, optimiser, (words, flags, dense), labels, mask))
        schedule.step()
        if len(losses) % 100 == 0:
            took = time.monotonic() - began
            print(f"  step {len(losses)}/{options.steps}  loss {np.mean(losses[-100:]):.4f}  {took:.0f} s", flush=True)
    network.eval()
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


def _learn(network: Any, optimiser: Any, seen: tuple[Any, ...], labels: Any, mask: Any) -> float:
    """Take one step; return the loss."""
    import torch

    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    loss = entropy(network(*seen), labels, weight=mask, reduction="sum") / mask.sum()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def figures(data: dict[str, list[Example]], nets: Sequence[dict[str, np.ndarray]]) -> dict[str, float]:
    """Choose the thresholds on the blogs held out for it, and print the figures of the others.

    Cased blogs held out for choosing are few: for one line the threshold is the best for them and the lower-cased ones
    together, for paragraphs the best over both of its forms.
    """
    scores = {key: [probabilities(one.features, tuple(nets)) for one in data[key]] for key in HELD_OUT}
    lower = (data["dev"], scores["dev"])
    thresholds = {
        "lower": best_threshold([lower]),
        "line": best_threshold([lower, _of("line", "cased-dev", data, scores)]),
        "paragraphs": best_threshold([_of(form, "cased-dev", data, scores) for form in FORMS[2:]]),
    }
    for form in FORMS:
        examples, own = _of(form, "cased-test", data, scores)
        threshold = thresholds["paragraphs" if form.startswith("paragraphs") else "line"]
        print(
            f"  cased {form}: F1 {f1_over(examples, own, threshold):.3f} at {threshold:.2f}, "
            f"candidates {f1_over(examples, own, threshold, announced=True):.3f}"
        )
    announced = f1_over(data["test"], scores["test"], thresholds["lower"], announced=True)
    print(f"  LREC, announced starts: F1 {announced:.3f} at {thresholds['lower']:.2f}", flush=True)
    return thresholds


def _of(
    form: str, key: str, data: dict[str, list[Example]], scores: dict[str, list[np.ndarray]]
) -> tuple[list[Example], list[np.ndarray]]:
    chosen = [at for at, one in enumerate(data[key]) if one.form == form]
    return [data[key][at] for at in chosen], [scores[key][at] for at in chosen]


def language_free(sets: dict[str, list[Blog]]) -> tuple[np.ndarray, float]:
    """Fit the score for other languages: logistic regression on the numbers that no word list goes into."""
    examples = [example(blog, "line", None) for blog in [*sets["cased-train"], *sets["train"][:200]]]
    numbers = np.concatenate([one.features.dense[1:] for one in examples]).astype(np.float64)
    labels = np.concatenate([one.labels[1:] for one in examples])
    weights = fit_logistic(numbers, labels, LANGUAGE_FREE)
    chosen = [example(blog, "line", None) for blog in [*sets["cased-dev"], *sets["dev"]]]
    scores = [1 / (1 + np.exp(-(one.features.dense @ weights[1:] + weights[0]))) for one in chosen]
    return weights, best_threshold([(chosen, scores)])


def main() -> None:
    """Prepare, train, export after each network."""
    options = _options()
    if options.out is None:
        print("{}" if options.json else __doc__)
        return
    sets = split_blogs(options.corpus, options.limit)
    trained = load_model(options.nets_from) if options.nets_from else None
    earlier = load_model(options.start) if options.start else None
    known = trained or earlier
    vocabulary = known.vocabulary if known else vocabulary_of([*sets["train"], *sets["cased-train"]])
    print({key: len(blogs) for key, blogs in sets.items()}, len(vocabulary.numbers), "words", flush=True)
    needed = HELD_OUT if trained else ("train", "cased-train") if options.defer_figures else tuple(sets)
    data = examples_of({key: sets[key] for key in needed}, vocabulary)
    print({key: sum(len(one.labels) for one in kept) for key, kept in data.items()}, "units", flush=True)
    cohesion, threshold = (earlier.cohesion, 0.0) if options.defer_figures and earlier else language_free(sets)
    nets: list[dict[str, np.ndarray]] = []
    for number in range(options.nets):
        seed = options.seed + number
        start = earlier.nets[number % len(earlier.nets)] if earlier else None
        nets.append(dict(trained.nets[number]) if trained else train(data, vocabulary, options, seed, start))
        thresholds = dict(earlier.thresholds) if options.defer_figures and earlier else _told(data, nets, threshold)
        export(options.out, nets, vocabulary, cohesion, thresholds)
        print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB", flush=True)


def _told(data: dict[str, list[Example]], nets: list[dict[str, np.ndarray]], cohesion: float) -> dict[str, float]:
    """Print the figures of the newest network and of all together; return the thresholds."""
    print("the newest network alone:")
    thresholds = figures(data, nets[-1:])
    if len(nets) > 1:
        print(f"mean of {len(nets)} networks:")
        thresholds = figures(data, nets)
    return {**thresholds, "cohesion": cohesion}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, help="the weights file to write")
    parser.add_argument("--nets", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1800)
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate of the cycle")
    parser.add_argument("--start", type=Path, help="begin with the networks of this file and its vocabulary")
    parser.add_argument("--defer-figures", action="store_true", help="with --start: figures come with --nets-from")
    parser.add_argument("--nets-from", type=Path, help="train nothing: take the networks of this file")
    parser.add_argument("--limit", type=int, help="read only so many LREC blogs: a quick try")
    parser.add_argument(
        "--json", action="store_true", help="taken for the sake of `make bench`; nothing is measured here"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
