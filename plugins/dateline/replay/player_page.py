"""A live blog as one HTML file that plays: it needs nothing else, loads nothing, and runs only its own script.

The page, its styles and its script stand in ``player/``. What the web wrote goes in as JSON in which no ``<`` is left,
and from there into text nodes; the page's policy names the digests of its own script and styles and allows nothing
more. The file holds each wording once and for each look only the difference to the look before.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import orjson
from pendulum import DateTime

from dateline.replay.changes import Change, ChangeKind
from dateline.replay.posts import EntrySeen
from dateline.replay.tape import Tape
from dateline.replay.word_changes import word_changes

NOTHING_ELSE = "base-uri 'none'; form-action 'none'"

Words = tuple[str, str, str]
Face = tuple[int, int, int | None, int]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def player_page(tapes: Sequence[Tape]) -> str:
    """Write tapes of one live blog, the axis to begin with first, as an HTML page."""
    title = tapes[0].title or "Live blog"
    css, js = part("player.css"), part("player.js")
    policy = f"default-src 'none'; script-src {digest(js)}; style-src {digest(css)}; {NOTHING_ELSE}"
    values = {"title": html.escape(title), "css": css, "js": js, "policy": policy, "tape": _inert(_Reel().of(tapes))}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], part("player.html"))


def part(name: str) -> str:
    """Return one of the files that pages are made of."""
    return files("dateline.replay").joinpath("player", name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    """Name a script or a style as a Content-Security-Policy does."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _inert(value: Any) -> str:
    """Write JSON that no parser of HTML can take for markup."""
    return orjson.dumps(value).decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@dataclass(slots=True)
class _Reel:
    """A tape as the script reads it: wordings, faces of posts and edits by number, and looks as differences.

    A face is a post as it stands: its entry, its words, its time in milliseconds, and its flags.
    """

    entries: dict[str, int] = field(default_factory=dict)
    words: dict[Words, int] = field(default_factory=dict)
    faces: dict[Face, int] = field(default_factory=dict)
    edits: dict[str, Any] = field(default_factory=dict)

    def of(self, tapes: Sequence[Tape]) -> dict[str, Any]:
        """Lay out tapes of one live blog."""
        language = tapes[0].language or ""
        return {
            "url": tapes[0].url,
            "publisher": tapes[0].publisher,
            "language": language if _LANGUAGE.fullmatch(language) else None,
            "axes": [{"name": str(tape.axis), "looks": list(self._looks(tape))} for tape in tapes],
            "words": list(self.words),
            "faces": list(self.faces),
            "edits": self.edits,
        }

    def _looks(self, tape: Tape) -> Iterator[dict[str, Any]]:
        before: list[EntrySeen] = []
        order: list[int] = []
        for look in tape.looks:
            now = {one.entry_id: self._face(one) for one in look.posts}
            swapped = [(place, now[one.entry_id]) for place, one in enumerate(before) if one.entry_id in now]
            faces = [(place, face) for place, face in swapped if order[place] != face]
            for place, face in faces:
                order[place] = face
            wanted = list(now.values())
            yield {
                "at": _milliseconds(look.at),
                "earliest": _milliseconds(look.earliest) if look.earliest else None,
                "faces": faces,
                "splice": _splice(order, wanted),
                "changes": [self._change(one) for one in look.changes],
            }
            before, order = list(look.posts), wanted

    def _change(self, change: Change) -> list[Any]:
        old = self._face(change.before) if change.before else None
        if change.kind is ChangeKind.EDITED and change.before and change.after:
            was, now = self._words(change.before), self._words(change.after)
            self.edits[f"{was}>{now}"] = [
                _marked(change.before.headline, change.after.headline),
                _marked(change.before.text, change.after.text),
            ]
        return [str(change.kind), self._face(change.post), old]

    def _face(self, post: EntrySeen) -> int:
        entry = self.entries.setdefault(post.entry_id, len(self.entries))
        at = _milliseconds(post.published.at) if post.published.at else None
        flags = post.is_pinned + 2 * post.is_key_event + 4 * post.is_summary + 8 * (not post.is_on_page)
        return self.faces.setdefault((entry, self._words(post), at, flags), len(self.faces))

    def _words(self, post: EntrySeen) -> int:
        return self.words.setdefault((post.headline or "", post.text, post.author or ""), len(self.words))


def _splice(before: Sequence[int], after: Sequence[int]) -> tuple[int, int, list[int]]:
    """Return where two lists differ, how much of the first that is, and what stands there in the second."""
    least = min(len(before), len(after))
    head = next((place for place in range(least) if before[place] != after[place]), least)
    tail = next((n for n in range(least - head) if before[-1 - n] != after[-1 - n]), least - head)
    return head, len(before) - head - tail, list(after[head : len(after) - tail])


def _marked(before: str | None, after: str | None) -> list[tuple[str, str]]:
    """Return the pieces of an edit; none where nothing changed."""
    if before == after:
        return []
    return [(str(one.part), one.text) for one in word_changes(before or "", after or "")]


def _milliseconds(at: DateTime) -> int:
    return round(at.timestamp() * 1000)
