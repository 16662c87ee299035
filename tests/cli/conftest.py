"""Running a command as the shell does, in this process."""

import pytest

import dateline.cli


@pytest.fixture
def run_command(monkeypatch, capfd):
    """Run a command; give back its exit status, its output and its errors."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["dateline", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            dateline.cli.main()
        out, err = capfd.readouterr()
        return ended.value.code or 0, out, err

    return run
