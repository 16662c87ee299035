"""Banners, captions, credits, adverts and links are taken out of a text and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.split.furniture import blanked, credits_of, find_furniture, without


def taken(text: str) -> tuple[str, dict[str, str]]:
    spans = find_furniture(text)
    return without(text, spans), credits_of(spans)


def test_a_banner_placeholder_leaves_one_space():
    text, found = taken("The wall fell at eight. [BANNER1] The town was warned at nine.")
    assert text == "The wall fell at eight. The town was warned at nine."
    assert found == {"banner": "[BANNER1]"}


def test_credits_at_the_end_are_told_apart_by_their_labels():
    text, found = taken("The wall fell. Author: Ada Finch Translation: Bram Oakes Editing: Ines van der Tallow")
    assert text == "The wall fell."
    assert found == {"author": "Ada Finch", "translator": "Bram Oakes", "editor": "Ines van der Tallow"}


def test_several_names_are_one_credit():
    _, found = taken("The wall fell. Reporting by Ada Finch and Bram Oakes; Editing by Ines Tallow")
    assert found == {"reporting": "Ada Finch and Bram Oakes", "editor": "Ines Tallow"}


def test_a_label_in_the_middle_of_a_text_is_no_credit():
    text = "Editor: What did you see? Ada: Water. " + "The interview went on like this for an hour. " * 12
    middle = "The wall fell. Author: Ada Finch said so. " + "The sea was calm again on the next day. " * 12
    assert taken(middle)[1] == {}
    assert "editor" not in taken("So it began. " + text)[1]


@pytest.mark.parametrize(
    ("credit", "rest"),
    [
        ("Reuters", "Officials have arrived at the quay."),
        ("Ada Finch/Reuters", "Officials have arrived at the quay."),
        ("Ada Finch for the Gull", "The quay was empty."),
        ("Getty Images", "Officials have arrived."),
        ("staff archive", "Few people stayed."),
        ("still from a Borvian news report", "Harbour masters were warned."),
        ("Ada Finch", "Officials have arrived at the quay."),
    ],
)
def test_a_picture_credit_ends_where_the_text_goes_on(credit, rest):
    text, found = taken(f"The wall fell at eight, he said. Credit: {credit} {rest}")
    assert found["photo"] == credit
    assert text == f"The wall fell at eight, he said. {rest}"


def test_a_picture_takes_its_caption_with_it():
    text, found = taken("The wall fell. Two lifeboats in the inner harbour. Photo: staff archive Nobody was hurt.")
    assert text == "The wall fell. Nobody was hurt."
    assert found == {"caption": "Two lifeboats in the inner harbour.", "photo": "staff archive"}


def test_a_sentence_before_a_credit_is_no_caption_if_it_speaks():
    text, found = taken("The wall fell. 'It was loud,' she said. Photo: staff archive Nobody was hurt.")
    assert "caption" not in found
    assert "'It was loud,' she said." in text


def test_a_label_without_a_credit_takes_nothing_more():
    text, _ = taken("The wall fell. Photo: It was late when help came.")
    assert text.endswith("It was late when help came.")


def test_a_label_before_a_long_sentence_takes_none_of_it():
    sentence = "People have lived by this wall for longer than anybody in the town hall cares to remember, say fishers."
    assert taken(f"The wall fell.\nImage: {sentence}")[0] == f"The wall fell.\n{sentence}"


def test_credits_and_captions_end_with_their_lines():
    text, found = taken("Harbour wall gives way\nPhoto: Ada Finch\nWritten by: Bram Oakes\nThe Wall\nIt fell.")
    assert text == "Harbour wall gives way\nThe Wall\nIt fell."
    assert found == {"photo": "Ada Finch", "author": "Bram Oakes"}


def test_a_caption_that_lost_its_picture_is_taken_where_pictures_were_lost():
    text, found = taken("It fell. [BANNER1] Two lifeboats in the inner harbour In 2019 the wall was mended.")
    assert text == "It fell. In 2019 the wall was mended."
    assert found["caption"] == "Two lifeboats in the inner harbour"


def test_a_read_more_link_ends_before_the_next_sentence():
    text, found = taken("He was right. Read more: A night by the wall The harbour master said no.")
    assert text == "He was right. The harbour master said no."
    assert found == {"read_more": "A night by the wall"}


def test_an_advert_at_the_end_is_taken_whole():
    text, found = taken("It was over by noon. Enjoy award-winning journalism. Try The Gull free for 1 month.")
    assert text == "It was over by noon."
    assert found == {"advert": "Enjoy award-winning journalism. Try The Gull free for 1 month."}


def test_a_subscription_in_the_middle_is_news():
    text = "The Gull raised its subscription to nine crowns. Readers were angry. The mayor spoke of a sad day."
    assert taken(text) == (text, {})


def test_a_newsletter_form_is_taken_by_the_line():
    text, found = taken("The wall fell.\nSign up to our morning newsletter for more.\nNobody was hurt.")
    assert text == "The wall fell.\nNobody was hurt."
    assert set(found) == {"newsletter"}


def test_what_the_page_said_itself_stays_first():
    spans = find_furniture("The wall fell. Author: Ada Finch")
    assert credits_of(spans, {"author": "Bram Oakes"}) == {"author": "Bram Oakes; Ada Finch"}


_PIECES = st.lists(
    st.sampled_from(
        [
            "The wall fell. ", "[BANNER2]", "Photo: ", "Credit: Reuters ", "Read more: A night by the wall ", "\n",
            "'No,' he said. ", "Author: Ada Finch", " Subscribe to The Gull for free. ", "In 2019 ", "two boats ", "…",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(_PIECES | st.text(max_size=200))
def test_spans_lie_inside_the_text_in_order_and_apart(text):
    spans = find_furniture(text)
    edges = [edge for one in spans for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start <= one.end <= len(text) for one in spans)


@given(_PIECES | st.text(max_size=200))
def test_taking_furniture_out_adds_no_word_and_loses_no_other(text):
    spans = find_furniture(text)
    left = blanked(text, spans)
    assert len(left) == len(text)
    assert without(text, spans).split() == left.split()
