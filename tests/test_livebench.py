"""LiveBench reads any folder of its layout and ends in one line of figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.model import Dating, Entry

ROOT = Path(__file__).resolve().parents[1]
POST = (
    '<div class="live-event-entry" id="{id}" data-post-time="{ms}" data-last-modified-time="{ms}">'
    '<div class="entry-content"><h3>{head}</h3><p>{text}</p></div></div>'
)


sys.path.insert(0, str(ROOT / "tests" / "bench"))

from livebench.pages import TrueEntry  # noqa: E402 - the benchmark is a script: its folder is no package
from livebench.scores import matched  # noqa: E402


def true(stated: str, text: str = "", anchor: str | None = None) -> TrueEntry:
    return TrueEntry(anchor=anchor, headline="", text=text, stated=stated, at=None)


def read(stated: str, text: str = "") -> Entry:
    unknown = Dating()
    return Entry(
        position=0,
        anchor=None,
        headline=None,
        text=text,
        author=None,
        created=unknown,
        published=Dating(stated=stated),
        modified=unknown,
        shown=unknown,
    )


def test_a_post_without_words_or_id_is_paired_by_its_clock_once():
    assert matched([true("16.42"), true("16:42")], [read("16:42")]) == {0: 0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (true("16:42", text="The boats are back."), read("16:42")),
        (true("16:42", anchor="4410900"), read("16:42")),
        (true("16:42"), read("16:42", text="The boats are back.")),
        (true("16:42"), read("16:43")),
        (true(""), read("")),
    ],
)
def test_a_clock_pairs_nothing_that_words_or_an_id_could_name(one, other):
    assert matched([one], [other]) == {}


@pytest.fixture
def corpus(tmp_path):
    entries = [
        (4_410_900 + n, 1_951_663_330_000 - n * 600_000, f"Boat {n}", f"Boat {n} is back in port.") for n in range(4)
    ]
    body = "".join(POST.format(id=i, ms=ms, head=head, text=text) for i, ms, head, text in entries)
    folder = tmp_path / "some" / "depth"
    (folder / "truth").mkdir(parents=True)
    (folder / "a.html").write_text(f"<!DOCTYPE html><html><body><main>{body}</main></body></html>")
    (folder / "manifest.jsonl").write_text(
        json.dumps({"file": "a.html"}) + "\n" + json.dumps({"file": "absent.html"}) + "\n"
    )
    times = ["2031-11-05T16:42:10+00:00", "2031-11-05T17:32:10+01:00", "2031-11-05T16:22:10Z", "2031-11-05T15:00:00Z"]
    truth = [{"id": str(e[0]), "time": t, "headline": e[2], "text": e[3]} for e, t in zip(entries, times, strict=True)]
    truth.append({"id": "1", "time": times[0], "headline": "Not on the page", "text": "Nowhere to be found."})
    (folder / "truth" / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in truth))
    return tmp_path


@pytest.mark.slow
def test_figures_are_right_for_a_corpus_of_ones_own(corpus):
    command = [sys.executable, "tests/bench/reading.py", "--corpus", str(corpus), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["recall"], figures["precision"], figures["pages"]) == (0.8, 1.0, 1)
    assert (figures["times_within_60s"], figures["wrong_claims"], figures["headlines"]) == (0.6, 0.25, 1.0)
    assert set(figures) >= {"generic_recall", "generic_precision", "vs_lxml", "vs_trafilatura"}


@pytest.mark.slow
def test_a_folder_without_pages_is_refused_in_one_line(tmp_path):
    command = [sys.executable, "tests/bench/reading.py", "--corpus", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "manifest.jsonl" in done.stderr
