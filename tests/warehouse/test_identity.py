"""Which entry a post is, across pages: the publisher's id, else text and order."""

from dataclasses import replace

from dateline.model import Order
from dateline.warehouse.history import fold
from fabricate import post, reading, showing

NEWS = (
    "Water has reached the second step of the town hall and is rising",
    "The mayor asks everybody east of the river to go upstairs now",
    "Two hundred volunteers fill sandbags behind the old brewery tonight",
    "The railway bridge is closed, and so is the road below it",
    "Schools stay shut tomorrow in all of the lower town",
)


def folded(*pages):
    return fold("doc", [showing(number, one) for number, one in enumerate(pages)])


def unnamed(*numbers, start=0):
    """Posts without ids, newest first, a minute apart."""
    return [post(NEWS[n], at=n + start) for n in numbers]


def texts(found):
    return sorted(one.statement.text for one in found.state.entries.values())


def test_posts_without_ids_are_known_again_by_their_text():
    found = folded(reading(*unnamed(1, 0)), reading(*unnamed(2, 1, 0)))
    assert len(found.state.entries) == 3
    assert not [one for one in found.versions.values() if one.number > 1]


def test_an_edited_post_without_id_stays_one_entry():
    edited = replace(unnamed(1)[0], text=f"{NEWS[1]}, and to take blankets along")
    found = folded(reading(*unnamed(2, 1, 0)), reading(*unnamed(3, 2), edited, *unnamed(0)))
    assert len(found.state.entries) == 4
    assert max(one.number for one in found.versions.values()) == 2


def test_an_id_that_changes_on_edit_is_one_entry():
    before = [post(text, at=n, anchor=f"v1-{n}") for n, text in enumerate(NEWS[:3])]
    after = [before[0], replace(before[1], anchor="v2-1", text=f"{NEWS[1]} without delay"), before[2]]
    found = folded(reading(*before), reading(*after))
    assert len(found.state.entries) == 3


def test_a_post_replaced_by_another_under_a_new_id_is_another_entry():
    before = [post(text, at=n, anchor=f"p{n}") for n, text in enumerate(NEWS[:3])]
    after = [before[0], post(NEWS[4], at=1, anchor="p9"), before[2]]
    found = folded(reading(*before), reading(*after))
    assert len(found.state.entries) == 4


def test_a_post_under_another_id_and_another_time_is_another_though_most_of_its_words_are_the_same():
    first = post("The harbour master says that the ferry to Saltmarsh is late", at=9, anchor="a")
    second = post("The harbour master says that the ferry to Hollin is late", at=30, anchor="b")
    for pages in ([(first,), (second,)], [(first,), (second,), (second, first)]):
        found = folded(*(reading(*posts) for posts in pages))
        assert {one.statement.anchor for one in found.state.entries.values()} == {"a", "b"}


def test_two_posts_in_one_minute_are_two():
    found = folded(reading(post(NEWS[0], at=3), post(NEWS[1], at=3)), reading(post(NEWS[1], at=3), post(NEWS[0], at=3)))
    assert texts(found) == sorted(NEWS[:2])


def test_a_short_wording_under_another_time_is_another_post():
    goal = "Goal!"
    found = folded(
        reading(post(goal, at=10), post(NEWS[0], at=1)),
        reading(post(goal, at=40), post(goal, at=10), post(NEWS[0], at=1)),
        reading(post(goal, at=80), post(goal, at=40), post(NEWS[0], at=1)),
    )
    assert texts(found).count(goal) == 3


def test_a_repeated_wording_without_times_is_told_apart_by_order_from_the_old_end():
    found = folded(
        reading(post("Goal!"), post(NEWS[0])),
        reading(post("Goal!"), post(NEWS[1]), post("Goal!"), post(NEWS[0])),
    )
    first = [one for one in found.state.entries.values() if one.first_snapshot_id == one.version.first_snapshot_id]
    assert texts(found).count("Goal!") == 2
    assert len(first) == 4


def renumbered(*numbers):
    """Ids that are places: post1 is the newest, whatever it says."""
    return [post(NEWS[n], at=n, anchor=f"post{place + 1}") for place, n in enumerate(numbers)]


def test_ids_that_are_places_identify_nothing():
    found = folded(
        reading(*renumbered(1, 0)),
        reading(*renumbered(2, 1, 0)),
        reading(*renumbered(4, 3, 2, 1, 0)),
    )
    assert found.state.has_positional_anchors
    assert texts(found) == sorted(NEWS)
    assert max(one.number for one in found.versions.values()) == 1


def test_one_id_over_two_unlike_posts_is_two_entries():
    found = folded(reading(post(NEWS[0], at=1, anchor="171"), post(NEWS[1], at=1, anchor="171")))
    again = folded(*[reading(post(NEWS[0], at=1, anchor="171"), post(NEWS[1], at=1, anchor="171"))] * 3)
    assert len(found.state.entries) == len(again.state.entries) == 2


def test_a_page_without_ids_is_matched_to_one_with_them():
    named = [post(text, at=n, anchor=f"p{n}") for n, text in enumerate(NEWS)]
    found = folded(reading(*named), reading(*unnamed(0, 1, 2, 3, 4)), reading(*named))
    assert len(found.state.entries) == 5


def test_an_edited_post_off_the_newest_page_is_found_by_its_time():
    edited = replace(unnamed(0)[0], text=f"{NEWS[0]} by the hour")
    found = folded(reading(*unnamed(1, 0)), reading(*unnamed(4, 3, 2)), reading(*unnamed(2, 1), edited))
    assert len(found.state.entries) == 5


def test_the_same_face_shows_the_same_entries():
    page = reading(post("Goal!"), post("Goal!"), order=Order.UNKNOWN)
    other = reading(post("Kick-off"), order=Order.UNKNOWN)
    found = folded(page, other, page)
    assert len(set(found.entry_ids[showing(0, page).edition.edition_id])) == 2
    assert len(found.state.entries) == 3


def test_a_large_page_without_ids_that_changed_through_and_through_is_matched_in_time():
    before = [post(f"{n} {NEWS[n % 5]} {n * n}") for n in range(600)]
    after = [post(f"{n} {NEWS[(n + 1) % 5]} altogether {n * 7}") for n in range(600)]
    assert len(folded(reading(*before), reading(*after)).state.entries) >= 600
