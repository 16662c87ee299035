"""What a person names becomes sources that the DAGs understand."""

from pathlib import Path

import pytest

from dateline.errors import SettingsError
from dateline.source import SourceKind, load_sources
from dateline_airflow.coverage import given_address, given_files


def sources_of(coverage):
    return load_sources(Path(coverage.environ["DATELINE_SOURCES"]))


def test_paths_globs_and_folders_become_one_drop_folder(tmp_path):
    (tmp_path / "a b.html").write_text("one")
    (tmp_path / "c.txt").write_text("two")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "d.xml").write_text("three")
    with given_files(f"'{tmp_path}/a b.html' {tmp_path}/*.txt {tmp_path}/deep") as coverage:
        (source,) = sources_of(coverage)
        assert source.kind is SourceKind.DROP
        assert [path.read_text() for path in sorted(Path(source.url).iterdir())] == ["one", "two", "three"]
        assert coverage.title == "3 files"
    assert not Path(source.url).exists()


def test_a_file_named_twice_is_dropped_once(tmp_path):
    (tmp_path / "c.txt").write_text("two")
    with given_files(f"{tmp_path}/c.txt {tmp_path}/*.txt") as coverage:
        assert coverage.title == "1 file"


def test_a_name_with_brackets_is_a_name(tmp_path):
    (tmp_path / "page[1].html").write_text("one")
    with given_files(f"{tmp_path}/page[1].html") as coverage:
        assert coverage.title == "1 file"


def test_a_quote_that_is_never_closed_is_said():
    with pytest.raises(SettingsError, match="Quote names"), given_files("harbour's.html"):
        pass


def test_a_name_without_a_file_is_refused_by_name(tmp_path):
    with pytest.raises(SettingsError, match=r"nothing is at '.*/missing\*'"), given_files(f"{tmp_path}/missing*"):
        pass


def test_an_address_becomes_a_source_that_may_not_turn_private():
    with given_address("https://news.example/live?a='1'") as coverage:
        (source,) = sources_of(coverage)
    assert source.url == "https://news.example/live?a='1'"
    assert not source.allow_private


def test_a_loopback_address_that_a_person_typed_is_meant():
    with given_address("http://127.0.0.1:9000/live") as coverage:
        (source,) = sources_of(coverage)
    assert source.allow_private


@pytest.mark.parametrize("address", ["news.example/live", "file:///etc/hostname", "http://", "http://[::1", ""])
def test_what_is_no_web_address_is_refused(address):
    with pytest.raises(SettingsError, match="name an http or https address"), given_address(address):
        pass
