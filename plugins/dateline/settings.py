"""The settings of an installation, read once at the edge and passed on as a value."""

import configparser
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from dateline.errors import SettingsError

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are, and who we say we are. Each field is a key of ``[dateline]`` and a ``DATELINE_*`` variable."""

    warehouse: str = f"sqlite:///{PROJECT}/var/warehouse.db"  # SQLAlchemy URL
    archive: str = f"{PROJECT}/var/archive"  # fsspec URL or path
    sources: str = f"{PROJECT}/dags/sources"  # folder of TOML files
    contact: str = "https://github.com/dateline-project/dateline"  # stands in the User-Agent
    exports: str = ""  # fsspec URL or path that the views are exported to after each publishing; empty: nowhere
    notify: str = ""  # whom the DAGs tell of trouble: e-mail addresses, or "apprise"; empty: nobody
    websub_callback: str = ""  # public address at which hubs reach /dateline-websub of Airflow's API; empty: no WebSub
    refuse_opted_out: bool = False  # keep away from sources whose publisher refuses AI training or data mining


def load_settings(environ: Mapping[str, str] | None = None, config: Path | None = None) -> Settings:
    """Read the settings: ``DATELINE_*`` variables win over ``[dateline]`` in airflow.cfg, that over the default.

    Raises :class:`SettingsError` for a key that no setting has.
    """
    environ = os.environ if environ is None else environ
    known = {one.name for one in fields(Settings)}
    stated = _from_config(config or Path(environ.get("AIRFLOW_CONFIG", PROJECT / "airflow.cfg")))
    unknown = sorted(set(stated) - known)
    if unknown:
        raise SettingsError(f"[dateline] has no setting {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    for name in known:
        value = environ.get(f"DATELINE_{name.upper()}") or environ.get(f"AIRFLOW__DATELINE__{name.upper()}")
        if value:
            stated[name] = value
    _check_callback(stated.get("websub_callback", ""))
    refuses = _truth("refuse_opted_out", stated.pop("refuse_opted_out", "false"))
    return Settings(**stated, refuse_opted_out=refuses)


def _check_callback(stated: str) -> None:
    if stated and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", stated):
        raise SettingsError(f"websub_callback = {stated!r}: the address at which hubs reach us, https://…, no query.")


def _truth(name: str, stated: str) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if stated.strip().lower() not in words:
        raise SettingsError(f"{name} = {stated!r}: true or false.")
    return words[stated.strip().lower()]


def _from_config(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(path, encoding="utf-8")
    except configparser.Error as error:
        raise SettingsError(f"{path}: not readable: {error}. Mend the file.") from error
    if not parser.has_section("dateline"):
        return {}
    return {key: value.replace("{PROJECT}", str(PROJECT)) for key, value in parser.items("dateline") if value}
