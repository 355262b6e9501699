"""The command line: what is promised alone on a line, errors on standard error with status 1 or 2."""

import os
import re
import signal
import socket
import stat
import subprocess
from pathlib import Path

import pytest
import requests
from support.cli import COMMAND, Ended, WarmCli, command, lines
from support.host import EmbeddedHost
from support.people import TIMEOUT, Staff

from customer_thread.standalone.demo.zulip_stand_in import ZulipStandIn
from customer_thread.standalone.wiring import Host

pytestmark = pytest.mark.embedded("the command line is its own")


def test_it_prints_a_new_customers_id_alone_on_a_line(tmp_path: Path) -> None:
	ended = command("customer", "--data", tmp_path, "--name", "Sarah Lee", "--phone", "555-123-4567")

	assert re.fullmatch(r"[A-Z]+-\d+", ended.line)
	assert ended.err == ""


def test_it_gives_every_customer_an_id_of_his_own(tmp_path: Path, warm_cli: WarmCli) -> None:
	ids = [warm_cli("customer", "--data", tmp_path, "--name", "Sarah Lee").line for _ in range(3)]

	assert len(set(ids)) == 3


@pytest.mark.parametrize(
	("arguments", "said"),
	[
		(["--name", "Bob", "--phone", "call me"], "call me"),
		(["--name", "Bob", "--phone", "+1555"], "+1555"),
		(["--name", "Bob", "--email", "bob at example"], "bob at example"),
		(["--name", "Bob", "--timezone", "Mars/Olympus"], "Mars/Olympus"),
		(["--name", "Bob", "--timezone", "../../etc/passwd"], "time zone"),
		(["--name", "  "], "name"),
		([], "--name"),
	],
)
def test_it_refuses_a_wrong_customer_and_adds_none(
	tmp_path: Path, warm_cli: WarmCli, arguments: list[str], said: str
) -> None:
	ended = warm_cli("customer", "--data", tmp_path, *arguments)

	assert (ended.status, ended.out) == (2, "")
	assert said in ended.err
	assert "Traceback" not in ended.err
	added = warm_cli("customer", "--data", tmp_path, "--name", "Sarah").line
	assert added.endswith("00001")


def test_it_takes_several_phones_and_a_name_in_any_script(tmp_path: Path, warm_cli: WarmCli) -> None:
	ended = warm_cli(
		*("customer", "--data", tmp_path, "--name", "שרה 🏡 O'Lee"),
		*("--phone", "+15551230001", "--phone", "+15551230002", "--email", "Sarah@Example.com"),
	)

	assert ended.line


def test_it_prints_a_one_time_address_alone_on_a_line(host: EmbeddedHost) -> None:
	customer = host.add_customer("Sarah Lee")

	ended = command("sign-in", "--data", host.folder, "--customer", customer)

	assert ended.line.startswith(f"{host.url}/messages/in?t=")
	assert ended.err == ""


@pytest.mark.parametrize("customer", ["CUST-99999", "", "' OR 1=1 --"])
def test_it_makes_no_link_for_a_customer_who_is_not_there(host: EmbeddedHost, customer: str) -> None:
	ended = host.run("sign-in", "--customer", customer)

	assert (ended.status, ended.out) == (1, "")
	assert "Traceback" not in ended.err
	assert "no customer" in ended.err


def test_it_says_that_an_argument_is_no_text(host: EmbeddedHost) -> None:
	ended = host.run("sign-in", "--customer", "CUST\udcff")

	assert (ended.status, ended.out) == (2, "")
	assert "Traceback" not in ended.err


def test_it_prints_a_staff_token_that_works(host: EmbeddedHost) -> None:
	ended = command("token", "--data", host.folder)

	assert re.fullmatch(r"[^:\s]+:[^:\s]+", ended.line)
	assert Staff(host.url, ended.line).get("threads").status_code == 200


def test_it_prints_its_addresses_alone_on_lines(tmp_path: Path) -> None:
	arguments: list[str | Path] = ["serve", "--data", tmp_path / "data", "--port", "0", "--mail-port", "0"]
	with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
		assert process.stdout
		url = process.stdout.readline().decode().removesuffix("\n")
		assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)
		assert re.fullmatch(rb"smtp://127\.0\.0\.1:\d+\n", process.stdout.readline())
		assert requests.get(url + "/healthz", timeout=TIMEOUT).status_code == 200
		process.terminate()
		out, _err = process.communicate(timeout=30)

	assert (process.returncode, out) == (0, b"")
	with pytest.raises(requests.ConnectionError):
		requests.get(url + "/healthz", timeout=TIMEOUT)


def test_it_takes_no_mail_unless_it_is_asked_to(tmp_path: Path) -> None:
	arguments: list[str | Path] = ["serve", "--data", tmp_path / "data", "--port", "0"]
	with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
		assert process.stdout
		assert process.stdout.readline().startswith(b"http://")
		process.send_signal(signal.SIGINT)
		out, _err = process.communicate(timeout=30)

	assert (process.returncode, out) == (0, b"")


def test_it_keeps_its_folder_to_its_owner(host: EmbeddedHost) -> None:
	kept = [host.folder, *host.folder.rglob("*")]

	assert host.folder / "thread.db" in kept
	assert [path for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_it_serves_a_folder_only_once(host: EmbeddedHost) -> None:
	ended = host.run("serve", "--port", "0")

	assert (ended.status, ended.out) == (1, "")
	assert "already" in ended.err


def test_it_says_that_a_port_is_taken(tmp_path: Path, warm_cli: WarmCli) -> None:
	with socket.create_server(("127.0.0.1", 0)) as taken:
		port = taken.getsockname()[1]
		ended = warm_cli("serve", "--data", tmp_path, "--port", str(port))

	assert (ended.status, ended.out) == (1, "")
	assert "Traceback" not in ended.err


@pytest.mark.parametrize("port", ["70000", "-1", "http"])
def test_it_refuses_a_port_that_is_none(tmp_path: Path, warm_cli: WarmCli, port: str) -> None:
	ended = warm_cli("serve", "--data", tmp_path, f"--port={port}")

	assert ended.status in (1, 2)
	assert ended.out == ""
	assert "Traceback" not in ended.err


def test_it_says_that_a_folder_is_none(tmp_path: Path, warm_cli: WarmCli) -> None:
	(tmp_path / "file").write_text("")

	ended = warm_cli("token", "--data", tmp_path / "file")

	assert (ended.status, ended.out) == (1, "")
	assert "Traceback" not in ended.err


def test_it_says_that_a_database_is_none(tmp_path: Path, warm_cli: WarmCli) -> None:
	(tmp_path / "thread.db").write_bytes(b"no database at all, whatever its name says. " * 100)

	ended = warm_cli("token", "--data", tmp_path)

	assert (ended.status, ended.out) == (1, "")
	assert "Traceback" not in ended.err


@pytest.mark.parametrize(
	("pair", "said"),
	[
		("busines_name=Mike", "busines_name"),
		("business_name", "NAME=VALUE"),
		("accent_color=blue", "accent_color"),
		("show_missed_calls=perhaps", "show_missed_calls"),
		("sign_in_link_days=soon", "sign_in_link_days"),
		("notice_delay_minutes=soon", "notice_delay_minutes"),
		("window_start=25:00", "window_start"),
		("public_url=javascript:alert(1)", "public_url"),
		("public_url=https://", "public_url"),
		("smtp_url=http://mail", "smtp_url"),
		("smtp_url=smtp://mail:port", "smtp_url"),
		("default_timezone=Mars", "Mars"),
		("default_region=Mars", "default_region must be a country in two letters"),
		("twilio_account_sid=my account", "twilio_account_sid must be AC and 32 digits"),
		("twilio_api_key=AC" + "0" * 32, "twilio_api_key must be SK and 32 digits"),
		("twilio_messaging_service_sid=MG" + "0" * 31, "twilio_messaging_service_sid must be MG"),
		("twilio_from_number=555 123 4567", "twilio_from_number must be a number with +"),
		("tabs=Messages", "tabs"),
		("tabs=Evil=javascript:alert(1)", "tabs"),
		("tabs=Evil=//evil.example", "tabs"),
		("sends_mail=1", "sends_mail"),
	],
)
def test_it_refuses_a_wrong_setting_and_changes_none(
	tmp_path: Path, warm_cli: WarmCli, pair: str, said: str
) -> None:
	ended = warm_cli("set", "--data", tmp_path, "business_name=Evil Ltd", pair)

	assert (ended.status, ended.out) == (2, "")
	assert said in ended.err
	customer = warm_cli("customer", "--data", tmp_path, "--name", "Sarah").line
	assert customer
	assert b"Evil Ltd" not in (tmp_path / "thread.db").read_bytes()
	assert not any(b"Evil Ltd" in path.read_bytes() for path in tmp_path.glob("thread.db*"))


def test_it_changes_settings_while_it_serves(host: EmbeddedHost) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee"))
	assert command("set", "--data", host.folder, "business_name=Löwe & Söhne = Dächer").out == ""

	assert browser.timeline()["thread"]["title"] == "Löwe & Söhne = Dächer"
	assert "Löwe &amp; Söhne = Dächer" in browser.open().text


def test_it_says_what_the_providers_answer(own_host: EmbeddedHost) -> None:
	zulip = ZulipStandIn()
	zulip.start()
	works = cells(own_host.run("test-connection"))
	assert [row[0] for row in works] == ["works"]
	assert works[0][1].startswith("Twilio answers.")

	own_host.set(zulip_site=zulip.url, zulip_bot_email=zulip.bot.email, zulip_channel="customers")
	own_host.set(zulip_api_key=zulip.api_key, zulip_webhook_token=zulip.token)
	assert [row[0] for row in cells(own_host.run("test-connection"))] == ["works", "works"]
	shown = own_host.run("show").out
	assert "What customers write appears in Zulip, in #customers." in shown
	assert "webhooks.zulip_message" in shown
	assert zulip.api_key not in shown
	assert zulip.token not in shown

	own_host.set(zulip_api_key="wrong")
	broken = own_host.run("test-connection")
	assert broken.status == 1
	assert "does not accept the bot's e-mail address and API key" in broken.out
	zulip.stop()


def test_it_never_shows_a_secret(host: EmbeddedHost) -> None:
	host.set(twilio_auth_token="hunter2hunter2")

	wrong = host.run("set", "twilio_auth_token=hunter2hunter2", "nothing=1")

	assert wrong.status == 2
	assert "nothing" in wrong.err
	assert "hunter2" not in wrong.out + wrong.err + host.logged()


@pytest.mark.parametrize(
	"arguments", [[], ["fly"], ["serve"], ["set", "--data", "."], ["token", "--date", "."]]
)
def test_it_explains_a_command_it_does_not_know(arguments: list[str], warm_cli: WarmCli) -> None:
	ended = warm_cli(*arguments)

	assert (ended.status, ended.out) == (2, "")
	assert "usage: customer-thread" in ended.err


def test_it_ends_by_sigterm_while_a_request_is_open(tmp_path: Path, warm_cli: WarmCli) -> None:
	host = EmbeddedHost(tmp_path / "data", warm_cli)
	host.start()
	port = int(host.url.rpartition(":")[2])
	with socket.create_connection(("127.0.0.1", port)) as idle:
		idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
		assert host.stop() == 0
	host.close()


def test_it_works_from_any_folder_and_locale(tmp_path: Path) -> None:
	environment = {**os.environ, "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONUTF8": "0"}
	ended = subprocess.run(
		[*COMMAND, "set", "--data", "data", "business_name=Zoë"],
		cwd=tmp_path,
		capture_output=True,
		env=environment,
		timeout=30,
	)

	assert ended.returncode == 0, ended.stderr
	assert (tmp_path / "data" / "thread.db").exists()
	shown = subprocess.run(
		[*COMMAND, "show", "--data", "data"], cwd=tmp_path, capture_output=True, env=environment, timeout=30
	)
	assert shown.stdout.startswith("business_name\tZoë\n".encode()), shown.stderr


def cells(ended: Ended) -> list[list[str]]:
	return [line.split("\t") for line in lines(ended)]


def test_it_lists_and_ends_a_session(own_host: EmbeddedHost) -> None:
	sarah, bob = (own_host.sign_in(own_host.add_customer(name)) for name in ("Sarah Lee", "Bob Miller"))

	listed = cells(own_host.run("sessions"))
	assert {row[1] for row in listed} == {sarah.customer, bob.customer}
	[[session, _customer, since, until, browser]] = cells(
		own_host.run("sessions", "--customer", sarah.customer)
	)
	assert since < until
	assert browser.startswith("python-requests/")
	assert sarah.http.cookies["sid"] not in str(listed)

	assert own_host.run("end-session", session).out == ""
	assert sarah.get("timeline").status_code == 401
	assert bob.get("timeline").status_code == 200
	again = own_host.run("end-session", session)
	assert (again.status, again.out) == (1, "")


def test_it_ends_everything_of_a_customer(own_host: EmbeddedHost) -> None:
	customer = own_host.add_customer("Sarah Lee")
	phone, tablet = own_host.sign_in(customer), own_host.sign_in(customer)
	bob = own_host.sign_in(own_host.add_customer("Bob Miller"))
	link = own_host.sign_in_path(customer)

	assert own_host.run("end-session", "--customer", customer).line == "2"

	assert {phone.get("timeline").status_code, tablet.get("timeline").status_code} == {401}
	assert requests.get(own_host.url + link, timeout=TIMEOUT).status_code == 403
	assert bob.get("timeline").status_code == 200


def test_it_lists_and_ends_a_staff_token(own_host: EmbeddedHost) -> None:
	kept = own_host.staff
	lost = Staff(own_host.url, own_host.run("token", "--label", "the old\nlaptop").line)
	key, _colon, secret = lost.token.partition(":")

	listed = cells(own_host.run("tokens"))
	assert [row[2] for row in listed if row[0] == key] == ["the old laptop"]
	assert secret not in str(listed)

	assert own_host.run("end-token", key).out == ""
	assert lost.get("threads").status_code == 401
	assert kept.get("threads").status_code == 200
	assert own_host.run("end-token", key).status == 1


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n"])
def test_it_reads_a_secret_from_a_file_or_standard_input(
	own_host: EmbeddedHost, tmp_path: Path, line_end: str
) -> None:
	file = tmp_path / "secret"
	file.write_bytes(f"from a file {line_end}".encode())
	ended = own_host.run("set", "--file", f"twilio_auth_token={file}", "business_name=Both at once")
	assert ended.status == 0, ended.err
	kept = Host(own_host.folder).settings()
	assert (kept.twilio_auth_token, kept.business_name) == ("from a file", "Both at once")

	subprocess.run(
		[*COMMAND, "set", "--data", own_host.folder, "--stdin", "twilio_auth_token"],
		input=f"from standard input{line_end}".encode(),
		check=True,
		timeout=30,
	)
	assert Host(own_host.folder).settings().twilio_auth_token == "from standard input"


@pytest.mark.parametrize("words", [b"x" * 10_001, b"\xff\xfe"])
def test_it_refuses_a_file_that_is_no_setting(own_host: EmbeddedHost, tmp_path: Path, words: bytes) -> None:
	file = tmp_path / "secret"
	file.write_bytes(words)

	for given in ([f"twilio_auth_token={file}"], [str(file)], [f"twilio_auth_token={tmp_path / 'none'}"]):
		ended = own_host.run("set", "business_name=Not this", "--file", *given)
		assert (ended.status in (1, 2), ended.out) == (True, "")
		assert "Traceback" not in ended.err
	assert own_host.run("set").status == 2
	assert Host(own_host.folder).settings().business_name != "Not this"


def test_serve_says_that_nobody_is_told_of_replies(own_host: EmbeddedHost) -> None:
	# it was started before anything was set up
	assert own_host.logged().count("Nobody is told of replies: set contractor_mobile and Twilio, or") == 1
	own_host.restart()
	assert own_host.logged().count("Nobody is told") == 1
	own_host.set(contractor_mobile="", contractor_email="")
	own_host.restart()
	assert own_host.logged().count("Nobody is told") == 2
