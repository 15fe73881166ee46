"""The board's figures for programs that collect them: Prometheus' text format, on this machine only.

The names, labels and units are listed in docs/cli.md; they are never renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from typing import TYPE_CHECKING, Final, Self
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.registry import Collector

from agent_tui.desk.intake_model import State
from agent_tui.desk.metrics.board import AgentFigures, QueueFigures
from agent_tui.desk.metrics.figures import Figures
from agent_tui.desk.metrics.levels import Formula
from agent_tui.desk.metrics.report import Report
from api_client.models.people import Availability

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HOST: Final = "127.0.0.1"
PATH: Final = "/metrics"
MOST_QUEUES: Final = 500
MOST_AGENTS: Final = 1000
"""Told one by one at most; how many more there are is told as a number."""
_NAME: Final = 80
"""Characters of a name."""
_OURS: Final = (HOST, "localhost")
"""What a browser that was led here by another site's name does not say."""

_Labels = tuple[str, ...]
_Sample = tuple[_Labels, float | None]


class Scraping:
    """Answers with the report published last. A thread of its own answers.

    Raises:
        OSError: the port is taken, or not for this person to use.
    """

    def __init__(self, port: int) -> None:
        self._latest = _Latest()
        registry = CollectorRegistry()
        registry.register(self._latest)
        self._server = make_server(HOST, port, _guarded(make_wsgi_app(registry)), ThreadingWSGIServer, _Quiet)
        self._thread = Thread(target=self._server.serve_forever, name="scraping", daemon=True)

    @property
    def address(self) -> str:
        """Where the figures are."""
        return f"http://{HOST}:{self._server.server_port}{PATH}"

    def publish(self, report: Report) -> None:
        """Tell this from now on."""
        self._latest.report = report

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Latest(Collector):
    """The report published last, whenever it is asked for."""

    def __init__(self) -> None:
        self.report: Report | None = None

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: what there is depends on the report."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """The figures, or nothing before the first report."""
        return () if self.report is None else families(self.report)


class _Quiet(WSGIRequestHandler):
    """Logs nothing, and waits for nobody who does not go on."""

    timeout = 10

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _guarded(app: WSGIApplication) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        host = str(environ.get("HTTP_HOST", "")).rpartition(":")[0] or environ.get("HTTP_HOST", "")
        if host not in _OURS:
            start("403 Forbidden", [])
            return (b"only for this machine\n",)
        if environ.get("PATH_INFO") != PATH:
            start("404 Not Found", [])
            return (f"the figures are at {PATH}\n".encode(),)
        return app(environ, start)

    return answer


def families(report: Report) -> Iterator[Metric]:
    """The figures of a report, each with its name, kind, help and samples."""
    yield _gauge("connected", "1 while changes arrive as they happen.", (), [((), float(report.live))])
    yield from _left_out(report)
    queues, agents = report.queues[:MOST_QUEUES], report.agents[:MOST_AGENTS]
    yield from _of_queues(queues, report.at)
    yield from _of_agents(agents, report.at)


def _left_out(report: Report) -> Iterator[Metric]:
    samples: list[_Sample] = [
        (("queues",), float(max(0, len(report.queues) - MOST_QUEUES))),
        (("agents",), float(max(0, len(report.agents) - MOST_AGENTS))),
    ]
    yield _gauge("left_out", "Queues and agents beyond the number that is told one by one.", ("of",), samples)


# --- queues ------------------------------------------------------------------------------------------

_QUEUE: Final = ("queue_id", "queue")
_QUEUE_GAUGES: Final[tuple[tuple[str, str, Callable[[Figures], float | None]], ...]] = (
    (
        "arrivals_per_minute",
        "Conversations begun per minute, over the last 30 minutes.",
        lambda of: of.arrivals_per_minute,
    ),
    (
        "answers_per_minute",
        "First answers per minute, over the last 30 minutes.",
        lambda of: of.answers_per_minute,
    ),
    (
        "handle_time_seconds",
        "Mean time from taking to closing, over the last 30 minutes.",
        lambda of: of.handle_time,
    ),
)
_QUEUE_COUNTERS: Final[tuple[tuple[str, str, Callable[[Figures], float]], ...]] = (
    ("handled", "Conversations closed after an answer, since the facts begin.", lambda of: of.handled),
    (
        "abandoned",
        "Conversations closed without an answer while the customer waited.",
        lambda of: of.abandoned,
    ),
)


def _of_queues(rows: tuple[QueueFigures, ...], now: float) -> Iterator[Metric]:
    def each(*split: tuple[str, Callable[[Figures], float | None]]) -> list[_Sample]:
        return [((*_queue(row), name), of(row.figures)) for row in rows for name, of in split]

    yield _gauge(
        "queue_waiting",
        "Customers who wait for their first answer, or for a further one.",
        (*_QUEUE, "answer"),
        each(("first", lambda of: of.waiting_first), ("further", lambda of: of.waiting_next)),
    )
    stands: list[_Sample] = [
        ((*_queue(row), one.value), float(row.intake.state is one)) for row in rows for one in State
    ]
    yield _gauge("queue_state", "1 for whether a queue takes customers now.", (*_QUEUE, "state"), stands)
    yield _gauge(
        "queue_longest_wait_seconds",
        "The longest wait now; 0 when nobody waits.",
        _QUEUE,
        [(_queue(row), _wait(row.figures, now)) for row in rows],
    )
    yield _gauge(
        "queue_first_answer_wait_seconds",
        "Waits that ended with a first answer in the last 30 minutes, by percentile.",
        (*_QUEUE, "percentile"),
        each(("50", lambda of: of.first_p50), ("90", lambda of: of.first_p90)),
    )
    yield _gauge(
        "queue_service_level_ratio",
        "Share answered within 60 seconds over the last 30 minutes, by formula.",
        (*_QUEUE, "formula"),
        each(*((level_name(one), _level(one)) for one in Formula)),
    )
    for name, told, of in _QUEUE_GAUGES:
        yield _gauge(f"queue_{name}", told, _QUEUE, [(_queue(row), of(row.figures)) for row in rows])
    for name, told, total in _QUEUE_COUNTERS:
        samples: list[_Sample] = [(_queue(row), total(row.figures)) for row in rows]
        yield _counter(f"queue_{name}", told, _QUEUE, samples)
    messages = each(("in", lambda of: of.messages_in), ("out", lambda of: of.messages_out))
    yield _counter(
        "queue_messages",
        "Customers' messages, and humans' messages to them.",
        (*_QUEUE, "direction"),
        messages,
    )


def level_name(formula: Formula) -> str:
    """A formula as scripts name it, such as ``still_waiting_counts``."""
    return formula.name.lower()


def _level(formula: Formula) -> Callable[[Figures], float | None]:
    return lambda of: of.levels[formula]


def _queue(row: QueueFigures) -> _Labels:
    return (row.queue, row.name[:_NAME])


# --- agents ------------------------------------------------------------------------------------------

_AGENT: Final = ("agent_id", "agent")


def _of_agents(rows: tuple[AgentFigures, ...], now: float) -> Iterator[Metric]:
    there: list[_Sample] = [
        ((*_agent(row), one.value), float(row.availability is one)) for row in rows for one in Availability
    ]
    yield _gauge("agent_availability", "1 for what an agent is now.", (*_AGENT, "availability"), there)
    held: list[_Sample] = [(_agent(row), row.figures.holds) for row in rows]
    yield _gauge("agent_open_chats", "Open conversations of an agent.", _AGENT, held)
    yield _gauge(
        "agent_longest_wait_seconds",
        "The longest wait among an agent's customers; 0 when nobody waits.",
        _AGENT,
        [(_agent(row), _wait(row.figures, now)) for row in rows],
    )
    busy: list[_Sample] = [(_agent(row), row.figures.occupancy) for row in rows]
    yield _gauge("agent_occupancy_ratio", "Time with a chat by time at the desk.", _AGENT, busy)
    handled: list[_Sample] = [(_agent(row), row.figures.handled) for row in rows]
    yield _counter("agent_handled", "Conversations closed after an answer.", _AGENT, handled)


def _agent(row: AgentFigures) -> _Labels:
    return (row.agent, row.name[:_NAME])


# --- both --------------------------------------------------------------------------------------------


def _wait(figures: Figures, now: float) -> float:
    return 0.0 if figures.longest_since is None else max(0.0, now - figures.longest_since)


def _gauge(name: str, told: str, labels: tuple[str, ...], samples: Iterable[_Sample]) -> Metric:
    return _filled(GaugeMetricFamily(f"agent_tui_{name}", told, labels=labels), samples)


def _counter(name: str, told: str, labels: tuple[str, ...], samples: Iterable[_Sample]) -> Metric:
    return _filled(CounterMetricFamily(f"agent_tui_{name}", told, labels=labels), samples)


def _filled(
    family: GaugeMetricFamily | CounterMetricFamily, samples: Iterable[_Sample]
) -> GaugeMetricFamily | CounterMetricFamily:
    for labels, value in samples:
        if value is not None:
            family.add_metric(labels, value)
    return family
