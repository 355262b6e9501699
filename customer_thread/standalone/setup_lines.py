"""How far the setup of this host is, as the command line shows it."""

from collections.abc import Collection, Iterator

from customer_thread.gateways.twilio_sms.number import enter_addresses, read_number
from customer_thread.gateways.twilio_sms.setup import missing_setup
from customer_thread.service.desk.read_setup import HostSetup, read_setup
from customer_thread.service.outgoing.send_test_mail import send_test_mail
from customer_thread.service.outgoing.send_test_text import send_test_text
from customer_thread.standalone.check_host import check_mail, check_push
from customer_thread.standalone.wiring import Host

HOST_SETUP = HostSetup(check_texts=missing_setup, check_mail=check_mail, check_push=check_push)


def setup_lines(host: Host, first: Collection[str] = ()) -> Iterator[tuple[str, str, str, str]]:
	"""Return of each step its state, its name, a sentence, and the setting to change or nothing.

	`first`: the command's options, each done before; raises Conflict, TooMany or GatewayError if that cannot be. What
	Twilio says of its number stands below the texts, each line as `number`.
	"""
	if "enter_addresses" in first:
		enter_addresses(host.settings())
	with host.database.transaction():
		if "test_text" in first:
			send_test_text(host.ports)
		if "test_mail" in first:
			send_test_mail(host.ports)
	asks_twilio = not {"ask_twilio", "enter_addresses"}.isdisjoint(first)
	for step in read_setup(host.ports, HOST_SETUP):
		yield step["state"], step["key"], step["why"], step["field"]
		if step["key"] == "texts" and asks_twilio:
			for line in read_number(host.settings(), host.ports.translate)["lines"]:
				yield line["state"], "number", line["text"], ""
