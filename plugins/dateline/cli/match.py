"""``dateline match``: find syndicated copies among what was loaded since the last time."""

from typing import Annotated

import typer


def match_command(
    again: Annotated[bool, typer.Option(help="Forget all links and match everything; verdicts stay.")] = False,
) -> None:
    """Compare every text that was never compared with all that is stored; link what shares text."""
    from dateline.cli.warehouse import opened
    from dateline.matching import match, rematch
    from dateline.settings import load_settings

    with opened(load_settings()) as (engine, _):
        report = rematch(engine) if again else match(engine)
    typer.echo(
        f"{report.texts:,} texts compared, {report.pairs:,} pairs of documents looked at, "
        f"{report.links:,} links stand between them, {report.aligned:,} posts of copies found in originals "
        f"({report.seconds:.1f} s)."
    )
