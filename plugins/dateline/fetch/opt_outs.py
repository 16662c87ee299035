"""Where a publisher refuses AI training, or text and data mining: in robots.txt, headers, the page, tdmrep.json.

Such a refusal does not close a page to a reader who follows coverage, so it is recorded with its evidence; an
installation may choose to keep away (``refuse_opted_out``). What is looked for:

- robots.txt that shuts out crawlers of AI companies but not us; its ``Content-Signal`` and ``Content-Usage`` lines
  (https://contentsignals.org, draft-ietf-aipref-attach);
- the headers ``X-Robots-Tag: noai``, ``Content-Usage``, ``tdm-reservation``, and the same as ``<meta>``;
- ``/.well-known/tdmrep.json`` of the TDM Reservation Protocol (https://www.w3.org/community/reports/tdmrep/).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from pendulum import DateTime

from dateline.errors import FetchError
from dateline.fetch.answer import Request, Web
from dateline.fetch.instants import later
from dateline.fetch.robots import AGENT, RobotsFile, RobotsStore, origin_of, rules_in
from dateline.model import Snapshot

WELL_KNOWN = "/.well-known/tdmrep.json"
_MAX_BYTES = 64_000
_FRESH_SECONDS = 86_400
_HEAD_BYTES = 64_000  # of a page: meta elements stand at its top
_LONGEST = 200

_AI_AGENTS = (
    "GPTBot", "Google-Extended", "CCBot", "ClaudeBot", "anthropic-ai", "Applebot-Extended", "Bytespider",
    "PerplexityBot", "Meta-ExternalAgent", "cohere-ai", "Amazonbot", "Diffbot",
)  # fmt: skip
_NO_AI = re.compile(r"(?<![\w-])(?:noai|noimageai|notrain|noml)(?![\w-])", re.IGNORECASE)
_USAGE = re.compile(
    r"(?<![\w-])(?:train-ai|train-genai|ai-train|ai-input|ai|tdm|bots)\s*=\s*n(?:o)?(?!\w)", re.IGNORECASE
)
_META = re.compile(rb"<meta\b[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """One refusal: where it stands, and what stands there, as found."""

    place: str
    evidence: str


def opt_outs(
    robots: RobotsFile | None, snapshot: Snapshot | None, reserved: str | None = None, url: str | None = None
) -> tuple[OptOut, ...]:
    """List the refusals that hold for an address; ``reserved`` is the text of its host's tdmrep.json."""
    found: list[OptOut] = []
    if robots and robots.text:
        found += _in_robots(robots.origin, robots.text)
    if reserved and url:
        found += _in_reservations(reserved, urlsplit(url).path or "/")
    if snapshot:
        found += [*_in_headers(snapshot), *_in_page(snapshot)]
    return tuple({one.place: one for one in reversed(found)}.values())[::-1]


async def reservations_for(request: Request, web: Web, store: RobotsStore, now: DateTime) -> str | None:
    """Return the host's tdmrep.json, asked for once a day; None where there is none."""
    address = origin_of(request.url) + WELL_KNOWN
    known = await store.find(address)
    if known and now < known.expires_at:
        return known.text
    question = Request(url=address, allow_private=request.allow_private, keep_first=_MAX_BYTES)
    try:
        snapshot = (await web.ask(question)).snapshot
    except FetchError:
        text = known.text if known else None
    else:
        text = snapshot.body[:_MAX_BYTES].decode("utf-8", "replace") if snapshot.status == 200 else None
    await store.keep(RobotsFile(origin=address, text=text, read_at=now, expires_at=later(now, _FRESH_SECONDS)))
    return text


@lru_cache(maxsize=512)
def _in_robots(origin: str, text: str) -> tuple[OptOut, ...]:
    rules, found = rules_in(text), []
    refused = [agent for agent in _AI_AGENTS if not rules.can_fetch(f"{origin}/", agent)]
    if refused and rules.can_fetch(f"{origin}/", AGENT):
        found.append(OptOut(place="robots.txt", evidence=f"refuses {', '.join(refused)}"))
    for line in map(str.strip, text.splitlines()):
        name = line.partition(":")[0].strip().lower()
        if name in {"content-signal", "content-usage"} and _USAGE.search(line):
            found.append(OptOut(place=f"robots.txt {name}", evidence=line[:_LONGEST]))
    return tuple(found)


def _in_headers(snapshot: Snapshot) -> Iterator[OptOut]:
    for name, value in snapshot.headers:
        lowered = name.lower()
        if (
            (lowered == "x-robots-tag" and _NO_AI.search(value))
            or (lowered == "content-usage" and _USAGE.search(value))
            or (lowered == "tdm-reservation" and value.strip() == "1")
        ):
            yield OptOut(place=f"header {lowered}", evidence=value.strip()[:_LONGEST])


def _in_page(snapshot: Snapshot) -> Iterator[OptOut]:
    for tag in _META.findall(snapshot.body[:_HEAD_BYTES]):
        stated = {
            name.lower(): double or single or bare
            for name, double, single, bare in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
        }
        name, content = stated.get("name", "").strip().lower(), stated.get("content", "").strip()
        if (name in {"robots", AGENT.lower()} and _NO_AI.search(content)) or (
            name == "tdm-reservation" and content == "1"
        ):
            yield OptOut(place=f"meta {name}", evidence=content[:_LONGEST])


def _in_reservations(text: str, path: str) -> Iterator[OptOut]:
    """Read tdmrep.json: the first rule whose location matches the path decides."""
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError):
        return
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, dict) and _matches(str(rule.get("location", "")), path):
            if str(rule.get("tdm-reservation")) == "1":
                yield OptOut(place=WELL_KNOWN, evidence=json.dumps(rule, ensure_ascii=False)[:_LONGEST])
            return


def _matches(location: str, path: str) -> bool:
    """Compare as robots.txt does: a beginning, ``*`` for anything, ``$`` for the end."""
    if not location or len(location) > _LONGEST:
        return False
    pattern = ".*".join(map(re.escape, re.split(r"\*+", location.removesuffix("$"))))
    return re.match(pattern + ("$" if location.endswith("$") else ""), path) is not None
