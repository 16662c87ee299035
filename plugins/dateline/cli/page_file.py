"""Pages that a command writes for a person to open."""

import sys
from pathlib import Path

from dateline.errors import ReplayError


def write_page(page: Path, content: str) -> None:
    """Write a page and say where. Raises :class:`ReplayError` where the file cannot be written."""
    try:
        page.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ReplayError(f"{page}: cannot be written: {error}. Name another file.") from error
    sys.stdout.write(f"written to {page}\n")
