"""Whom to tell when a task fails, a run is late, or a check finds something: as the setting ``notify`` says.

Empty: nobody, the log alone. E-mail addresses with commas between them: through Airflow's SMTP provider and its
connection ``smtp_default``, which names the sender too (``from_email``). ``apprise``: wherever the connection
``apprise_default`` points (a chat, a phone), through ``apache-airflow-providers-apprise``. Passwords stand in those
connections.

Each message opens with what failed and ends with two links: the task's log, and Dateline's page, which lists
what was refused with a link to the page that it was.
"""

import html
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import BaseNotifier, conf

from dateline.settings import load_settings

log = logging.getLogger(__name__)
PAGE = "/plugin/dateline"
POOLS = (
    "If its tasks are scheduled and none starts, a pool may be missing, which Airflow says nowhere else: "
    "`airflow pools list` names them, `airflow pools import dags/pools.json` makes them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What happened in one line, the rest in a few, and links with their names."""

    title: str
    lines: Sequence[str]
    links: Mapping[str, str]

    @property
    def text(self) -> str:
        """The message as plain text."""
        return "\n".join([*self.lines, "", *(f"{name}: {address}" for name, address in self.links.items())])

    @property
    def as_html(self) -> str:
        """The message as HTML; nothing that a page said becomes markup."""
        lines = "".join(f"<p>{html.escape(one)}</p>" for one in self.lines)
        links = (
            f'<li><a href="{html.escape(address)}">{html.escape(name)}</a></li>' for name, address in self.links.items()
        )
        return f"{lines}<ul>{''.join(links)}</ul>"


def task_failed(context: Mapping[str, Any]) -> None:
    """Tell of a task that failed for good: Airflow calls this in the worker, or in the DAG processor where that died.

    What fails every minute is told once an hour: when the run before did not fail at it, or began in another hour.
    """
    instance = context["task_instance"]
    error = context.get("exception")
    if _is_known(instance, context.get("dag_run")):
        log.warning("%s.%s failed in the run before too: nobody is told again.", instance.dag_id, instance.task_id)
        return
    tell(
        Message(
            title=f"Dateline: {instance.dag_id}.{instance.task_id} failed",
            lines=[f"{type(error).__name__}: {error}" if error else "No reason is known.", f"Run {instance.run_id}"],
            links={"The task's log": str(instance.log_url), "What was refused": page()},
        ),
        context,
    )


def _is_known(instance: Any, run: Any) -> bool:
    # Where a worker died, the DAG processor calls us, and an instance there has no start.
    began = getattr(instance, "start_date", None) or datetime.now(UTC)
    # A run that an asset woke has no logical date: unless told before when, Airflow gives this failure as its own past.
    before = None if getattr(run, "logical_date", None) else began
    previous = instance.get_previous_ti(map_index=instance.map_index, logical_date=before)
    if previous is None or previous.state != "failed" or previous.start_date is None:
        return False
    return bool(_hour(previous.start_date) == _hour(began))


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


async def run_is_late(minutes: int, context: Mapping[str, Any] | None = None) -> None:
    """Tell of a run that missed its deadline: Airflow calls this in the triggerer."""
    run: Mapping[str, Any] = (context or {}).get("dag_run", {})
    dag_id, run_id = run.get("dag_id", "a DAG"), run.get("dag_run_id", "")
    late = Message(
        title=f"Dateline: {dag_id} is late",
        lines=[f"Run {run_id} was queued more than {minutes} minutes ago and has not ended.", POOLS],
        links={"The run": f"{_base()}/dags/{dag_id}/runs/{run_id}", "What waits": page()},
    )
    log.warning("%s\n%s", late.title, late.text)
    notifier = notifier_for(late)
    if notifier is not None:
        await notifier.async_notify(dict(context or {}))  # type: ignore[arg-type]


def checks_found(findings: Mapping[str, int]) -> None:
    """Tell of checks that found offending rows; a task calls this itself, because it has not failed.

    A mail server that does not answer is said in the log: it must not keep views and exports from analysts.
    """
    if load_settings().notify:
        lines = [f"{name}: {count} rows" for name, count in findings.items()]
        try:
            tell(Message(title="Dateline: checks found something", lines=lines, links={"Dateline's page": page()}), {})
        except Exception:  # each notifier has errors of its own; Airflow guards the other callbacks in the same way
            log.exception("Nobody could be told what the checks found: mend the connection that `notify` needs.")


def tell(message: Message, context: Mapping[str, Any]) -> None:
    """Send a message to whom the settings name; say it in the log in any case."""
    log.warning("%s\n%s", message.title, message.text)
    notifier = notifier_for(message)
    if notifier is not None:
        notifier.notify(dict(context))  # type: ignore[arg-type]


def notifier_for(message: Message) -> BaseNotifier | None:
    """Make the notifier that the settings name, or None. Raises ImportError where its provider is not installed."""
    stated = load_settings().notify
    if not stated:
        return None
    if stated == "apprise":
        from airflow.providers.apprise.notifications.apprise import AppriseNotifier  # noqa: PLC0415 - optional
        from apprise import NotifyType  # noqa: PLC0415 - comes with it

        return AppriseNotifier(title=message.title, body=message.text, notify_type=NotifyType.WARNING)
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier  # noqa: PLC0415 - only where it is wanted

    to = [one.strip() for one in stated.split(",")]
    return SmtpNotifier(to=to, subject=message.title, html_content=message.as_html)


def page() -> str:
    """Return the address of Dateline's page in the UI."""
    return _base() + PAGE


def _base() -> str:
    return str(conf.get("api", "base_url", fallback="http://localhost:8080")).rstrip("/")
