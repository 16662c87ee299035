"""The script: what is published, changed and withdrawn when, and what readers therefore see at an instant.

Pure. A story is a list of posts and of changes to them, each at an offset from the newsroom's anchor.
``pace`` squeezes the script: at pace 60 an hour of it lasts a minute.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

STORIES = Path(__file__).parent / "stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Turns the script's offsets into instants."""

    anchor: datetime
    pace: float = 1.0

    def instant(self, offset: timedelta) -> datetime:
        return self.anchor + offset / self.pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post as readers see it at some instant."""

    anchor: str
    published: datetime
    modified: datetime
    text: str
    headline: str | None = None
    embed: Mapping[str, str] | None = None
    is_key_event: bool = False
    is_summary: bool = False
    is_pinned: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A live blog's script: where it stands, and its posts and changes in order of their offset."""

    slug: str
    title: str
    publisher: str
    path: str
    author: str
    category: str
    tag: str
    standfirst: str
    posts: tuple[Mapping[str, Any], ...]
    changes: tuple[Mapping[str, Any], ...]

    @property
    def address(self) -> str:
        return f"/{self.path}/live/{self.slug}"

    @property
    def opens(self) -> timedelta:
        return min(offset_of(one["at"]) for one in self.posts)

    @property
    def closes(self) -> timedelta:
        return max(offset_of(one["at"]) for one in (*self.posts, *self.changes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article, published once."""

    slug: str
    at: timedelta
    title: str
    publisher: str
    path: str
    author: str
    category: str
    tag: str
    text: str

    @property
    def address(self) -> str:
        return f"/{self.path}/{self.slug}"

    @property
    def opens(self) -> timedelta:
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An aggregator's copy of a story or article, taken at one instant and never refreshed."""

    of: str
    slug: str
    at: timedelta
    carrier: str
    style: str

    @property
    def address(self) -> str:
        return f"/meridian/{self.slug}"

    @property
    def opens(self) -> timedelta:
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Everything the newsroom publishes."""

    stories: tuple[Story, ...]
    articles: tuple[Article, ...]
    copies: tuple[Copy, ...]

    @property
    def originals(self) -> tuple[Story | Article, ...]:
        return (*self.stories, *self.articles)

    def original(self, slug: str) -> Story | Article:
        return next(one for one in self.originals if one.slug == slug)

    def story(self, slug: str) -> Story:
        return next(one for one in self.stories if one.slug == slug)


def offset_of(stated: str) -> timedelta:
    """Read ``"7:20"``, hours and minutes after the anchor."""
    hours, minutes = stated.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def load_coverage(folder: Path = STORIES) -> Coverage:
    """Read the scripts of a folder."""
    pages = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
    others = pages.pop("articles")
    return Coverage(
        stories=tuple(_story(one) for one in pages.values()),
        articles=tuple(
            Article(**{**one, "at": offset_of(one["at"]), "text": one["text"].strip()}) for one in others["articles"]
        ),
        copies=tuple(Copy(**{**one, "at": offset_of(one["at"])}) for one in others["copies"]),
    )


def _story(stated: Mapping[str, Any]) -> Story:
    by_offset = {
        name: tuple(sorted(stated[name], key=lambda one: offset_of(one["at"]))) for name in ("posts", "changes")
    }
    return Story(**{**stated, **by_offset})


def seen_by_readers(story: Story, timeline: Timeline, instant: datetime) -> tuple[Post, ...]:
    """Return the posts that a reader saw at an instant, in page order: pinned first, then newest first."""
    return tuple(one for one in everything(story, timeline, instant) if not one.is_deleted)


def everything(story: Story, timeline: Timeline, instant: datetime) -> tuple[Post, ...]:
    """Return the posts so far in page order, those that were deleted too."""
    posts = {one.anchor: one for one in _published(story, timeline, instant)}
    for change in story.changes:
        at = timeline.instant(offset_of(change["at"]))
        if at <= instant:
            posts[change["post"]] = _changed(posts[change["post"]], change, at, timeline)
    return tuple(sorted(posts.values(), key=lambda one: (not one.is_pinned, -one.published.timestamp(), one.anchor)))


def _published(story: Story, timeline: Timeline, instant: datetime) -> Iterator[Post]:
    for stated in story.posts:
        at = timeline.instant(offset_of(stated["at"]))
        if at <= instant:
            yield Post(
                anchor=stated["id"],
                published=at,
                modified=at,
                text=stated.get("text", "").strip(),
                headline=stated.get("headline"),
                embed=stated.get("embed"),
                is_key_event=stated.get("key", False),
                is_summary=stated.get("summary", False),
            )


def _changed(post: Post, change: Mapping[str, Any], at: datetime, timeline: Timeline) -> Post:
    match change["action"]:
        case "edit":
            text = change.get("text", post.text).strip()
            return replace(post, text=text, headline=change.get("headline", post.headline), modified=at)
        case "delete":
            return replace(post, is_deleted=True, modified=at)
        case "pin":
            return replace(post, is_pinned=True)
        case "unpin":
            return replace(post, is_pinned=False)
        case "redate":
            return replace(post, published=timeline.instant(offset_of(change["to"])), modified=at)
        case other:
            raise ValueError(f"{other!r} is no action of the script")
