"""The `qa` command: one file for each family of commands, and what they share.

| File | What it is for |
| --- | --- |
| `run.py` `children.py` `welcome.py` | everything at once, supervised: what `make run` runs |
| `serve.py` `worker.py` `migrate.py` | its parts, for an operator who starts them one by one |
| `standard.py` | versions of the national standard |
| `replay.py` `rebuild.py` | looking back: a case at any instant, read models made anew |
| `check.py` | whether all that must hold does hold |
| `doctor.py` `backup.py` | what is wrong with an installation; the private database into files and back |
| `mails.py` | which mails did not leave, and send them again |
| `demo.py` `demonstration.py` | a simulated agency, put into a database |
| `people/` | accounts, roles, tokens, erasure |
| `imports.py` `import_history.py` | files of courses that become drafts; a history that other agencies wrote |
| `check_history.py` | that history, beside the records it came with |
| `connection.py` `key_file.py` | the database and the key of the commands, as the settings say |
| `console.py` `failures.py` | how commands speak: progress, JSON, one sentence when it fails |

A new command is a click command in a file of its own, and a line in `COMMANDS`.
"""

from __future__ import annotations

from importlib import import_module

import click

from qa_platform.cli.failures import one_sentence
from qa_platform.operating.logs import configure as configure_log

# Name on the command line -> module and function. Loaded when asked for: `qa --help` loads all.
COMMANDS = {
    "run": "qa_platform.cli.run:run",
    "serve": "qa_platform.cli.serve:serve",
    "worker": "qa_platform.cli.worker:worker",
    "migrate": "qa_platform.cli.migrate:migrate",
    "standard": "qa_platform.cli.standard:standard",
    "replay": "qa_platform.cli.replay:replay_case",
    "rebuild": "qa_platform.cli.rebuild:rebuild_read_models",
    "check": "qa_platform.cli.check:check",
    "doctor": "qa_platform.cli.doctor:doctor",
    "backup": "qa_platform.cli.backup:backup",
    "restore": "qa_platform.cli.backup:restore",
    "mails": "qa_platform.cli.mails:mails",
    "demo": "qa_platform.cli.demo:demo",
    "people": "qa_platform.cli.people:people",
    "import": "qa_platform.cli.imports:import_",
}


class _Commands(click.Group):
    """The commands by name; a failure that a person can mend is one sentence."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names in the order of the table: what a person needs first comes first."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Return a command, loaded now; None when there is none of that name."""
        if name not in COMMANDS:
            return None
        module, function = COMMANDS[name].split(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def invoke(self, context: click.Context) -> object:
        """Run what was asked for."""
        with one_sentence():
            return super().invoke(context)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="qa-platform", prog_name="qa")
def qa() -> None:
    """Quality assurance of micro-credentials against one national standard.

    \b
    Example:
      qa run            start everything, with a database of its own
      qa serve --help   what one command does, with an example
    """  # noqa: D301 -- click's own sign for a block that keeps its lines


def main() -> None:
    """Run the command line."""
    # A bug in a command must not show what was to be written either; what stays says its own level.
    configure_log("WARNING", "console")
    qa(prog_name="qa")
