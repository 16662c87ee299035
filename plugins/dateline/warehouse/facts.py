"""What an edition says of its document as a whole, as a JSON object and back."""

from typing import Any

from dateline.model import Reading
from dateline.warehouse.dating_rows import listed, scrub, scrubbed, unlisted
from dateline.warehouse.past import Facts

Row = dict[str, Any]


def stated_of(reading: Reading) -> Row:
    """Write what a reading says of its document as an object for JSON."""
    document, origin = reading.document, reading.origin
    return {
        "format": document.format,
        "url": scrubbed(document.url),
        "canonical_url": scrubbed(document.canonical_url),
        "language": scrubbed(document.language),
        "categories": [scrub(one) for one in document.categories],
        "credits": {scrub(key): scrub(value) for key, value in document.credits.items()},
        "lead": scrub(document.lead),
        "carrier": scrubbed(document.carrier),
        "origin": scrubbed(origin.name) if origin else None,
        "origin_reason": scrubbed(origin.reason) if origin else None,
        "origin_confidence": origin.confidence if origin else None,
        "coverage_start": scrubbed(document.coverage.get("start")),
        "coverage_end": scrubbed(document.coverage.get("end")),
        "published": listed(reading.published),
        "modified": listed(reading.modified),
    }


def facts_of(stated: Row, title: str | None) -> Facts:
    """Read back what :func:`stated_of` wrote; the title stands in a column of its own."""
    return Facts(
        title=title,
        **{
            **stated,
            "categories": tuple(stated["categories"]),
            "published": unlisted(stated["published"]),
            "modified": unlisted(stated["modified"]),
        },
    )
