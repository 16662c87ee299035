"""What a post quotes becomes typed objects."""

import pytest

from dateline.extract.embeds import address_as_embed, embeds_of, picture_url
from dateline.extract.text import fragment
from dateline.model import Block, Embed

TWEET = (
    '<blockquote class="twitter-tweet"><p>Our cellar is a pond.</p>— Bo Harrow (@boharrow) '
    '<a href="https://twitter.com/boharrow/status/99?ref_src=x">November 5</a></blockquote>'
)


def found(markup: str, **more) -> tuple[Embed, ...]:
    return embeds_of(fragment(markup), **more)


def test_a_tweet_has_address_words_and_author():
    (tweet,) = found(TWEET)
    assert (tweet.kind, tweet.url, tweet.author) == (
        "tweet",
        "https://twitter.com/boharrow/status/99",
        "Bo Harrow (@boharrow)",
    )
    assert tweet.text.startswith("Our cellar is a pond.")


def test_a_quote_is_a_quote():
    assert found("<blockquote><p>Small boats first.</p></blockquote>") == (
        Embed(kind="quote", text="Small boats first."),
    )


def test_a_picture_is_told_by_its_caption():
    (one,) = found('<figure><img src="https://i.test/a.jpg?w=1" alt="x"><figcaption>The quay.</figcaption></figure>')
    assert one == Embed(kind="image", url="https://i.test/a.jpg", text="The quay.")


@pytest.mark.parametrize(
    "markup",
    [
        '<header><img src="https://i.test/reporter.png"></header>',
        '<div class="author-avatar"><img src="https://i.test/reporter.png"></div>',
        '<div class="share-bar"><a><img src="https://i.test/share.png"></a></div>',
        '<img src="data:image/gif;base64,R0">',
        '<img src="https://i.test/pixel" width="1">',
        "<img>",
        "<iframe src='about:blank'></iframe>",
    ],
)
def test_portraits_icons_and_pixels_are_no_pictures_of_the_post(markup):
    assert found(markup) == ()


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ('<iframe src="https://www.youtube.com/embed/x"></iframe>', "video"),
        ('<iframe src="https://platform.twitter.com/embed/Tweet.html?id=1"></iframe>', "tweet"),
        ('<iframe src="https://frames.harbour.test/TwitterEmbed?post=99"></iframe>', "tweet"),
        ('<iframe src="https://open.spotify.com/embed/x"></iframe>', "audio"),
        ('<iframe src="https://maps.test/x"></iframe>', "other"),
        ('<video><source src="https://v.test/a.mp4"></video>', "video"),
        ('<audio src="https://v.test/a.mp3"></audio>', "audio"),
    ],
)
def test_frames_are_named_by_what_they_show(markup, kind):
    assert [one.kind for one in found(markup)] == [kind]


def test_amp_elements_are_read_where_they_may_stand():
    markup = '<amp-twitter data-tweetid="7"></amp-twitter><amp-youtube data-videoid="q"></amp-youtube>'
    assert found(markup) == ()
    assert [one.url for one in found(markup, in_amp=True)] == [
        "https://twitter.com/i/status/7",
        "https://www.youtube.com/watch?v=q",
    ]


def test_the_same_embed_twice_is_one():
    assert len(found(TWEET + TWEET)) == 1


def test_a_text_that_is_only_an_address_is_an_embed():
    block = address_as_embed(Block(where="x", text="https://twitter.com/boharrow/status/99"))
    assert (block.text, [one.kind for one in block.embeds]) == ("", ["tweet"])
    said = Block(where="x", text="See https://twitter.com/boharrow/status/99")
    assert address_as_embed(said) is said


def test_only_picture_files_lose_their_query():
    assert picture_url("https://i.test/a.jpg?s=1") == "https://i.test/a.jpg"
    assert picture_url("https://i.test/image.php?id=1") == "https://i.test/image.php?id=1"
