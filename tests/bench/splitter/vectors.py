"""First vectors for the network's words: words of the same entries lie near each other (latent semantic analysis)."""

from collections.abc import Sequence

import numpy as np
from splitter.data import Blog

from dateline.split.features import BUCKETS, Vocabulary
from dateline.split.normal_form import tokens_of

_LENGTH = 2.0


def vectors_of(blogs: Sequence[Blog], vocabulary: Vocabulary, width: int) -> np.ndarray:
    """Return one vector of some width per word of the vocabulary, from the entries that it stands in. Needs SciPy."""
    from scipy.sparse import csr_array
    from scipy.sparse.linalg import svds

    rows: list[list[int]] = []
    for blog in blogs:
        for _, text in blog.entries:
            known = {vocabulary.numbers.get(form, 0) for form in tokens_of(text).forms} - {0}
            if len(known) > 3:
                rows.append(sorted(known))
    columns = np.concatenate(rows) - BUCKETS - 1
    sizes = np.array([len(row) for row in rows])
    at = np.repeat(np.arange(len(rows)), sizes)
    idf = vocabulary.idf[BUCKETS + 1 :].astype(np.float64)
    weights = idf[columns]
    lengths = np.sqrt(np.bincount(at, weights=weights**2))
    table = csr_array((weights / lengths[at], (at, columns)), shape=(len(rows), len(idf)))
    _, strengths, words = svds(table, k=width, random_state=1)
    vectors = words.T * np.sqrt(strengths)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(_LENGTH * vectors / (norms + np.median(norms) * 0.1), dtype=np.float32)
