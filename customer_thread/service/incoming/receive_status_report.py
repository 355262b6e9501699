"""A provider says what became of a text of ours."""

from customer_thread.domain.inbound import StatusReport
from customer_thread.service.outgoing.record_outcome import record_status
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


def receive_status_report(ports: Ports, report: StatusReport) -> bool:
	"""Move the delivery forward, whatever order reports come in; return whether it was one of ours.

	A report may come before our own call has returned; then it finds its delivery by the id it carries.
	"""
	known = deliveries.by_provider_sid(ports.database, report.provider_sid)
	name = known["name"] if known else report.delivery
	row = deliveries.lock(ports.database, name) if name else None
	if row is None or (row["provider_id"] and row["provider_id"] != report.provider_sid):
		return row is not None and report.provider_sid in row["earlier_ids"].split()
	if not known and report.provider_sid in deliveries.earlier_ids_to(ports.database, row["address"]):
		# about a try before it was queued anew, or one of the same words: that has had its say
		return True
	if not known and row["state"] != "Sending" and not row["unsure_since_us"]:
		# nothing of this delivery is on its way
		return True
	record_status(ports, row, report.provider_sid, report.state, report.error)
	return True
