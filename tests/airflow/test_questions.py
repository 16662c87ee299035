"""A question about a link is written whatever its pages said of themselves."""

import pytest

from dateline.matching.doubts import Doubt, Side
from dateline_airflow.questions import question_of


def side(document_id, url):
    nothing = dict.fromkeys(("carrier", "claims", "first_seen", "origin", "origin_reason"))
    return Side(document_id=document_id, title="The tide", url=url, **nothing)


@pytest.mark.parametrize("url", ["http://[half/an/address", "javascript:alert(1)", None])
def test_an_address_that_is_none_is_no_link_and_stops_no_question(url):
    doubt = Doubt(
        link_id="link", origin=side("a", "https://quay.example/tide"), copy=side("b", url), relation="duplicate",
        reason="nothing tells the two apart", confidence=0.5, share_of_origin=1.0, share_of_copy=1.0, sample="It rose.",
    )  # fmt: skip
    body = question_of(doubt)["body"]
    assert "[The tide](https://quay.example/tide) | The tide |" in body
