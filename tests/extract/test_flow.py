from dateline.extract.clock_text import opening_clock
from dateline.extract.flow import flow_of
from dateline.extract.lines import sheet_of
from dateline.extract.text import fragment


def flow(markup):
    sheet = sheet_of(fragment(markup))
    return flow_of(sheet, [n for n, line in enumerate(sheet.lines) if line.bold and opening_clock(line.text)])


def bodies(found):
    return [[line.text for line in post.body] for post in found.posts]


POSTS = "<h2>17.05 Uhr: A</h2><p>a1</p><p>a2</p><h2>16.20 Uhr: B</h2><p>b1</p><h2>15.48 Uhr: C</h2><p>c1</p>"


def test_a_post_runs_to_the_next_beginning():
    assert bodies(flow(f"<div>{POSTS}</div>")) == [["a1", "a2"], ["b1"], ["c1"]]


def test_a_day_ends_a_post_and_belongs_to_none():
    found = flow(f"<div>{POSTS}<h2>Sonntag, 2. März 2031</h2><h2>14.00 Uhr: D</h2><p>d1</p></div>")
    assert bodies(found)[2:] == [["c1"], ["d1"]]
    assert [(one.position, one.stated) for one in found.headings] == [(3, "Sonntag, 2. März 2031")]


def test_the_last_post_ends_where_the_page_goes_on():
    assert bodies(flow(f"<div>{POSTS}<h2>Read on</h2><p>other</p></div>"))[-1] == ["c1"]
    links = "<p><a href='/1'>One story</a></p><p><a href='/2'>Another story</a></p>"
    assert bodies(flow(f"<div>{POSTS}{links}</div>"))[-1] == ["c1"]


def test_what_stands_between_wrappers_is_no_post():
    posts = "".join(f"<div><b>1{n}.00 Uhr</b><p>body {n}</p></div><p>Advert {n}</p>" for n in range(4))
    assert bodies(flow(f"<section>{posts}</section>")) == [[f"body {n}"] for n in range(4)]


def test_a_clock_in_the_margin_begins_nothing():
    margin = "<div><h3>09.00 Uhr: margin</h3><p>m</p></div>"
    more = "<h2>14.00 Uhr: D</h2><p>d1</p><h2>13.00 Uhr: E</h2><p>e1</p>"
    found = flow(f"<main><div>{POSTS}{more}</div><h2>See also</h2>{margin}</main>")
    assert len(found.posts) == 5


def test_a_picture_belongs_to_the_post_that_it_stands_in():
    found = flow("<div><p><b>17.05</b> A</p><p><img src='a.jpg'></p><p><b>16.20</b> B</p><p><b>15.00</b> C</p></div>")
    assert [len(one.quotes) for one in found.posts] == [1, 0, 0]


def test_the_lead_stands_before_the_first_post():
    assert [line.text for line in flow(f"<div><p>In short.</p>{POSTS}</div>").lead] == ["In short."]
