"""The calls of `customer_thread.api.desk.*` that are about what failed."""

from typing import TypedDict

from customer_thread.domain.errors import NotFound
from customer_thread.domain.failures import Cause
from customer_thread.domain.limits import FAILURES_AT_ONCE
from customer_thread.domain.times import parse
from customer_thread.service.calls import Calls
from customer_thread.service.desk.inbox_calls import whose
from customer_thread.service.desk.read_failures import CausesView, FailuresView, read_causes, read_failures
from customer_thread.service.desk.read_thread import DeliveryView, delivery_view
from customer_thread.service.desk.visible import visible_delivery
from customer_thread.service.outgoing.dismiss_cause import dismiss_all
from customer_thread.service.outgoing.retry_cause import retry_all
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_otherwise import send_otherwise
from customer_thread.service.params import PAGE, Params
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, failures

FAILURE_CALLS = Calls()


class DoneView(TypedDict):
	"""What was done about all that failed for one cause."""

	#: how many deliveries
	done: int
	#: how many are left that had failed by then
	left: int


@FAILURE_CALLS.get_call("failures", "assigned")
def list_causes(ports: Ports, params: Params) -> CausesView:
	"""Return why messages failed that nobody has dealt with."""
	return read_causes(ports, whose(params))


@FAILURE_CALLS.get_call("failed", "cause assigned before limit")
def list_failed(ports: Ports, params: Params) -> FailuresView:
	"""Return what failed for one cause."""
	cause = Cause.of_key(params.text("cause"))
	before, limit = params.text("before", ""), params.integer("limit", PAGE)
	return read_failures(ports, cause, whose(params), before=before, limit=limit)


@FAILURE_CALLS.post_call("retry", "delivery")
def retry(ports: Ports, params: Params) -> DeliveryView:
	"""Try a failed delivery again."""
	row = visible_delivery(ports, params.text("delivery"))
	return delivery_view(retry_delivery(ports, row["name"]), ports.translate)


@FAILURE_CALLS.post_call("send_otherwise", "delivery")
def go_otherwise(ports: Ports, params: Params) -> DeliveryView:
	"""Send what failed by the other channel, once."""
	row = visible_delivery(ports, params.text("delivery"))
	made = deliveries.get(ports.database, send_otherwise(ports, row["name"]))
	if made is None:
		raise NotFound("There is no such delivery.")
	return delivery_view(made, ports.translate)


@FAILURE_CALLS.post_call("dismiss", "delivery")
def dismiss(ports: Ports, params: Params) -> dict[str, bool]:
	"""Let a failed delivery wait for nobody any more; again is no change."""
	row = visible_delivery(ports, params.text("delivery"))
	failures.settle(ports.database, row["name"])
	if row["thread"]:
		ports.live.changed_for_staff(row["thread"])
	ports.live.list_changed()
	return {"dismissed": True}


@FAILURE_CALLS.post_call("retry_cause", "cause upto assigned")
def retry_cause(ports: Ports, params: Params) -> DoneView:
	"""Try again what had failed for one cause by then, some at once, each no more than once."""
	names, left, upto = _of_cause(ports, params, again=True)
	return {"done": retry_all(ports, names, upto), "left": left}


@FAILURE_CALLS.post_call("dismiss_cause", "cause upto assigned")
def dismiss_cause(ports: Ports, params: Params) -> DoneView:
	"""Let what had failed for one cause by then wait for nobody any more, some at once."""
	names, left, upto = _of_cause(ports, params, again=False)
	return {"done": dismiss_all(ports, names, upto), "left": left}


def _of_cause(ports: Ports, params: Params, *, again: bool) -> tuple[list[str], int, int]:
	"""Return the deliveries to deal with now, the oldest first, how many more there are, and by when they had failed, µs."""
	cause, upto = Cause.of_key(params.text("cause")), parse(params.text("upto"), ports.clock.now_us())
	database, seen, assigned = ports.database, ports.visible(), whose(params)
	names = failures.oldest(database, cause, seen, upto, FAILURES_AT_ONCE, again=again, assigned=assigned)
	many = failures.count(database, cause, seen, upto, again=again, assigned=assigned)
	return names, many - len(names), upto
