"""The player in one HTML file, opened in Chromium from a file: it plays, seeks, steps, and runs only its own code."""

import json
import re
import shutil
from dataclasses import replace
from importlib.resources import files

import pytest
from playwright.sync_api import expect, sync_playwright

from dateline.replay import Axis, as_of, tape_of
from dateline.replay.player_page import player_page
from dateline.replay.still_page import still_page
from dateline.warehouse import ReadSnapshot, load_batch, migrate, open_warehouse
from dateline.warehouse.query import query
from fabricate import BLOG, DAY, post, reading, stored
from ferry import NINE, TEN, TUG

HOSTILE = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>&lt;b&gt; {{css}} \u2028"
KEY = replace(TUG, is_key_event=True, headline="The tug has a line on the ferry")
EDITED = replace(TEN, text="The engine failed near the lighthouse, the coast guard is on its way")
WILD = post(HOSTILE, at=20, anchor="w", headline=HOSTILE, author=HOSTILE)
PINNED = replace(KEY, is_pinned=True)
PAGES = (
    (1, (NINE,)),
    (6, (TEN, NINE)),
    (10, (KEY, EDITED, NINE)),
    (21, (WILD, KEY, EDITED, NINE)),
    (22, (PINNED, WILD, NINE)),
    (23, (PINNED, WILD, NINE)),
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="module")
def blog():
    """A blog with everything that a player shows, and with a title and a post that mean harm."""
    engine = open_warehouse("sqlite://")
    migrate(engine)
    pages = [(at, reading(*posts, title=f"Ferry adrift {HOSTILE}", language="en")) for at, posts in PAGES]
    load_batch(engine, [ReadSnapshot(stored=stored(at), readings=(page,)) for at, page in pages])
    yield engine, query(engine, "select document_id from dim_documents").rows[0][0]
    engine.dispose()


@pytest.fixture(scope="module")
def page_file(blog, tmp_path_factory):
    path = tmp_path_factory.mktemp("player") / "ferry.html"
    path.write_text(player_page([tape_of(*blog, axis=axis) for axis in Axis]), encoding="utf-8")
    return path


def test_nothing_that_was_posted_can_be_taken_for_markup(blog, page_file):
    text = page_file.read_text(encoding="utf-8")
    assert text.count("<script") == 2
    assert text.count("</script>") == 2
    assert "<img" not in text
    data = json.loads(re.search(r'id="tape">(.*?)</script>', text, re.DOTALL)[1])
    assert any(words[0] == HOSTILE for words in data["words"])
    assert set(re.findall(r"https?://[^\"'\s]+", text)) == {BLOG, "http://www.w3.org/2000/svg"}


def test_the_looks_of_the_file_are_those_of_the_tape(blog, page_file):
    """Play the file's differences back, as its script does, and compare with every look."""
    data = json.loads(re.search(r'id="tape">(.*?)</script>', page_file.read_text(encoding="utf-8"), re.DOTALL)[1])
    for axis in data["axes"]:
        tape, order = tape_of(*blog, axis=Axis(axis["name"])), []
        for written, look in zip(axis["looks"], tape.looks, strict=True):
            for place, face in written["faces"]:
                order[place] = face
            start, count, new = written["splice"]
            order[start : start + count] = new
            shown = [data["words"][data["faces"][face][1]] for face in order]
            assert shown == [[one.headline or "", one.text, one.author or ""] for one in look.posts]


def test_a_still_page_shows_an_instant_and_runs_nothing(blog):
    posts = as_of(*blog, DAY.add(minutes=22))
    text = still_page("Ferry <adrift>", posts, DAY.add(minutes=22))
    assert "<script" not in text
    assert "<img" not in text
    assert text.count("<article") == len(posts) == 3
    assert "Ferry &lt;adrift&gt;" in text
    assert "Nothing had been seen" in still_page(None, [], DAY)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium: install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, page_file):
    """Open the file; anything that the page complains of, or asks of the network, fails the test."""
    contexts, trouble = [], []

    def open_at(width=1440, scheme="light", *, has_axe=False):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=has_axe, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda request: request.url.startswith(("file:", "data:")) or trouble.append(request.url))
        page.goto(page_file.as_uri())
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert trouble == []


def shown(page):
    return page.locator("article:not(.gone) .text").all_inner_texts()


@pytest.mark.browser
def test_it_steps_and_jumps_by_keys(opened):
    page = opened()
    assert shown(page) == [NINE.text]
    page.keyboard.press("ArrowRight")
    assert shown(page) == [TEN.text, NINE.text]
    page.keyboard.press("End")
    assert [one[:20] for one in shown(page)] == [TUG.text[:20], HOSTILE[:20], NINE.text[:20]]
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert page.locator("#status").inner_text().startswith("09:10")
    page.keyboard.press("Home")
    assert shown(page) == [NINE.text]
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("window.broken") is None


@pytest.mark.browser
def test_edits_are_marked_and_deleted_posts_struck_through(opened):
    page = opened()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.locator("article.edited del").all_inner_texts() == ["off", "has been told"]
    assert page.locator("article.edited ins").all_inner_texts() == ["near", "is on its way"]
    assert page.locator("#keys li:not(.day)").count() == 2  # the key event, and the same post pinned
    page.keyboard.press("End")
    gone = page.locator("article.deleted")
    assert gone.locator(".meta").inner_text().endswith("between 09:21 and 09:22")
    assert "line-through" in gone.locator(".text").evaluate("one => getComputedStyle(one).textDecorationLine")
    assert page.locator("article.pinned h2").inner_text() == KEY.headline
    page.keyboard.press("m")
    assert page.locator("article.gone, del").count() == 0


@pytest.mark.browser
def test_it_plays_skips_silence_and_stops_at_the_end(opened):
    page = opened()
    page.select_option("#speed", "3600")
    page.click("#play")
    expect(page.locator("#step-count")).to_have_text("5 / 5", timeout=20_000)
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play", timeout=20_000)
    assert "between 09:21 and 09:22" in page.locator("#bounds").inner_text()


@pytest.mark.browser
def test_it_seeks_by_the_scrubber_and_changes_the_axis(opened):
    page = opened()
    page.locator("#scrubber").evaluate("one => { one.value = '300'; one.dispatchEvent(new Event('input')); }")
    assert page.locator("#now").get_attribute("datetime") == "2026-03-02T09:06:00.000Z"
    assert shown(page) == [TEN.text, NINE.text]
    page.select_option("#axis", "published")
    assert page.locator("#axis-words").inner_text() == "As the publisher dates it"
    assert page.locator("#now").get_attribute("datetime") == "2026-03-02T09:06:00.000Z"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1440, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(opened, width, scheme):
    page = opened(width, scheme, has_axe=True)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    for key in ("End", "?"):
        page.keyboard.press(key)
        found = page.evaluate("axe.run()")
        assert [(one["id"], one["impact"]) for one in found["violations"]] == []
        assert len(found["passes"]) > 10
    assert page.evaluate("document.documentElement.scrollWidth") == width
