import pytest

from dateline.extract.clock_text import bare_time, closing_clock, is_day, opening_clock, run_one_way, shows_time


@pytest.mark.parametrize(
    ("line", "stated", "rest"),
    [
        ("12.31 Uhr: Feuer ist aus", "12.31 Uhr", "Feuer ist aus"),
        ("+++ 12:41 Pier offen +++", "12:41", "Pier offen"),
        ("17.00 We leave it here", "17.00", "We leave it here"),
        ("9:43PM Ferries run", "9:43PM", "Ferries run"),
        ("5.02pm GMT", "5.02pm GMT", ""),
        ("4:05 p.m. ET — Ferries run", "4:05 p.m. ET", "Ferries run"),
        ("20h15 : Le quai rouvre", "20h15", "Le quai rouvre"),
        ("kl. 14.05 Kaien er åpen", "14.05", "Kaien er åpen"),
        ("27.08.2031, 12:31 Uhr: Feuer ist aus", "27.08.2031, 12:31 Uhr", "Feuer ist aus"),
        ("19:02(IST) Ferries run", "19:02(IST)", "Ferries run"),
        ("12:31Ferries run", "12:31", "Ferries run"),
    ],
)
def test_a_clock_that_opens_a_line_is_told_from_what_follows(line, stated, rest):
    found = opening_clock(line)
    assert (found.stated, found.rest) == (stated, rest)


@pytest.mark.parametrize(
    "line",
    [
        "3.15 million people",
        "10.30 per cent",
        "12.5 percent",
        "2031 was a year",
        "1:0 for the Gulls",
        "At 8.20 a.m. he left",
        "",
    ],
)
def test_a_number_that_opens_a_line_is_no_clock(line):
    assert opening_clock(line) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "12:31",
            "12.31 Uhr",
            "9:43PM",
            "20h15",
            "5m",
            "now",
            "just now",
            "21 mins ago",
            "21 mins ago11:48",
            "vor 5 Minuten",
        ),
        *("il y a 2 heures", "hace 5 minutos", "1 hr 5 min ago", "Published at 12:31", "12:31 PM · Nov 24, 2031"),
        *(
            "Updated Nov 24, 2031 / 7:45 PM EST",
            "Mardi 24 novembre à 19h45",
            "24/11 19:45",
            "ore 12.31",
            "Yesterday 12:30",
        ),
    ],
)
def test_a_text_that_is_only_a_time_is_known(text):
    assert shows_time(text)


@pytest.mark.parametrize(
    "text", ["Day 5", "5 comments", "12 shares", "3-1", "Politics", "24 November 2031", "hours", "", "9"]
)
def test_a_text_that_is_no_time_of_day_is_not(text):
    assert not shows_time(text)


def test_a_byline_may_end_in_a_clock():
    found = closing_clock("Mira Aalto, 24 Nov 12:31")
    assert (found.stated, found.rest) == ("24 Nov 12:31", "Mira Aalto")
    assert closing_clock("Mira Aalto") is None


def test_labels_are_no_part_of_a_time():
    assert [bare_time(one) for one in ("Updated: 12:31 |", "Stand: 24.11.2031 12:31 Uhr", "(12:31)")] == [
        "12:31",
        "24.11.2031 12:31 Uhr",
        "12:31",
    ]


@pytest.mark.parametrize(
    "line", ["Dienstag, 27. August 2031", "Tuesday 6 May", "May 6", "27.08.2031", "Lundi 5 mai 2031"]
)
def test_a_line_that_is_only_a_day_is_a_heading_of_days(line):
    assert is_day(line)


@pytest.mark.parametrize("line", ["The May 6 vote", "12:31", "May", "27 people", "On Tuesday 6 May the council met"])
def test_a_line_with_more_than_a_day_is_none(line):
    assert not is_day(line)


def test_clocks_run_one_way_through_midnight_but_prices_do_not():
    assert run_one_way([20, 1421, 1267, 1100])
    assert run_one_way([600, 615, 615, 640])
    assert not run_one_way([600, 200, 650, 150, 700])
    assert not run_one_way([600])
