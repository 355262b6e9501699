"""`customer-thread`: serve, set, show, customers, signing in and out, export, erasing, automations, staff tokens, demo."""

import argparse
import io
import logging
import os
import sqlite3
import sys
from getpass import getpass
from pathlib import Path
from typing import BinaryIO

from customer_thread.domain.errors import BadInput, Conflict, ThreadError
from customer_thread.domain.limits import SETTING_BYTES
from customer_thread.domain.model import Party
from customer_thread.domain.times import iso
from customer_thread.gateways.twilio_sms.addresses import webhook_addresses
from customer_thread.gateways.zulip.account import zulip_addresses
from customer_thread.service.desk.check_setup import is_heard
from customer_thread.service.desk.invite import invite
from customer_thread.service.sign_in.revoke_links import revoke_links
from customer_thread.service.thread.renew_addresses import renew_addresses
from customer_thread.standalone.add_customer import add_customer, shared_addresses
from customer_thread.standalone.ask_providers import ask_providers
from customer_thread.standalone.change_settings import change_settings
from customer_thread.standalone.check_host import missing, working
from customer_thread.standalone.data_folder import require_data
from customer_thread.standalone.erase_now import erase_now
from customer_thread.standalone.export_now import export_now
from customer_thread.standalone.list_automations import list_automations
from customer_thread.standalone.list_customers import LISTED, list_customers
from customer_thread.standalone.quiet_log import OnceAMinute
from customer_thread.standalone.server import PORT, Server
from customer_thread.standalone.setup_lines import setup_lines
from customer_thread.standalone.show_preview import shown_preview
from customer_thread.standalone.show_settings import shown_settings
from customer_thread.standalone.sign_in_url import sign_in_url
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads

log = logging.getLogger("customer_thread.serve")


def main(argv: list[str] | None = None) -> int:
	"""Run one command; return 0, 1 for what was refused, 2 for what was not understood."""
	for stream in (sys.stdout, sys.stderr):
		if isinstance(stream, io.TextIOWrapper):
			stream.reconfigure(encoding="utf-8", errors="backslashreplace")
	arguments = _parser().parse_args(_typed() if argv is None else argv)
	logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
	for handler in logging.getLogger().handlers:
		handler.addFilter(OnceAMinute())
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


def _typed() -> list[str]:
	"""Return the arguments as UTF-8, whatever the locale takes them for."""
	return [os.fsencode(word).decode("utf-8", "surrogateescape") for word in sys.argv[1:]]


def _parser() -> argparse.ArgumentParser:
	parser = argparse.ArgumentParser(prog="customer-thread", description="One thread with each customer.")
	commands = parser.add_subparsers(required=True, metavar="COMMAND")
	folder = argparse.ArgumentParser(add_help=False)
	folder.add_argument("--data", type=_folder, required=True, metavar="DIR", help="folder of the database")

	command = commands.add_parser("serve", parents=[folder], help="answer on 127.0.0.1 until stopped")
	command.add_argument("--port", type=_port, default=PORT, help=f"0 for any free one (default {PORT})")
	command.add_argument("--mail-port", type=_port, help="receive e-mail by SMTP here; 0 for any free one")
	command.set_defaults(run=_serve)

	command = commands.add_parser("set", parents=[folder], help="change settings")
	command.add_argument("settings", nargs="*", metavar="NAME=VALUE")
	command.add_argument(
		"--stdin", metavar="NAME", help="read this one from standard input, as a secret should be"
	)
	command.add_argument(
		"--file", action="append", default=[], metavar="NAME=PATH", help="read this one from a file"
	)
	command.set_defaults(run=_set, refuse=command.error)

	command = commands.add_parser("show", parents=[folder], help="show settings, what works, what is missing")
	command.set_defaults(run=_show)

	command = commands.add_parser("setup", parents=[folder], help="show how far the setup is, step by step")
	command.add_argument("--test-text", action="store_true", help="text the contractor's phone first")
	command.add_argument("--test-mail", action="store_true", help="mail to where answers arrive first")
	command.add_argument("--ask-twilio", action="store_true", help="ask Twilio about its number too")
	command.add_argument("--enter-addresses", action="store_true", help="enter our addresses at Twilio first")
	command.set_defaults(run=_setup)

	command = commands.add_parser("test-connection", parents=[folder], help="ask Twilio and Zulip what works")
	command.set_defaults(run=_test_connection)

	command = commands.add_parser("customer", parents=[folder], help="add a customer, print their id")
	command.add_argument("--name", required=True)
	command.add_argument("--phone", action="append", default=[])
	command.add_argument("--email", action="append", default=[])
	command.add_argument("--timezone", default="", help="such as America/New_York")
	command.add_argument("--language", default="", help="such as es; empty: what their browser asks for")
	command.add_argument(
		"--project", default="", help="shown in the header: Deck Replacement Project · Active"
	)
	command.set_defaults(run=_customer)

	command = commands.add_parser("customers", parents=[folder], help="list the customers")
	command.add_argument("--find", default="", metavar="WORDS", help="a name, a number, an address, or words")
	command.add_argument("--limit", type=int, default=LISTED, metavar="N", help=f"at most (default {LISTED})")
	command.set_defaults(run=_customers)

	command = commands.add_parser("sign-in", parents=[folder], help="print a one-time sign-in address")
	command.add_argument("--customer", required=True, metavar="ID")
	command.set_defaults(run=_sign_in)

	command = commands.add_parser("invite", parents=[folder], help="send a customer their first link")
	command.add_argument("--customer", required=True, metavar="ID")
	command.add_argument("--channel", default="auto", help="auto (default), sms or email")
	command.set_defaults(run=_invite)

	command = commands.add_parser("renew", parents=[folder], help="give a customer new secret mail addresses")
	command.add_argument("--customer", required=True, metavar="ID")
	command.set_defaults(run=_renew)

	command = commands.add_parser("sessions", parents=[folder], help="list who is signed in, and until when")
	command.add_argument("--customer", default="", metavar="ID", help="only theirs")
	command.set_defaults(run=_sessions)

	command = commands.add_parser("end-session", parents=[folder], help="sign somebody out")
	which = command.add_mutually_exclusive_group(required=True)
	which.add_argument("session", nargs="?", metavar="SESSION", help="as sessions lists it")
	which.add_argument("--customer", metavar="ID", help="all of theirs, and their sign-in links")
	command.set_defaults(run=_end_session)

	command = commands.add_parser("export", parents=[folder], help="write a copy of a conversation")
	command.add_argument("--customer", required=True, metavar="ID")
	command.add_argument("--kind", default="customer", help="customer (default), or business: with notes")
	command.add_argument("file", type=_folder, metavar="FILE", help="that ends in .json or .pdf")
	command.set_defaults(run=_export)

	command = commands.add_parser("erase", parents=[folder], help="erase a customer for good")
	command.add_argument("--customer", required=True, metavar="ID")
	command.add_argument("--name", required=True, help="theirs, to confirm it")
	command.set_defaults(run=_erase)

	command = commands.add_parser("automations", parents=[folder], help="list automations, switch them")
	command.add_argument("--on", nargs="+", default=[], metavar="NAME", help="switch these on")
	command.add_argument("--off", nargs="+", default=[], metavar="NAME", help="switch these off")
	command.add_argument(
		"--preview", nargs=2, metavar=("NAME", "DOCUMENT"), help="show what this one would write about it"
	)
	command.set_defaults(run=_automations)

	command = commands.add_parser("token", parents=[folder], help="print a new staff key:secret")
	command.add_argument("--label", default="", help="what it is for, to know it again by")
	command.set_defaults(run=_token)

	command = commands.add_parser("tokens", parents=[folder], help="list the staff tokens by their keys")
	command.set_defaults(run=_tokens)

	command = commands.add_parser("end-token", parents=[folder], help="take a staff token back")
	command.add_argument("key", metavar="KEY", help="what stands before the colon")
	command.set_defaults(run=_end_token)

	command = commands.add_parser("demo", help="show the example thread, live")
	command.add_argument("--port", type=_port, default=PORT, help=f"0 for any free one (default {PORT})")
	command.add_argument("--business", default="", metavar="NAME", help="yours: its name, everywhere")
	command.add_argument("--accent", default="", metavar="COLOUR", help="its colour, such as #1f5fbf")
	command.set_defaults(run=_demo)
	return parser


def _folder(text: str) -> Path:
	# a shell leaves the ~ of --data=~/thread as it is
	return Path(text).expanduser()


def _port(text: str) -> int:
	if not text.isascii() or not text.isdigit() or int(text) > 65_535:
		raise argparse.ArgumentTypeError(f"“{text}” is no port: give a number from 0 to 65535")
	return int(text)


def _serve(arguments: argparse.Namespace) -> None:
	host = Host(arguments.data)
	server = Server(host, arguments.port, arguments.mail_port)
	server.start()
	if not is_heard(host.settings()):
		log.warning(
			"Nobody is told of replies: set contractor_mobile and Twilio, or contractor_email and smtp_url. "
			"They are stored, and wait in desk.threads."
		)
	print(server.url, flush=True)
	if server.mail_url:
		print(server.mail_url, flush=True)
	server.run()


def _set(arguments: argparse.Namespace) -> None:
	changes = dict(_named(pair) for pair in arguments.settings)
	for name, path in (_named(pair) for pair in arguments.file):
		with Path(path).open("rb") as file:
			changes[name] = _secret(file)
	if arguments.stdin:
		changes[arguments.stdin] = _typed_secret(arguments.stdin)
	if not changes:
		arguments.refuse("say what to change: NAME=VALUE, --stdin NAME or --file NAME=PATH")
	host = Host(arguments.data)
	change_settings(host, changes)
	lacking = missing(host.settings())
	print("Saved. Not set up yet:" if lacking else "Saved. Everything is set up.", file=sys.stderr)
	for item in lacking:
		print(f"  {item['field']}: {item['text']}", file=sys.stderr)


def _show(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	for name, value in shown_settings(host.settings_store):
		print(name, _one_line(value), sep="\t")
	print()
	settings = host.settings()
	for sentence in working(settings):
		print("works", sentence, sep="\t")
	for address in (*webhook_addresses(settings.public_url), *zulip_addresses(settings)):
		print("webhook", address, sep="\t")
	for item in missing(settings):
		print("missing", item["field"], item["text"], sep="\t")


def _setup(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	for line in setup_lines(host, {name for name, value in vars(arguments).items() if value is True}):
		print(*(_one_line(cell) for cell in line), sep="\t")


def _test_connection(arguments: argparse.Namespace) -> None:
	answers = list(ask_providers(_host(arguments).settings()))
	for is_ok, sentence in answers:
		print("works" if is_ok else "broken", sentence, sep="\t")
	if not answers:
		raise Conflict("Neither Twilio nor Zulip is set up.")
	if not all(is_ok for is_ok, _sentence in answers):
		raise Conflict("Not all of it works.")


def _host(arguments: argparse.Namespace) -> Host:
	"""Return what is in a folder that is there. Raise NotFound."""
	return Host(require_data(arguments.data))


def _named(pair: str) -> tuple[str, str]:
	name, equals, value = pair.partition("=")
	if not equals:
		raise BadInput("“{0}” must be written NAME=VALUE.", name)
	return name.strip(), value


def _typed_secret(name: str) -> str:
	"""Return what is typed unseen on a terminal, or stands on standard input."""
	return getpass(f"{name}: ") if sys.stdin.isatty() else _secret(sys.stdin.buffer)


def _secret(source: BinaryIO) -> str:
	"""Return what stands there, without the line's end."""
	given = source.read(SETTING_BYTES + 1)
	if len(given) > SETTING_BYTES:
		raise BadInput("A setting has at most {0} bytes.", SETTING_BYTES)
	try:
		return given.decode("utf-8").rstrip("\r\n")
	except UnicodeDecodeError:
		raise BadInput("What stands there is not text.") from None


def _customer(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	customer = add_customer(
		host,
		arguments.name,
		phones=arguments.phone,
		emails=arguments.email,
		timezone=arguments.timezone,
		language=arguments.language,
		project=arguments.project,
	)
	for sentence in shared_addresses(host, customer):
		print(f"customer-thread: {_one_line(sentence)}", file=sys.stderr)
	print(customer)


def _customers(arguments: argparse.Namespace) -> None:
	listed, has_more = list_customers(_host(arguments), arguments.find, arguments.limit)
	for each in listed:
		cells = each.id, each.name, ", ".join(each.phones), ", ".join(each.emails)
		print(*(_one_line(cell) for cell in (*cells, _time(each.last_us), each.last_message)), sep="\t")
	if has_more:
		print(f"customer-thread: These are {len(listed)}; there are more. --find names one.", file=sys.stderr)


def _sign_in(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	print(sign_in_url(host, arguments.customer))


def _invite(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	with host.database.transaction():
		[invited] = invite(host.ports, [arguments.customer], arguments.channel)
	if invited["channel"] is None:
		raise Conflict("{0}", invited["reason"])
	print(invited["channel"], invited["address"], invited["reason"], sep="\t")


def _renew(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	with host.database.transaction():
		thread = threads.require_of(host.database, Party("Customer", arguments.customer))
		renew_addresses(host.ports, thread)


def _sessions(arguments: argparse.Namespace) -> None:
	for session in _host(arguments).sessions.listed(arguments.customer):
		times = _time(session.created_us), _time(session.expires_us)
		print(session.id, session.customer, *times, _one_line(session.browser), sep="\t")


def _end_session(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	if arguments.customer is None:
		host.sessions.end(arguments.session)
		return
	print(host.sessions.end_all_of(arguments.customer))
	thread = threads.of_party(host.database, Party("Customer", arguments.customer))
	if thread:
		with host.database.transaction():
			revoke_links(host.ports, thread)


def _export(arguments: argparse.Namespace) -> None:
	export_now(_host(arguments), arguments.customer, arguments.kind, arguments.file)


def _erase(arguments: argparse.Namespace) -> None:
	run = erase_now(_host(arguments), arguments.customer, arguments.name)
	print(run["state"].lower(), run["entries"], sep="\t")


def _automations(arguments: argparse.Namespace) -> None:
	host = _host(arguments)
	lines: list[tuple[str, ...]] = [*list_automations(host, switch_on=arguments.on, switch_off=arguments.off)]
	for line in shown_preview(host, *arguments.preview) if arguments.preview else lines:
		print(*(_one_line(cell) for cell in line), sep="\t")


def _token(arguments: argparse.Namespace) -> None:
	print(_host(arguments).sessions.make_staff_token(arguments.label))


def _tokens(arguments: argparse.Namespace) -> None:
	for token in _host(arguments).sessions.listed_tokens():
		print(token.key, _time(token.created_us), _one_line(token.label), sep="\t")


def _end_token(arguments: argparse.Namespace) -> None:
	_host(arguments).sessions.end_token(arguments.key)


def _time(us: int) -> str:
	return iso(us) if us else "-"


def _one_line(text: str) -> str:
	"""Return what somebody else wrote, without what could move a terminal's cursor."""
	return "".join(character if character.isprintable() else " " for character in text)


def _demo(arguments: argparse.Namespace) -> None:
	# only the demonstration needs the stand-ins for the outside world
	from customer_thread.standalone.demo.cast import business_of
	from customer_thread.standalone.demo.run import run

	run(arguments.port, business_of(arguments.business, arguments.accent))


if __name__ == "__main__":
	sys.exit(main())
