"""`customer-thread`: serve, set, customer, sign-in, token, demo."""

import argparse
import logging
import sqlite3
import sys
from pathlib import Path

from customer_thread.domain.errors import BadInput, ThreadError
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.server import PORT, Server
from customer_thread.standalone.sign_in_url import sign_in_url
from customer_thread.standalone.wiring import Host


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
	command.add_argument("--mail-port", type=_port, help="receive e-mail by SMTP here; 0 for any free one")
	command.set_defaults(run=_serve)

	command = commands.add_parser("set", parents=[folder], help="change settings")
	command.add_argument("settings", nargs="+", metavar="NAME=VALUE")
	command.set_defaults(run=_set)

	command = commands.add_parser("customer", parents=[folder], help="add a customer, print their id")
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
			raise BadInput("“{0}” must be written NAME=VALUE.", pair)
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


def _sign_in(arguments: argparse.Namespace) -> None:
	host = Host(arguments.data)
	print(sign_in_url(host, arguments.customer))


def _token(arguments: argparse.Namespace) -> None:
	print(Host(arguments.data).sessions.make_staff_token())


def _demo(arguments: argparse.Namespace) -> None:
	# only the demonstration needs the stand-ins for the outside world
	from customer_thread.standalone.demo.run import run

	run(arguments.port)


if __name__ == "__main__":
	sys.exit(main())
