"""Source files: each key is known and of its type, each error says where and what to do; a bad one stops no other."""

from datetime import date
from pathlib import Path

import pytest

from dateline.errors import SourceError
from dateline.source import SourceKind, faults_in, load_source, load_sources, require_sound

SOUND = 'url = "https://news.example/live"\n'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_is_named_after_its_file(tmp_path):
    source = load_source(write(tmp_path, "harbour-live", SOUND))
    assert (source.source_id, source.kind, source.interval) == ("harbour-live", SourceKind.LIVE_PAGE, 60)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SOUND + "intervall = 3\n", "unknown key 'intervall'"),
        (SOUND + 'interval = "60"\n', "expected int, found str"),
        (SOUND + "interval = true\n", "expected int, found bool"),
        (SOUND + "interval = 0\n", "1 or more"),
        (SOUND + 'kind = "blog"\n', "one of feed"),
        (SOUND + 'zone = "Atlantis/Port"\n', "IANA"),
        (SOUND + "[expect]\nleast = 3\n", "unknown key 'least'"),
        (SOUND + "[[layouts]]\nformat = 3\n", "expected str"),
        ('title = "No address"\n', "url is missing"),
        ('url = "ftp://news.example/"\n', "only http and https"),
        ('url = "https://news.example/\n', "not readable as TOML"),
        ("\x00", "not readable as TOML"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_name(tmp_path, text, why):
    path = write(tmp_path, "harbour", text)
    with pytest.raises(SourceError, match="harbour") as caught:
        load_source(path)
    assert why in str(caught.value)


@pytest.mark.parametrize("name", ["Harbour", "-harbour", "har bour", "har.bour", "a" * 64])
def test_a_name_that_is_no_id_is_refused(tmp_path, name):
    with pytest.raises(SourceError, match="no source id"):
        load_source(write(tmp_path, name, SOUND))


def test_a_bad_file_never_stops_the_others(tmp_path):
    write(tmp_path, "bad", 'urll = "https://news.example/"\n')
    write(tmp_path, "good", SOUND)
    write(tmp_path, "worse", "[")
    assert [one.source_id for one in load_sources(tmp_path)] == ["good"]
    assert len(faults_in(tmp_path)) == 2
    with pytest.raises(SourceError, match=r"2 source files.*bad\.toml.*worse\.toml"):
        require_sound(tmp_path)


def test_a_folder_of_sound_files_is_sound(tmp_path):
    write(tmp_path, "good", SOUND)
    require_sound(tmp_path)


def test_an_old_capture_is_read_with_the_layout_of_its_day(tmp_path):
    text = SOUND + 'format = "new"\n[[layouts]]\nformat = "old"\nuntil = 2024-05-01\n'
    source = load_source(write(tmp_path, "harbour", text))
    assert source.format_at(date(2024, 5, 1)) == "old"
    assert source.format_at(date(2024, 5, 2)) == "new"
    assert source.format_at(None) == "new"


def test_the_sources_that_ship_are_sound():
    project = Path(__file__).resolve().parents[1]
    require_sound(project / "tests" / "newsroom" / "sources")
    require_sound(project / "dags" / "sources")
