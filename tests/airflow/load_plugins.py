"""Load the plugins as Airflow's server and its workers do; print what that imported from the folder, as JSON."""

import json
import sys
from pathlib import Path

from airflow import plugins_manager
from airflow.configuration import conf
from airflow.sdk import plugins_manager as of_workers


def main() -> None:
    folder = Path(conf.get("core", "plugins_folder")).resolve()
    before = dict(sys.modules)
    plugins_manager.ensure_plugins_loaded()
    of_workers.integrate_macros_plugins()
    changed = [name for name, module in sys.modules.items() if before.get(name) is not module]
    files = {name: Path(getattr(sys.modules[name], "__file__", None) or "/") for name in changed}
    facts = {
        "errors": plugins_manager.get_import_errors(),
        "plugins": sorted(one["name"] for one in plugins_manager.get_plugin_info()),
        "modules": sorted(name for name, path in files.items() if path.is_relative_to(folder)),
    }
    sys.stdout.write("\n" + json.dumps(facts) + "\n")


if __name__ == "__main__":
    main()
