"""`hopthu` finds the module of each word, and lists them all."""

from importlib.util import find_spec

import pytest

from hopthu.cli.main import COMMANDS, Command, main


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_has_its_module(command: Command) -> None:
    assert find_spec(command.module) is not None


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert {line.split()[0] for line in shown.splitlines() if line.startswith("    ")} >= {
        *COMMANDS
    }


@pytest.mark.parametrize("words", [[], ["sevre"]])
def test_an_unknown_command_says_which_there_are(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "hopthu: error:" in capsys.readouterr().err
