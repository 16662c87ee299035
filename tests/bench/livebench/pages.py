"""The captured pages of a corpus folder, and the entries that each truly holds."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.model import Snapshot


@dataclass(frozen=True, kw_only=True)
class TrueEntry:
    """One entry as it truly is. ``at`` is None where the truth knows a clock only, without its day and zone."""

    anchor: str | None
    headline: str
    text: str
    stated: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CapturedPage:
    """One captured page or payload with its truth."""

    name: str
    snapshot: Snapshot
    truth: tuple[TrueEntry, ...]
    about: Mapping[str, Any]

    @property
    def is_html(self) -> bool:
        return self.snapshot.body.lstrip()[:1] == b"<"

    @property
    def has_clocks_only(self) -> bool:
        """Say whether its entries are dated by clocks in the text, so that it is no structured page."""
        return all(one.at is None for one in self.truth)

    def as_html(self) -> Snapshot:
        """Return the page as a reader sees it: the markup inside a payload, where it holds some."""
        if self.is_html:
            return self.snapshot
        body = json.loads(self.snapshot.body).get("fields", {}).get("body")
        page = f"<!DOCTYPE html><html><body><main>{body}</main></body></html>"
        return Snapshot(body=page.encode() if body else b"", url=self.snapshot.url)


def pages_in(folder: Path) -> Iterator[CapturedPage]:
    """Find every folder below with a ``manifest.jsonl`` and a ``truth/``, and read its pages."""
    for manifest in sorted(folder.rglob("manifest.jsonl")):
        if (manifest.parent / "truth").is_dir():
            for line in manifest.read_text(encoding="utf-8").splitlines():
                yield from _page(manifest.parent, json.loads(line))


def _page(folder: Path, about: Mapping[str, Any]) -> Iterator[CapturedPage]:
    path = folder / about["file"]
    name = path.name.removesuffix(".gz").removesuffix(".html").removesuffix(".json")
    truth = folder / "truth" / f"{name}.jsonl"
    if not path.exists() or not truth.exists():
        return
    body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    captured = about.get("captured_at")
    yield CapturedPage(
        name=name,
        snapshot=Snapshot(body=body, url=about.get("url"), captured_at=_captured(captured)),
        truth=tuple(_entry(json.loads(line)) for line in truth.read_text(encoding="utf-8").splitlines() if line),
        about=about,
    )


def _captured(stated: str | None) -> Any:
    if not stated:
        return None
    import pendulum

    return pendulum.parse(stated)


def _entry(told: Mapping[str, Any]) -> TrueEntry:
    stated = told.get("time") or ""
    return TrueEntry(
        anchor=told.get("id") or None,
        headline=told.get("headline") or "",
        text=told.get("text") or "",
        stated=stated,
        at=_instant(stated),
    )


def _instant(stated: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None
