"""``dateline judge``: a person's verdict on a copy, kept for good and stronger than every rule."""

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.person import person

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_LISTED = 50


def judge_command(
    link: Annotated[str, typer.Argument(metavar="LINK", help="The link's id; without it, what waits is listed.")] = "",
    origin: Annotated[str | None, typer.Option(metavar="DOCUMENT", help="The document that wrote it.")] = None,
    refute: Annotated[bool, typer.Option("--refute", help="Neither was taken from the other.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so; you, if not given.")] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="Kept with the verdict.")] = None,
) -> None:
    """Say whose text it is where the rules cannot tell, or list the links that wait for somebody to."""
    import pendulum

    from dateline.cli.warehouse import opened
    from dateline.matching import judge_link
    from dateline.settings import load_settings

    if link and not refute and origin is None:
        raise typer.BadParameter("Say --origin DOCUMENT or --refute.")
    if refute and origin is not None:
        raise typer.BadParameter(
            "--refute says that neither wrote the other's, --origin that one did. Say one of them."
        )
    with opened(load_settings()) as (engine, _):
        if not link:
            _list(engine)
            return
        judge_link(
            engine,
            link,
            person=person(by),
            said_at=pendulum.now("UTC"),
            is_copy=not refute,
            origin_document_id=origin,
            why=why,
        )
    typer.echo("Kept. It wins over every rule, also when everything is matched again.")


def _list(engine: "Engine") -> None:
    from dateline.cli import printable
    from dateline.matching.doubts import doubts

    found = doubts(engine, MOST_LISTED + 1)
    for one in found[:MOST_LISTED]:
        typer.echo(f"{one.link_id}  {one.confidence:.0%} sure: {printable(one.reason)}")
        for side in (one.origin, one.copy):
            typer.echo(f"    {side.document_id}  {printable(side.carrier or '?')}: {printable(side.title or '?')}")
    if len(found) > MOST_LISTED:
        typer.echo(f"More than {MOST_LISTED} links wait for a verdict; these are the least sure.")
    else:
        typer.echo(f"{len(found)} links wait for a verdict.")
