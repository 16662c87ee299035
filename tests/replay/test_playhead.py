"""Where a play stands as time passes and keys are pressed; pure, without a terminal."""

import math
from io import StringIO

import pytest
from rich.console import Console

from dateline.cli.terminal_player import obey, play_lines, screen_of
from dateline.replay.playhead import Playhead
from dateline.replay.tape import tape_of
from dateline.replay.word_changes import Part, word_changes
from fabricate import DAY


@pytest.fixture
def head(ferry_warehouse, ferry_id):
    return Playhead.at_start(tape_of(ferry_warehouse, ferry_id), speed=60)


def minutes(head):
    return (head.at - DAY).total_seconds() / 60


def test_time_passes_at_the_speed_and_stops_at_the_end(head):
    assert minutes(head) == 1
    head.advance(2)
    assert (minutes(head), head.number) == (3, 0)
    head.advance(3.5)
    assert (minutes(head), head.number) == (6.5, 1)
    head.advance(1000)
    assert minutes(head) == 11
    assert head.has_ended
    assert head.share == 1


def test_silences_are_cut_down(head):
    head.most_idle = 1
    head.advance(0.1)
    assert minutes(head) == 5
    head.advance(0.5)
    assert minutes(head) == 5.5


def test_an_infinite_speed_goes_from_look_to_look(head):
    head.speed = math.inf
    head.advance(0.1)
    assert minutes(head) == 6


def test_keys_step_pause_seek_and_change_the_speed(head):
    for key, expected in (("right", 6), ("right", 7), ("left", 6), ("end", 11), ("left", 10), ("home", 1), ("9", 11)):
        obey(head, key)
        assert minutes(head) == expected
    assert not head.is_running
    obey(head, " ")
    assert (minutes(head), head.is_running) == (1, True)
    obey(head, "up")
    assert head.speed == 300
    obey(head, "down")
    obey(head, "down")
    assert head.speed == 10
    obey(head, "s")
    assert head.most_idle == 1
    obey(head, "x")


def test_a_step_back_within_a_look_goes_to_where_it_began(head):
    head.advance(5.5)
    head.step(-1)
    assert minutes(head) == 6


def test_the_screen_shows_the_post_that_has_just_come_first(head):
    obey(head, "end")
    obey(head, "left")
    console = Console(width=100, record=True, file=StringIO())
    console.print(screen_of(head, 30))
    text = console.export_text()
    assert text.index("+ posted") < text.index("The tug has a line") < text.index("The engine failed")
    assert "paused at 60×" in text


def test_without_a_terminal_each_change_is_a_few_lines(head, capsys):
    waits = []
    play_lines(head.tape, speed=60, most_idle=2, wait=waits.append)
    out = capsys.readouterr().out
    assert waits == [0, 2, 1, 1, 2, 1]
    assert out.count("+ posted") == 3
    assert "- deleted" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "One"),
        ("One two", ""),
        ("a b c d", "a x y d"),
        ("One.\nTwo.", "One.\nThree.\nTwo."),
        ("é ü", "é o"),
        ("x", "x"),
    ],
)
def test_the_pieces_of_an_edit_spell_both_wordings(before, after):
    pieces = word_changes(before, after)
    assert "".join(one.text for one in pieces if one.part is not Part.IN) == before
    assert "".join(one.text for one in pieces if one.part is not Part.OUT) == after
