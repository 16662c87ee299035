"""Airflow imports one file under ``plugins/`` and no other, in its server and in its workers."""

import shutil

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.xdist_group("airflow")]


def test_only_the_plugin_file_is_imported_from_the_plugins_folder(facts_of):
    facts = facts_of("load_plugins.py")
    # The provider of OpenLineage brings its plugin by an entry point, from no folder.
    assert facts == {"errors": {}, "plugins": ["OpenLineageProviderPlugin", "dateline"], "modules": ["dateline_plugin"]}


@pytest.fixture
def trap(tmp_path, project):
    """Lay a plugins folder whose files take the names of two standard modules, which the plugin does not need."""
    (tmp_path / "deep").mkdir()
    for name in ("turtle.py", "deep/wave.py"):
        (tmp_path / name).write_text("TRAPPED = True\n")
    shutil.copy(project / "plugins" / "dateline_plugin.py", tmp_path)
    return tmp_path


def test_without_the_allow_list_a_file_takes_the_name_of_a_standard_module(facts_of, trap):
    facts = facts_of("load_plugins.py", AIRFLOW__CORE__PLUGINS_FOLDER=str(trap))
    assert set(facts["modules"]) == {"dateline_plugin", "turtle", "wave"}


def test_the_allow_list_keeps_every_other_file_out(facts_of, trap, project):
    shutil.copy(project / "plugins" / ".airflowignore", trap)
    facts = facts_of("load_plugins.py", AIRFLOW__CORE__PLUGINS_FOLDER=str(trap))
    assert facts["modules"] == ["dateline_plugin"]
