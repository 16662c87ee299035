"""The README keeps its word: its tables are compared with the code, its commands exist."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import typer.main

import dateline.cli
from dateline.extract.recognise import formats
from dateline.settings import Settings
from dateline.source import load_source

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    return re.search(rf"^## {name}$(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)[1]


def rows(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `([a-z_0-9]+)` \| (.*) \|$", text, re.MULTILINE))


def whose_pages(module) -> str:
    return module.__doc__.strip().split("\n\n")[0].replace("\n", " ").rstrip(".")


def test_the_table_of_formats_names_every_reader_and_says_what_it_reads():
    assert rows(section("Formats")) == {name: whose_pages(module) for name, module in formats().items()}


def test_the_table_of_settings_is_complete():
    assert list(rows(section("Settings"))) == [one.name for one in fields(Settings)]


@pytest.mark.parametrize("line", re.findall(r"^\.venv/bin/dateline (\w+)", README, re.MULTILINE))
def test_every_command_of_the_readme_exists(line):
    assert line in typer.main.get_command(dateline.cli.app).commands


def test_the_source_of_the_readme_is_one(tmp_path):
    stated = re.search(r"```toml\n(.*?)```", section("Declare a source"), re.DOTALL)[1]
    path = tmp_path / "readme.toml"
    path.write_text(stated, encoding="utf-8")
    assert load_source(path).publisher == "The Harbour Courier"


@pytest.mark.parametrize("target", re.findall(r"^(?:make) (\w+)", README, re.MULTILINE))
def test_every_make_target_of_the_readme_exists(target):
    assert re.search(rf"^{target}:", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_link_of_the_readme_leads_somewhere():
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (PROJECT / target).exists(), target
