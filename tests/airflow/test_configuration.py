"""``airflow.cfg`` says little, gives a reason for each key, and never opens the door."""

import configparser
import json

import pytest


@pytest.fixture(scope="module")
def stated(project):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(project / "airflow.cfg")
    return parser


def test_every_section_gives_a_reason(project):
    text = (project / "airflow.cfg").read_text()
    for section in text.split("\n[")[1:]:
        assert "# " in section, section


def test_nobody_is_admin_without_a_password(stated):
    assert not stated.has_option("core", "simple_auth_manager_all_admins")


def test_the_api_listens_on_this_machine_only(stated):
    assert stated["api"]["host"] == "127.0.0.1"


def test_a_restart_of_the_api_server_kills_no_task(stated):
    assert int(stated["workers"]["max_failed_heartbeats"]) == 20


@pytest.mark.airflow
@pytest.mark.xdist_group("airflow")
def test_airflow_knows_every_key_and_none_repeats_its_default(python, stated):
    script = (
        "import json; from airflow.configuration import conf; known = conf.configuration_description;"
        "print(json.dumps({s: {k: o['default'] for k, o in known[s]['options'].items()} for s in known}))"
    )
    defaults = json.loads(python("-c", script).stdout.splitlines()[-1])
    own = [(section, key) for section in stated.sections() if section != "dateline" for key in stated[section]]
    assert [name for name in own if name[1] not in defaults[name[0]]] == []
    assert [name for name in own if stated[name[0]][name[1]] == defaults[name[0]][name[1]]] == []
