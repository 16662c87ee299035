"""Airflow's own tables, made or upgraded, and the pools that the DAGs wait for.

One process for both, because starting Airflow is most of what either costs.
"""

from airflow.cli.cli_parser import get_parser

from dateline.settings import PROJECT

POOLS = PROJECT / "dags" / "pools.json"


def prepare() -> None:
    """Migrate, then make the pools of ``dags/pools.json``: ``airflow db migrate``, ``airflow pools import``."""
    for command in (["db", "migrate"], ["pools", "import", str(POOLS)]):
        options = get_parser().parse_args(command)
        options.func(options)


if __name__ == "__main__":
    prepare()
