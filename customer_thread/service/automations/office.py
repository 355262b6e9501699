"""The contractor is told of an answer, where they are."""

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.times import zone
from customer_thread.domain.wording import Reader
from customer_thread.service.outgoing.write_to_contractor import write_line_of_thread
from customer_thread.service.ports import Ports
from customer_thread.service.reading.reader import locale_of
from customer_thread.service.thread.in_language import in_office_language
from customer_thread.store.rows import ThreadRow


def office_reader(ports: Ports, document: DocumentNow | None) -> Reader:
	"""Return for whom a line is worded: times are as the document itself has them."""
	settings, ports = ports.settings(), in_office_language(ports)
	return Reader(
		zone=document.zone if document else zone(settings.default_timezone),
		locale=locale_of(ports),
		translate=ports.translate,
		now_us=ports.clock.now_us(),
		region=settings.default_region,
	)


def write_to_office(ports: Ports, thread: ThreadRow, entry: int, line: str, source_key: str) -> None:
	"""Write the contractor a line, once a key; where no way leads to them the bell of the Desk rings of the entry."""
	if not write_line_of_thread(ports, thread, line, source_key):
		ports.bell.ring(entry)
