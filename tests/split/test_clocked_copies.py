"""Copies that kept their clocks, in every style and in mixtures of them."""

from dateline.split.clocked import clocked_sections


def test_every_entry_begins_where_its_clock_or_headline_begins(rendered):
    assert tuple(one.start for one in clocked_sections(rendered.text)) == rendered.starts


def test_every_clock_is_kept_as_stated(rendered):
    assert tuple(one.marker.stated for one in clocked_sections(rendered.text)) == rendered.stated


def test_every_headline_goes_to_its_own_entry(rendered):
    assert tuple(one.headline for one in clocked_sections(rendered.text)) == rendered.headlines


def test_every_author_goes_to_their_own_entry(rendered):
    assert tuple(one.marker.author for one in clocked_sections(rendered.text)) == rendered.authors


def test_no_clock_and_no_headline_stays_in_the_text(rendered, coverage):
    bodies = [" ".join(one.body.split()) for one in clocked_sections(rendered.text)]
    assert bodies == [" ".join(one["paragraphs"]) for one in coverage]


def test_sections_joined_give_the_text_back(rendered):
    sections = clocked_sections(rendered.text)
    assert "".join(rendered.text[one.start : one.end] for one in sections) == rendered.text[sections[0].start :]


def test_two_styles_may_follow_each_other(render, coverage):
    first = render("telegraph on yahoo", coverage[:5])
    both = render("guardian on newsbreak", coverage[5:], lead=first.text)
    assert tuple(one.start for one in clocked_sections(both.text)) == (*first.starts, *both.starts)


def test_what_stands_before_the_first_clock_is_no_entry(render):
    copy = render("telegraph on yahoo", lead="A storm has hit the coast.\n\nThis is how the day went.")
    assert clocked_sections(copy.text)[0].start == copy.starts[0] > 0


def test_an_entry_without_text_is_still_an_entry(coverage, render):
    silent = [coverage[0], {**coverage[1], "paragraphs": []}, *coverage[2:]]
    copy = render("independent on yahoo", silent)
    sections = clocked_sections(copy.text)
    assert len(sections) == len(silent)
    assert (sections[1].headline, sections[1].body) == (coverage[1]["headline"], "")


def test_a_list_of_contents_before_the_posts_is_not_the_posts(render):
    posts = render("telegraph on yahoo")
    contents = "\n".join(f"{clock} - Part {n} of the evening" for n, clock in enumerate(posts.stated) if n % 2 == 0)
    sections = clocked_sections(f"{contents}\n\n{posts.text}")
    assert [one.headline for one in sections] == list(posts.headlines)


def test_clocks_in_speech_begin_nothing():
    text = "He left at 8.20 a.m. and was seen at 9.15 a.m. near the mill. By 10.30 a.m. the gate was shut. " * 12
    assert clocked_sections(text) == []


def test_a_timetable_inside_an_article_is_no_live_blog():
    article = "The festival opens on Friday with a long parade through the old town and ends by the sea.\n" * 30
    assert clocked_sections(f"{article}\n10:00 Parade\n12:00 Lunch\n14:00 Regatta\n18:00 Dance\n{article}") == []


def test_a_programme_of_bare_titles_is_no_live_blog():
    assert clocked_sections("19:00 News\n19:30 Weather\n19:45 Quiz\n20:15 Film\n22:00 News\n22:20 Late show") == []


def test_two_clocks_are_too_few_to_show_a_style():
    assert clocked_sections("9:01PM\n\nWall gives way\n\nThe wall is gone.\n\n8:30PM\n\nCalm\n\nNothing yet.") == []


def test_midnight_does_not_break_the_run(render, coverage):
    late = [{**one, "time": time} for one, time in zip(coverage, ["00:40", "00:10", "23:50", "23:15"], strict=False)]
    assert len(clocked_sections(render("one line with zones", late).text)) == 4
