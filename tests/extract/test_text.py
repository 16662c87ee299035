"""Markup becomes text, one paragraph a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.text import fragment, line, paragraphs, plain, select, tidy

TEXTS = st.text(max_size=200)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two <b>bold</b> words</p>", "One\nTwo bold words"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", "One\nTwo"),
        ("<blockquote><p>Said</p></blockquote>after", "Said\nafter"),
        ("one\n  line\tonly", "one line only"),
        ("in<i>si</i>de", "inside"),
        ("<p>a&nbsp;b&#8203;c</p>", "a bc"),
        ("<script>x</script><style>y</style><svg><text>z</text></svg><p>w</p>", "w"),
        ("<button>Share</button><iframe src=x>no</iframe><p>w</p>", "w"),
        ("<!-- no --><p>w</p>", "w"),
        ("", ""),
    ],
)
def test_a_browsers_lines_are_our_lines(markup, text):
    assert paragraphs(fragment(markup)) == text


def test_what_the_format_names_is_left_out():
    root = fragment("<p>A</p><figure><figcaption>cap</figcaption></figure><div class=ad><p>Buy</p></div><p>B</p>")
    assert paragraphs(root, "figcaption, .ad") == "A\nB"


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ("plain words", "plain words"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("It&#39;s", "It's"),
        ("It&amp;#39;s", "It's"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\nTwo"),
        ("One\nTwo\r\nThree\rFour", "One\nTwo\nThree\nFour"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("AT&T and R&D", "AT&T and R&D"),
    ],
)
def test_a_body_may_be_plain_or_html_or_escaped(stated, text):
    assert plain(stated) == text


def test_text_far_below_is_found_without_recursion():
    assert paragraphs(fragment("<b>" * 4_000 + "deep")) == "deep"


@given(TEXTS)
def test_tidying_is_stable(text):
    assert tidy(tidy(text)) == tidy(text)


@given(TEXTS)
def test_a_tidy_text_has_no_empty_line_and_no_loose_space(text):
    for one in tidy(text).split("\n"):
        assert one == " ".join(one.split())


@given(TEXTS)
def test_a_line_is_one_line_or_nothing(text):
    assert line(text) is None or "\n" not in line(text)


def test_a_node_that_two_queries_match_is_selected_once():
    root = fragment('<p class="a">1</p><b>2</b><p class="a b">3</p>')
    assert [one.text() for one in select(root, "p.b, b, p.a")] == ["1", "2", "3"]
