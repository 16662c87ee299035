"""Run `review_copies` on one doubtful origin, answer through Airflow's API, and print what became of it.

A script of its own: the run, the API and the person's answer share one process and one metadata database.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

from airflow.api_fastapi.app import create_app, get_auth_manager
from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
from fastapi.testclient import TestClient
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1]))

from dateline.matching import match, rematch
from dateline.settings import load_settings
from dateline.warehouse.engine import open_warehouse, reading_from
from dateline.warehouse.migrate import migrate
from dateline.warehouse.views import publish_views
from dateline_airflow.dag_runs import migrate_metadata, run_dag
from matching.stored import Shelf, prose

HOSTILE = "Dock *strike* {{ 7 * 7 }} <b>over</b> | [here](javascript:alert(1))"
WAITING = "/api/v2/dags/review_copies/dagRuns/~/hitlDetails?response_received=false"


def main() -> None:
    threading.excepthook = give_up
    migrate_metadata()
    engine = open_warehouse(load_settings().warehouse)
    migrate(engine)
    publish_views(engine)
    shelf = Shelf(engine)
    shelf.put("gazette", prose(1), carrier="Elva Gazette", title="Dock strike over, ferries sail")
    shelf.put("portal", prose(1), carrier="Harbour Portal", title=HOSTILE)
    match(engine)
    told: dict[str, object] = {}
    person = threading.Thread(target=answer, args=(told,), daemon=True)
    person.start()
    run = run_dag("review_copies", lambda *_: None)
    person.join(timeout=10)
    rematch(engine)
    with reading_from(engine) as connection:
        verdicts = connection.execute(text("select person, is_copy, origin_document_id, why from fct_verdicts")).all()
        origins = connection.execute(text("select origin_document_id, confidence from fct_syndications")).all()
    again = run_dag("review_copies", lambda *_: None)
    facts = told | {
        "state": run.state,
        "tasks": run.tasks,
        "errors": run.errors,
        "verdicts": [list(one) for one in verdicts],
        "origins": [list(one) for one in origins],
        "again": again.tasks,
    }
    sys.__stdout__.write("\n" + json.dumps(facts) + "\n")


def give_up(failed: threading.ExceptHookArgs) -> None:
    """End with the person's thread: without an answer the run waits for ever."""
    sys.excepthook(failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback)
    sys.stderr.flush()
    os._exit(1)


def answer(told: dict[str, object]) -> None:
    """Wait for the question as the page of required actions does, and choose the second side."""
    api = TestClient(create_app(apps="core"))
    token = get_auth_manager().generate_jwt(SimpleAuthManagerUser(username="Ada", role="admin"))
    api.headers["Authorization"] = f"Bearer {token}"
    deadline = time.monotonic() + 120
    while not (found := api.get(WAITING).json().get("hitl_details")):
        if time.monotonic() > deadline:
            raise TimeoutError("no question came within two minutes")
        time.sleep(0.3)
    (question,) = found
    told["question"] = {name: question[name] for name in ("subject", "body", "options", "defaults", "params")}
    task = question["task_instance"]
    address = (
        f"/api/v2/dags/review_copies/dagRuns/{task['dag_run_id']}/taskInstances/ask/{task['map_index']}/hitlDetails"
    )
    chosen = {"chosen_options": [question["options"][1]], "params_input": {"why": "I asked both of them."}}
    told["answered"] = api.patch(address, json=chosen).status_code


if __name__ == "__main__":
    main()
