"""How far the setup of this host is, as the command line shows it."""

from collections.abc import Iterator

from customer_thread.gateways.twilio_sms.setup import missing_setup
from customer_thread.service.desk.read_setup import HostSetup, read_setup
from customer_thread.service.outgoing.send_test_text import send_test_text
from customer_thread.standalone.check_host import check_mail, check_push
from customer_thread.standalone.wiring import Host

HOST_SETUP = HostSetup(check_texts=missing_setup, check_mail=check_mail, check_push=check_push)


def setup_lines(host: Host, *, send_test: bool = False) -> Iterator[tuple[str, str, str, str]]:
	"""Return of each step its state, its name, a sentence, and the setting to change or nothing.

	`send_test`: text the contractor's phone first; raises Conflict or TooMany if that cannot be.
	"""
	if send_test:
		with host.database.transaction():
			send_test_text(host.ports)
	for step in read_setup(host.ports, HOST_SETUP):
		yield step["state"], step["key"], step["why"], step["field"]
