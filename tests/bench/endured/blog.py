"""A live page of any length, in the markup of Guardian live pages: a post's wording goes by its number and edition."""

from datetime import UTC, datetime, timedelta

WORDS = (
    "harbour", "ferry", "storm", "council", "bridge", "pier", "lighthouse", "market", "tram", "engine", "crew", "mayor",
)  # fmt: skip
FIRST = datetime(2026, 3, 14, 6, tzinfo=UTC)


def page(title: str, editions: list[int], *, words: int = 14) -> bytes:
    """Render posts, the newest first; ``editions`` holds for each post, oldest first, how often it was changed."""
    shown = [_post(number, edition, words) for number, edition in enumerate(editions)]
    head = f"<html><head><title>{title}</title></head><body><main>"
    return f"{head}{''.join(reversed(shown))}</main></body></html>".encode()


def _post(number: int, edition: int, words: int) -> str:
    at = FIRST + timedelta(seconds=7 * number)
    text = " ".join(WORDS[(number * 31 + edition * 7 + n * n) % len(WORDS)] for n in range(words))
    return (
        f'<article class="block" id="block-65f2a0{number:018x}">'
        f'<p class="block-time"><time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">{at:%H.%M}</time></p>'
        f'<div itemprop="articleBody"><p>Post {number} of edition {edition}: {text}.</p></div></article>'
    )
