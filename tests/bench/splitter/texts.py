"""The benchmark's copies: the texts in the corpus that are flattened or that we flatten, with their true entries."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from splitter.data import Blog, cased_blogs, flatten, lrec_blogs, truth_blog

CLOCKED = ("yahoo-telegraph", "yahoo-telegraph-2019", "yahoo-independent", "newsbreak-guardian", "americaage")
CLOCKED += ("newssniffer-guardian",)
CLOCKLESS = ("inkl-guardian", "prviportal", "theflashnews")
HEADLINES_KEPT = frozenset(("yahoo-telegraph", "yahoo-telegraph-2019", "yahoo-independent", "americaage"))
PAGES = (
    "telegraph-brit-awards-2024", "telegraph-airasia-20141231", "independent-brit-awards-2024",
    "independent-trump-greensboro", "express-harry-meghan-20240718", "corkbeo-level3-20201006",
    "toi-modi-israel-20260225",
    "guardian-ukraine-20230515", "guardian-dcr-politics-20231213", "sourcefabric-theme-api-response",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy: its text, the offsets where entries begin, and what is known of each."""

    name: str
    style: str
    text: str
    starts: tuple[int, ...]
    truth: tuple[dict[str, Any], ...] = ()


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def flattened(corpus: Path, styles: tuple[str, ...]) -> Iterator[Copy]:
    """Yield the corpus's own flattened pages (real text, applied flattening) in some styles."""
    for style in styles:
        for path in sorted((corpus / "flattened").glob(f"*.{style}.txt")):
            truth = rows(path.with_suffix(".truth.jsonl"))
            yield Copy(
                name=path.name.split(".")[0],
                style=style,
                text=path.read_text(encoding="utf-8"),
                starts=tuple(row["start"] for row in truth),
                truth=tuple(truth),
            )


def cased(corpus: Path, form: str) -> Iterator[Copy]:
    """Yield the held-out cased blogs (the latest third) and the captured pages, run together by us."""
    blogs = cased_blogs(corpus)
    yield from (_copy(blog, form) for blog in blogs[len(blogs) * 2 // 3 :])
    yield from pages(corpus, form)


def pages(corpus: Path, form: str) -> Iterator[Copy]:
    """Yield the captured English pages, run together by us."""
    for name in PAGES:
        yield _copy(truth_blog(corpus / "liveblogs" / "truth" / f"{name}.jsonl"), form)


def lower_cased(corpus: Path) -> Iterator[Copy]:
    """Yield the LREC blogs that are held out for testing."""
    for number, blog in enumerate(lrec_blogs(corpus)):
        if number % 40 == 20:
            yield _copy(blog, "line")


def _copy(blog: Blog, form: str) -> Copy:
    text, starts = flatten(blog, form)
    return Copy(name=blog.name, style=form, text=text, starts=starts)


def seed(corpus: Path) -> tuple[Copy, tuple[int, ...]]:
    """Return the topic page's live blog with the starts marked by reading, and the places that go either way."""
    marked = json.loads(Path(__file__).with_name("seed_starts.json").read_text(encoding="utf-8"))
    page = (corpus / "seed" / "hashtag-great-northern-war.txt").read_text(encoding="utf-8")
    text = page.split("\n")[marked["body_line"]]
    return Copy(name="seed", style="line", text=text, starts=tuple(marked["starts"])), tuple(marked["either_way"])
