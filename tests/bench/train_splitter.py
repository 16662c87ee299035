"""Train the splitter for copies without clocks, and write its weights and figures.

Needs PyTorch and SciPy, which Dateline itself never imports::

    python -m venv /some/where && /some/where/bin/pip install torch==2.13.0 numpy scipy pendulum
    PYTHONPATH=plugins OMP_NUM_THREADS=1 /some/where/bin/python tests/bench/train_splitter.py \
        --corpus ../shared/corpus --out plugins/dateline/split/weights.npz --cache /some/where/examples.npz

Trains on the LREC blogs, as they are and brought back to the forms of raw pages (`splitter/raw_forms.py`), and on the
cased Guardian blogs that are not held out; one core, seeds fixed. Held out, whole: every 20th LREC blog (every 40th to
choose thresholds, the others to test), of the cased blogs the latest third to test and every fourth of the others to
choose thresholds, every captured page, and the topic page. Preparing the examples takes about ten minutes and 900 MB,
a network as long again; ``--cache`` keeps the examples.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from splitter.data import (
    FORMS,
    Blog,
    Example,
    candidates,
    cased_blogs,
    example,
    flatten,
    lrec_blogs,
    same_page,
    store,
    stored,
)
from splitter.export import LANGUAGE_FREE, best_threshold, export, f1_over, fit_logistic
from splitter.raw_forms import Paragraphs, line_per_unit, raw_form, whole_lines
from splitter.vectors import vectors_of

from dateline.split.features import BUCKETS, Vocabulary
from dateline.split.network import load_model, probabilities

WORDS, WIDTH, CROP, BATCH, HELD_OUT_EVERY = 20_000, 64, 120, 16, 20
SHARES = {"train": 0.26, "train-raw": 0.36, "train-paragraphs": 0.3, "cased-train": 0.08}
"""How much of the training comes from each set. Seventy cased blogs are learnt by heart where they are shown often."""


def split_blogs(corpus: Path, limit: int | None) -> dict[str, list[Blog]]:
    """Return the blogs of each set; whole blogs, and none in two sets."""
    cased = cased_blogs(corpus)
    third = len(cased) * 2 // 3
    sets = {"cased-train": [], "cased-dev": [], "cased-test": cased[third:], "train": [], "dev": [], "test": []}
    for number, blog in enumerate(cased[:third]):
        sets["cased-dev" if number % 4 == 1 else "cased-train"].append(blog)
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
    kept = sorted(counts, key=lambda form: (-counts[form], form))[:WORDS]  # ties by name: alike in every run
    idf = np.log(total / np.array([1.0] * (BUCKETS + 1) + [counts[form] for form in kept]))
    numbers = {form: BUCKETS + 1 + at for at, form in enumerate(kept)}
    idf = idf.astype(np.float16).astype(np.float32)  # as the weights file keeps them
    return Vocabulary(numbers=numbers, idf=idf, idf_outside=float(idf.max() - 1))


def examples_of(sets: dict[str, list[Blog]], vocabulary: Vocabulary) -> dict[str, list[Example]]:
    """Flatten and featurise every set; LREC blogs as they are, and brought back to the forms of raw pages."""
    random = np.random.default_rng(1)
    found = {"train": list(_lrec(sets["train"], "line", 8, vocabulary))}
    found |= {key: [example(blog, "line", vocabulary) for blog in sets[key]] for key in ("dev", "test")}
    for key in ("cased-train", "cased-dev", "cased-test"):
        found[key] = [example(blog, form, vocabulary) for form in FORMS for blog in sets[key]]
    found["cased-train"] += [example(whole_lines(blog), "paragraphs", vocabulary) for blog in sets["cased-train"][::3]]
    paragraphs = Paragraphs(sets["cased-train"])
    for key in ("train", "dev"):
        raw = [raw_form(blog, random) for blog in sets[key]]
        found[f"{key}-raw"] = list(_lrec(raw, "line", 6, vocabulary))
        # Houses break lines as they like: most as the cased blogs do, some once an entry, some after each sentence.
        ways = {1: whole_lines, 4: line_per_unit}
        broken = [ways[at % 7](one) if at % 7 in ways else paragraphs.broken(one, random) for at, one in enumerate(raw)]
        found[f"{key}-paragraphs"] = list(_lrec(broken, "paragraphs", 3, vocabulary))
    return {key: [one for one in kept if len(one.labels) > 8] for key, kept in found.items()}


def _lrec(blogs: Sequence[Blog], form: str, headlines_every: int, vocabulary: Vocabulary) -> Iterator[Example]:
    """Flatten blogs, every so many with its headlines."""
    for at, blog in enumerate(blogs):
        yield example(blog, f"{form}+headlines" if at % headlines_every == 2 else form, vocabulary)


def batches(data: dict[str, list[Example]], steps: int, random: np.random.Generator) -> Iterator[list[np.ndarray]]:
    """Yield crops of blogs: each set as often as `SHARES` says, each blog as often as it is long."""
    odds = {key: _odds(data[key]) for key in SHARES}
    for _ in range(steps):
        keys = random.choice(list(SHARES), size=BATCH, p=list(SHARES.values()))
        rows = [_crop(data[key][random.choice(len(data[key]), p=odds[key])], random) for key in keys]
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
    mask[: end - start] = one.allowed[start:end]
    mask[0] *= start > 0
    drop = random.random(found[0].shape) < 0.12
    found[0] = np.where(drop & (found[0] > 0), 1 + found[0] % BUCKETS, found[0])
    return [*found, mask]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a training begins with."""

    data: dict[str, list[Example]]
    vocabulary: Vocabulary
    vectors: np.ndarray  # one per word of the vocabulary
    cohesion: np.ndarray
    cohesion_threshold: float


def prepare(options: argparse.Namespace) -> Prepared:
    """Compute everything, or read it from the cache where there is one: that saves ten minutes."""
    cache = options.cache
    if cache and cache.exists():
        kept = load_model(cache.with_suffix(".words.npz"))
        with np.load(cache.with_suffix(".vectors.npz")) as arrays:
            vectors = arrays["vectors"]
        return Prepared(
            data=stored(cache), vocabulary=kept.vocabulary, vectors=vectors,
            cohesion=kept.cohesion, cohesion_threshold=kept.thresholds["cohesion"],
        )  # fmt: skip
    sets = split_blogs(options.corpus, options.limit)
    print({key: len(blogs) for key, blogs in sets.items()}, "blogs", flush=True)
    known = [*sets["train"], *sets["cased-train"]]
    vocabulary = vocabulary_of(known)
    cohesion, threshold = language_free(sets)
    vectors = vectors_of(known, vocabulary, WIDTH)
    data = examples_of(sets, vocabulary)
    if cache:
        export(cache.with_suffix(".words.npz"), [], vocabulary, cohesion, {"cohesion": threshold})
        np.savez(cache.with_suffix(".vectors.npz"), vectors=vectors)
        store(cache, data)
    return Prepared(data=data, vocabulary=vocabulary, vectors=vectors, cohesion=cohesion, cohesion_threshold=threshold)


def train(prepared: Prepared, options: argparse.Namespace, seed: int) -> dict[str, np.ndarray]:
    """Train one network; return its arrays by name."""
    import torch
    from splitter.torch_network import Splitter

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    numbers = np.concatenate([one.features.dense for key in SHARES for one in prepared.data[key][::4]])
    deviation = numbers.std(0) + 1e-3
    network = Splitter(
        len(prepared.vocabulary.numbers),
        torch.from_numpy(numbers.mean(0)),
        torch.from_numpy(deviation),
        torch.from_numpy(prepared.vocabulary.idf),
        torch.from_numpy(prepared.vectors),
    )
    optimiser = torch.optim.Adam(network.parameters(), lr=options.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.rate, total_steps=options.steps, pct_start=0.15)
    began = time.monotonic()
    losses: list[float] = []
    for batch in batches(prepared.data, options.steps, np.random.default_rng(seed)):
        words, flags, dense, labels, mask = (torch.from_numpy(one) for one in batch)
        words, flags = words.int(), flags.int()
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
    with torch.autocast("cpu", dtype=torch.bfloat16):  # a third faster
        logits = network(*seen)
    loss = entropy(logits.float(), labels, weight=mask, reduction="sum") / mask.sum()
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def figures(data: dict[str, list[Example]], nets: Sequence[dict[str, np.ndarray]], *, tests: bool) -> dict[str, float]:
    """Choose the thresholds on the blogs held out for it, and print the figures.

    The figures of blogs held out for testing are printed only with ``--test``: designs are chosen without them.
    """
    chosen = [key for key in data if "dev" in key or (tests and "test" in key)]
    scores = {key: [probabilities(one.features, tuple(nets)) for one in data[key]] for key in chosen}

    def of(key: str, form: str) -> tuple[list[Example], list[np.ndarray]]:
        own = [at for at, one in enumerate(data[key]) if one.form == form]
        return [data[key][at] for at in own], [scores[key][at] for at in own]

    thresholds = {
        "lower": best_threshold([of("dev", "line")]),
        "line": best_threshold([of("cased-dev", "line"), of("dev-raw", "line")]),
        "paragraphs": best_threshold([of("cased-dev", "paragraphs"), of("dev-paragraphs", "paragraphs")]),
    }
    for key in scores:
        for form in FORMS:
            examples, own = of(key, form)
            if examples:
                kind = "lower" if key in {"dev", "test"} else form.split("+")[0]
                _print_figures(f"{key}, {form}", examples, own, thresholds[kind])
    return thresholds


def _print_figures(name: str, examples: list[Example], scores: list[np.ndarray], threshold: float) -> None:
    whole, announced = (f1_over(examples, scores, threshold, announced=only) for only in (False, True))
    best = best_threshold([(examples, scores)])
    print(
        f"  {name}: F1 {whole:.3f} at {threshold:.2f} (announced starts {announced:.3f}); "
        f"the best threshold, {best:.2f}, gives {f1_over(examples, scores, best):.3f}",
        flush=True,
    )


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
    prepared = prepare(options)
    print({key: sum(len(one.labels) for one in kept) for key, kept in prepared.data.items()}, "units", flush=True)
    nets: list[dict[str, np.ndarray]] = []
    for seed in range(options.seed, options.seed + options.nets):
        nets.append(train(prepared, options, seed))
        thresholds = {**_told(prepared.data, nets, tests=options.test), "cohesion": prepared.cohesion_threshold}
        export(options.out, nets, prepared.vocabulary, prepared.cohesion, thresholds)
        print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB", flush=True)


def _told(data: dict[str, list[Example]], nets: list[dict[str, np.ndarray]], *, tests: bool) -> dict[str, float]:
    """Print the figures of the newest network and of all together; return the thresholds."""
    print("the newest network alone:")
    thresholds = figures(data, nets[-1:], tests=tests)
    if len(nets) > 1:
        print(f"mean of {len(nets)} networks:")
        thresholds = figures(data, nets, tests=tests)
    return thresholds


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, help="the weights file to write")
    parser.add_argument("--nets", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1100)
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate of the cycle")
    parser.add_argument("--cache", type=Path, help="a file that keeps the examples from run to run (.npz)")
    parser.add_argument("--test", action="store_true", help="print the figures of the blogs held out for testing, too")
    parser.add_argument("--limit", type=int, help="read only so many LREC blogs: a quick try")
    parser.add_argument(
        "--json", action="store_true", help="taken for the sake of `make bench`; nothing is measured here"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
