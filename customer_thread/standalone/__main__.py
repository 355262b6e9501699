"""`customer-thread`: serve, set, customer, sign-in, token, demo."""

import argparse
import logging
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from customer_thread.domain.errors import BadInput, NotFound, ThreadError
from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.times import check_zone
from customer_thread.domain.words import clean
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.standalone.server import Server
from customer_thread.standalone.wiring import Host

PORT = 8420


def main(argv: list[str] | None = None) -> int:
	"""Run one command; return 0, 1 for what was refused, 2 for what was not understood."""
	arguments = _parser().parse_args(argv)
	logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
	# they log numbers, addresses and words at INFO: a log is no place for them
	for noisy in ("twilio", "mail.log", "waitress"):
		logging.getLogger(noisy).setLevel(logging.WARNING)
	# it warns of every request that waits a moment for a thread
	logging.getLogger("waitress.queue").setLevel(logging.ERROR)
	try:
		arguments.run(arguments)
	except BadInput as error:
		print(f"customer-thread: {error}", file=sys.stderr)
		return 2
	except UnicodeEncodeError:
		print("customer-thread: what you typed is not text.", file=sys.stderr)
		return 2
	except (ThreadError, OSError, sqlite3.Error) as error:
		print(f"customer-thread: {error}", file=sys.stderr)
		return 1
	return 0


def _parser() -> argparse.ArgumentParser:
	parser = argparse.ArgumentParser(prog="customer-thread", description="One thread with each customer.")
	commands = parser.add_subparsers(required=True, metavar="COMMAND")
	folder = argparse.ArgumentParser(add_help=False)
	folder.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the database")

	command = commands.add_parser("serve", parents=[folder], help="answer on 127.0.0.1 until stopped")
	command.add_argument("--port", type=_port, default=PORT, help=f"0 for any free one (default {PORT})")
	command.add_argument("--mail-port", type=_port, help="take e-mail by SMTP here; 0 for any free one")
	command.set_defaults(run=_serve)

	command = commands.add_parser("set", parents=[folder], help="change settings")
	command.add_argument("settings", nargs="+", metavar="NAME=VALUE")
	command.set_defaults(run=_set)

	command = commands.add_parser("customer", parents=[folder], help="add a customer, print his id")
	command.add_argument("--name", required=True)
	command.add_argument("--phone", action="append", default=[])
	command.add_argument("--email", action="append", default=[])
	command.add_argument("--timezone", default="", help="such as America/New_York")
	command.add_argument(
		"--project", default="", help="shown in the header: Deck Replacement Project · Active"
	)
	command.set_defaults(run=_customer)

	command = commands.add_parser("sign-in", parents=[folder], help="print a one-time sign-in address")
	command.add_argument("--customer", required=True, metavar="ID")
	command.set_defaults(run=_sign_in)

	command = commands.add_parser("token", parents=[folder], help="print a new staff key:secret")
	command.set_defaults(run=_token)

	command = commands.add_parser("demo", help="show the example thread, live")
	command.add_argument("--port", type=_port, default=PORT, help=f"0 for any free one (default {PORT})")
	command.set_defaults(run=_demo)
	return parser


def _port(text: str) -> int:
	if not text.isascii() or not text.isdigit() or int(text) > 65_535:
		raise argparse.ArgumentTypeError(f"“{text}” is no port: give a number from 0 to 65535")
	return int(text)


def _serve(arguments: argparse.Namespace) -> None:
	server = Server(Host(arguments.data), arguments.port, arguments.mail_port)
	server.start()
	print(server.url, flush=True)
	if server.mail_url:
		print(server.mail_url, flush=True)
	server.run()


def _set(arguments: argparse.Namespace) -> None:
	changes = {}
	for pair in arguments.settings:
		name, equals, value = pair.partition("=")
		if not equals:
			raise BadInput(f"“{pair}” must be written NAME=VALUE.")
		changes[name.strip()] = value
	Host(arguments.data).settings_store.save(changes)


def _customer(arguments: argparse.Namespace) -> None:
	host = Host(arguments.data)
	print(
		add_customer(
			host,
			arguments.name,
			phones=arguments.phone,
			emails=arguments.email,
			timezone=arguments.timezone,
			project=arguments.project,
		)
	)


def add_customer(
	host: Host,
	name: str,
	*,
	phones: Sequence[str] = (),
	emails: Sequence[str] = (),
	timezone: str = "",
	project: str = "",
) -> str:
	"""Write a customer with his contact points and return his id. Raise BadInput."""
	name = " ".join(clean(name).split())
	if not name:
		raise BadInput("The customer needs a name.")
	timezone = check_zone(timezone) if timezone else ""
	region = host.settings().default_region
	addresses = [_address(phone(text, region), text, "phone number") for text in phones]
	addresses += [_address(email(text), text, "e-mail address") for text in emails]
	with host.database.transaction():
		party = host.parties.add(name, clean(project), timezone)
		thread = open_thread(host.ports, party)
		for address in addresses:
			add_contact_point(host.ports, thread, address, "Customer", party.party)
	return party.party


def _address(found: Address | None, text: str, what: str) -> Address:
	if found is None:
		raise BadInput(f"“{text}” is no {what}.")
	return found


def _sign_in(arguments: argparse.Namespace) -> None:
	host = Host(arguments.data)
	print(sign_in_url(host, arguments.customer))


def sign_in_url(host: Host, customer: str) -> str:
	"""Return an address that signs this customer in, once. Raise NotFound."""
	if host.parties.find(Party("Customer", customer)) is None:
		raise NotFound(f"There is no customer “{customer}”.")
	settings = host.settings()
	served = host.database.select("SELECT value FROM host_state WHERE name = 'url'")
	local = served[0]["value"] if served else f"http://127.0.0.1:{PORT}"
	token = host.sessions.make_link_token(customer, settings.sign_in_link_minutes)
	return f"{(settings.public_url or local).rstrip('/')}/sign-in?{urlencode({'token': token})}"


def _token(arguments: argparse.Namespace) -> None:
	print(Host(arguments.data).sessions.make_staff_token())


def _demo(arguments: argparse.Namespace) -> None:
	# only the demonstration needs the stand-ins for the outside world
	from customer_thread.standalone.demo.run import run

	run(arguments.port)


if __name__ == "__main__":
	sys.exit(main())
