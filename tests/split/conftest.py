"""Fictional coverage of a storm, rendered in every style in which copies are met."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

COVERAGE = json.loads(Path(__file__).with_name("harbour_live.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A copy in one style, with where its entries start and what should be found of them."""

    text: str
    starts: tuple[int, ...]
    stated: tuple[str, ...]
    headlines: tuple[str | None, ...]
    authors: tuple[str | None, ...]


def half_day(time: str, *, padded: bool = False, upper: bool = True, mark: str = ":") -> str:
    hour, minute = int(time[:2]), time[3:]
    shown = (hour - 1) % 12 + 1
    half = "pm" if hour >= 12 else "am"
    return f"{shown:02}" * padded + f"{shown}" * (not padded) + f"{mark}{minute}{half.upper() if upper else half}"


def _telegraph(one):
    clock = half_day(one["time"], padded=True).replace("PM", " PM GMT").replace("AM", " AM GMT")
    return clock, one["headline"], None, "\n\n".join([clock, one["headline"], *one["paragraphs"]]), "\n\n"


def _telegraph_2019(one):
    clock = half_day(one["time"])
    return clock, one["headline"], None, "\n".join([clock, one["headline"], *one["paragraphs"]]), "\n"


def _independent(one):
    line = f"{one['time']} , {one['author']}"
    text = "\n".join([one["headline"], line, *one["paragraphs"]])
    return one["time"], one["headline"], one["author"], text, "\n"


def _newsbreak(one):
    clock = half_day(one["time"], upper=False, mark=".") + " BST"
    return clock, None, None, "\n\n".join([clock, *one["paragraphs"]]), "\n\n"


def _newssniffer(one):
    clock = half_day(one["time"], upper=False, mark=".") + f" GMT{one['time']}"
    return clock, None, None, " ".join([clock, *one["paragraphs"]]), " "


def _uhr(one):
    clock = one["time"].replace(":", ".") + " Uhr"
    return clock, one["headline"], None, "\n".join([f"{clock}: {one['headline']}", *one["paragraphs"]]), "\n"


def _plus_signs(one):
    return (
        one["time"],
        one["headline"],
        None,
        "\n".join([f"+++ {one['time']} {one['headline']} +++", *one["paragraphs"]]),
        "\n",
    )


def _bold(one):
    clock = one["time"].replace(":", ".")
    return clock, None, None, "\n".join([f"**{clock}** {one['paragraphs'][0]}", *one["paragraphs"][1:]]), "\n"


def _ago(one):
    clock = f"{90 - int(one['time'][3:])} mins ago{one['time']}"
    return clock, one["headline"], None, "\n".join([clock, one["headline"], *one["paragraphs"]]), "\n"


def _trailing(one):
    clock = f"{one['time']}(IST)"
    return clock, one["headline"], None, "\n".join([f"{one['headline']} {clock}", *one["paragraphs"]]), "\n"


def _one_line_author(one):
    text = " ".join([one["headline"], f"{one['time']} , {one['author']}", *one["paragraphs"]])
    return one["time"], one["headline"], one["author"], text, " "


def _one_line_zone(one):
    clock = half_day(one["time"], padded=True).replace("PM", " PM GMT").replace("AM", " AM GMT")
    return clock, None, None, " ".join([clock, *one["paragraphs"]]), " "


STYLES = {
    "telegraph on yahoo": _telegraph,
    "telegraph on yahoo, 2019": _telegraph_2019,
    "independent on yahoo": _independent,
    "guardian on newsbreak": _newsbreak,
    "guardian on newssniffer": _newssniffer,
    "uhr and headline": _uhr,
    "plus signs": _plus_signs,
    "bold clock": _bold,
    "relative and absolute glued": _ago,
    "clock behind the headline": _trailing,
    "one line with authors": _one_line_author,
    "one line with zones": _one_line_zone,
}


def render_as(style: str, coverage=COVERAGE, lead: str = "") -> Rendered:
    text, starts, found = lead, [], []
    for one in coverage:
        clock, headline, author, own, gap = STYLES[style](one)
        text += gap if text else ""
        starts.append(len(text))
        text += own
        found.append((clock, headline, author))
    clocks, headlines, authors = zip(*found, strict=True)
    return Rendered(text=text, starts=tuple(starts), stated=clocks, headlines=headlines, authors=authors)


@pytest.fixture(params=STYLES)
def rendered(request) -> Rendered:
    """The coverage in each style, one after the other."""
    return render_as(request.param)


@pytest.fixture
def render() -> Callable[..., Rendered]:
    return render_as


@pytest.fixture
def coverage() -> list[dict]:
    return COVERAGE


@pytest.fixture
def one_line() -> str:
    """The coverage in one line, without clocks and headlines."""
    return " ".join(paragraph for one in COVERAGE for paragraph in one["paragraphs"])
