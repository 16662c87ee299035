"""Where Airflow's state is: the folder that airflow.cfg sends it to."""

import os
from pathlib import Path

from dateline.settings import PROJECT

STATE = Path(os.environ.get("AIRFLOW_HOME", PROJECT)) / ".airflow"
LOGS = STATE / "logs"
