"""The command line while a host is set up: what is set, what works, what is missing, who is there."""

import contextlib
import fcntl
import os
import subprocess
import termios
from pathlib import Path

import pytest
from support.cli import COMMAND, Ended, WarmCli, command, lines
from support.host import MOBILE, EmbeddedHost, new_email, new_phone
from support.waiting import wait_until

from customer_thread.standalone.demo.mailbox_stand_in import Letter
from customer_thread.standalone.wiring import Host

pytestmark = pytest.mark.embedded("the command line is its own")


def rows(ended: Ended) -> list[list[str]]:
	return [line.split("\t") for line in lines(ended)]


def shown(ended: Ended) -> dict[str, str]:
	settings, _blank, _rest = ended.out.partition("\n\n")
	return dict(line.split("\t") for line in settings.splitlines())


def said(ended: Ended, kind: str) -> list[list[str]]:
	return [row[1:] for row in rows(ended) if row[0] == kind]


@pytest.mark.parametrize(
	("pair", "sentence"),
	[
		("busines_name=Mike", "There is no setting “busines_name”. Did you mean business_name?"),
		("Contractor-Mobile=1", "There is no setting “Contractor-Mobile”. Did you mean contractor_mobile?"),
		("smtp=smtp://mail.example", "There is no setting “smtp”. Did you mean smtp_url?"),
		("xyzzy=1", "There is no setting “xyzzy”. customer-thread show lists them."),
		("test_connection=1", "There is no setting “test_connection”."),
		("business_phone=call us", "business_phone must be a phone number"),
		("contractor_mobile=555-0117", "contractor_mobile must be a phone number"),
		("contractor_email=mike", "contractor_email must be an e-mail address"),
		("mail_from=Mike", "mail_from must be an e-mail address"),
		("default_timezone=Mars/Olympus", "Mars/Olympus"),
		("accent_color=blue", "accent_color must be a colour"),
		("public_url=https://portal example.com", "public_url must be an address"),
		("public_url=portal.example.com", "public_url must be an address"),
		("smtp_url=mail.example.com:25", "smtp_url must be an address"),
		("reply_domain=me@example.com", "reply_domain must be a domain"),
		("quiet_start=9pm", "quiet_start must be a time of day"),
		("sign_in_link_days=999999999", "sign_in_link_days can be 365 at most"),
	],
)
def test_set_refuses_nonsense_with_a_sentence(
	tmp_path: Path, warm_cli: WarmCli, pair: str, sentence: str
) -> None:
	ended = warm_cli("set", "--data", tmp_path, "business_name=Evil Ltd", pair)

	assert (ended.status, ended.out) == (2, "")
	assert sentence in ended.err
	assert ended.err.count("\n") == 1
	assert shown(warm_cli("show", "--data", tmp_path))["business_name"] == "Your contractor"


def test_set_ends_with_what_is_missing(tmp_path: Path, warm_cli: WarmCli) -> None:
	first = warm_cli("set", "--data", tmp_path / "new", "business_name=Mike's")

	assert (first.status, first.out) == (0, "")
	for name in ("contractor_mobile", "public_url", "twilio_account_sid", "smtp_url"):
		assert f"\n  {name}: " in first.err
	assert "business_name" not in first.err
	assert "Desk" not in first.err

	last = warm_cli(
		*("set", "--data", tmp_path / "new", "public_url=https://portal.example.com"),
		*("twilio_account_sid=AC" + "0" * 32, "twilio_auth_token=x", "twilio_from_number=+15550003000"),
		*("contractor_mobile=+15550003001", "contractor_email=mike@example.com"),
		*("smtp_url=smtp://127.0.0.1:25", "reply_domain=reply.example.com"),
	)
	assert (last.status, last.err) == (0, "Saved. Everything is set up.\n")


def test_show_says_what_works_and_what_is_missing(tmp_path: Path) -> None:
	data = tmp_path / "data"
	command("set", "--data", data, "business_name=Mike's", "contractor_email=mike@example.com")
	before = command("show", "--data", data)
	assert ["smtp_url"] in [row[:1] for row in said(before, "missing")]
	assert not [row for row in said(before, "works") if "get e-mails" in row[0]]

	command("set", "--data", data, "smtp_url=smtp://127.0.0.1:25", "public_url=https://portal.example.com")
	after = command("show", "--data", data)

	assert (after.status, after.err) == (0, "")
	assert ["Customers get e-mails from mike@example.com."] in said(after, "works")
	assert "smtp_url" not in [row[0] for row in said(after, "missing")]
	assert said(after, "webhook")[0] == [
		"https://portal.example.com/api/method/customer_thread.api.webhooks.twilio_message"
	]
	assert shown(after)["tabs"] == "Messages=/messages"


def test_show_hides_secrets(tmp_path: Path, warm_cli: WarmCli) -> None:
	warm_cli(
		*("set", "--data", tmp_path, "twilio_auth_token=hunter2", "twilio_api_secret=hunter2"),
		"smtp_url=smtps://mike:hunter2@hunter2@mail.example.com:465",
	)
	ended = warm_cli("show", "--data", tmp_path)

	assert "hunter2" not in ended.out + ended.err
	kept = shown(ended)
	assert kept["smtp_url"] == "smtps://mike:(hidden)@mail.example.com:465"
	assert (kept["twilio_auth_token"], kept["twilio_previous_auth_token"]) == ("(hidden)", "")


@pytest.mark.parametrize(
	"arguments",
	[
		["show"],
		["customers"],
		["customer", "--name", "Sarah"],
		["sign-in", "--customer", "CUST-00001"],
		["invite", "--customer", "CUST-00001"],
		["renew", "--customer", "CUST-00001"],
		["sessions"],
		["end-session", "x"],
		["token"],
		["tokens"],
		["end-token", "x"],
	],
)
def test_data_that_is_not_there_is_an_error(tmp_path: Path, warm_cli: WarmCli, arguments: list[str]) -> None:
	name, *others = arguments
	missing = warm_cli(name, "--data", tmp_path / "thraed", *others)
	assert (missing.status, missing.out) == (1, "")
	assert f"There is no folder {tmp_path / 'thraed'}." in missing.err
	assert not (tmp_path / "thraed").exists()

	(tmp_path / "letter.txt").write_text("")
	mode = tmp_path.stat().st_mode
	other = warm_cli(name, "--data", tmp_path, *others)
	assert (other.status, other.out) == (1, "")
	assert "is not a data folder" in other.err
	assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
	assert tmp_path.stat().st_mode == mode


def test_a_tilde_is_ones_own_folder(tmp_path: Path) -> None:
	ended = command("set", "--data=~/thread", "business_name=Mike's", environment={"HOME": str(tmp_path)})

	assert ended.status == 0
	assert (tmp_path / "thread" / "thread.db").exists()


def test_customers_are_listed(own_host: EmbeddedHost) -> None:
	phone, email = new_phone(), new_email()
	sarah = own_host.add_customer("Sarah \tLee", phone=phone, email=email)
	bob = own_host.add_customer("Bob Miller")
	own_host.staff.do("send", customer=sarah, text="See you\ton Friday", channel="portal")

	[first, second] = rows(own_host.run("customers"))
	assert first[:4] == [sarah, "Sarah Lee", phone, email]
	assert first[4].startswith("20")
	assert first[5:] == ["See you on Friday"]
	assert second == [bob, "Bob Miller", "", "", "-", ""]

	for words in (phone, email.upper(), "sarah", "friday"):
		assert [row[0] for row in rows(own_host.run("customers", "--find", words))] == [sarah]
	assert own_host.run("customers", "--find", "nobody").out == ""


def test_the_list_is_bounded(own_host: EmbeddedHost) -> None:
	for name in ("Ann", "Bob", "Cem"):
		own_host.add_customer(name)

	two = own_host.run("customers", "--limit", "2")
	assert len(rows(two)) == 2
	assert "there are more" in two.err
	assert own_host.run("customers", "--limit", "3").err == ""
	for limit in ("0", "-1", "1001", "all"):
		refused = own_host.run("customers", f"--limit={limit}")
		assert (refused.status, refused.out) == (2, "")


def test_an_unmatched_number_is_no_customer(own_host: EmbeddedHost) -> None:
	assert own_host.text(new_phone(), "Who are you?").status_code == 200

	assert own_host.run("customers").out == ""


def test_the_phone_of_another_customer_is_said(own_host: EmbeddedHost) -> None:
	phone, email = new_phone(), new_email()
	first = own_host.add_customer("Bob Miller", phone=phone, email=email)

	ended = own_host.run("customer", "--name", "Eve Miller", "--phone", phone, "--email", email)

	assert ended.line not in ("", first)
	assert ended.err.count(f"is also that of Bob Miller ({first}).") == 2
	assert own_host.run("customer", "--name", "Ann", "--phone", new_phone()).err == ""


def test_the_contractors_own_phone_is_said(own_host: EmbeddedHost) -> None:
	own_host.set(contractor_mobile="+15550003099")

	ended = own_host.run("customer", "--name", "Mike", "--phone", "(555) 000-3099")

	assert ended.line
	assert "is the contractor’s too" in ended.err


def test_it_is_a_process_of_its_own(tmp_path: Path) -> None:
	assert COMMAND[1:] == ("-m", "customer_thread.standalone")
	command("set", "--data", tmp_path / "data", "business_name=Mike's")
	customer = command("customer", "--data", tmp_path / "data", "--name", "Sarah Lee").line

	assert rows(command("customers", "--data", tmp_path / "data"))[0][:2] == [customer, "Sarah Lee"]


@pytest.mark.parametrize(
	"address",
	["smtp://mail.example:25", "smtp+starttls://me:se%40cret@mail.example:587", "smtps://mail.example"],
)
def test_set_takes_each_kind_of_mail_server(tmp_path: Path, warm_cli: WarmCli, address: str) -> None:
	assert warm_cli("set", "--data", tmp_path, f"smtp_url={address}").status == 0
	assert "se%40cret" not in warm_cli("show", "--data", tmp_path).out


def test_a_secret_is_typed_unseen(tmp_path: Path) -> None:
	keyboard, terminal = os.openpty()
	process = subprocess.Popen(
		[*COMMAND, "set", "--data", tmp_path, "--stdin", "twilio_auth_token"],
		stdin=terminal,
		stdout=terminal,
		stderr=terminal,
		start_new_session=True,
		preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
	)
	os.close(terminal)
	shown = b""
	while b"twilio_auth_token: " not in shown:
		shown += os.read(keyboard, 1000)
	os.write(keyboard, b"hunter2\n")
	assert process.wait(30) == 0
	with contextlib.suppress(OSError):
		while more := os.read(keyboard, 1000):
			shown += more

	assert b"hunter2" not in shown
	assert Host(tmp_path).settings().twilio_auth_token == "hunter2"


def test_setup_goes_from_step_to_step(tmp_path: Path, warm_cli: WarmCli) -> None:
	warm_cli("set", "--data", tmp_path, "business_name=Mike's", "twilio_auth_token=hunter2")
	first = {row[1]: row for row in rows(warm_cli("setup", "--data", tmp_path))}

	assert list(first) == ["business", "texts", "mail", "push", "automations", "invitations"]
	assert first["business"][0::3] == ["missing", "public_url"]
	assert first["texts"][0::3] == ["missing", "twilio_account_sid"]
	assert first["automations"][0] == "optional"
	assert "hunter2" not in str(first)

	warm_cli(
		*(
			"set",
			"--data",
			tmp_path,
			"public_url=https://portal.example.com",
			"contractor_email=mike@example.com",
		),
		*("twilio_auth_token=", "smtp_url=smtp://127.0.0.1:25", "reply_domain=reply.example.com"),
	)
	then = {row[1]: row[0] for row in rows(warm_cli("setup", "--data", tmp_path))}
	assert then == {
		"business": "done",
		"texts": "optional",
		"mail": "done",
		"push": "done",
		"automations": "optional",
		"invitations": "missing",
	}


def test_setup_sends_a_test_text(host: EmbeddedHost) -> None:
	said = rows(host.cli("setup", "--data", host.folder, "--test-text"))
	assert next(row for row in said if row[1] == "texts")[2] == "The test text is on its way."

	wait_until(lambda: [text for text in host.texts_to(MOBILE) if "A test by" in text.body])
	wait_until(
		lambda: [
			row[2] for row in rows(host.cli("setup", "--data", host.folder)) if "test text arrived" in row[2]
		]
	)


def test_setup_sends_a_test_mail_that_comes_back(host: EmbeddedHost) -> None:
	said = rows(host.cli("setup", "--data", host.folder, "--test-mail"))
	assert "is on its way" in next(row for row in said if row[1] == "mail")[2]

	def letters() -> list[Letter]:
		return [one for one in host.mailbox.messages if "A test by" in str(one.message["Subject"])]

	[letter] = wait_until(letters)
	assert host.mail(letter.data, letter.sender, letter.receivers[0])[0] == 250
	[mail] = [row for row in rows(host.cli("setup", "--data", host.folder)) if row[1] == "mail"]
	assert mail[0] == "done"
	assert "the test mail was back after" in mail[2]


def test_setup_enters_the_addresses_at_twilio(host: EmbeddedHost) -> None:
	said = rows(host.cli("setup", "--data", host.folder, "--enter-addresses"))
	assert ["done", "number", "Twilio brings texts that come in here.", ""] in said
	assert any(row[:2] == ["missing", "number"] and "not registered" in row[2] for row in said)
	assert [row for row in rows(host.cli("setup", "--data", host.folder)) if row[1] == "number"] == []


def test_setup_says_why_no_test_text_leaves(tmp_path: Path, warm_cli: WarmCli) -> None:
	warm_cli("set", "--data", tmp_path, "business_name=Mike's")
	ended = warm_cli("setup", "--data", tmp_path, "--test-text")

	assert (ended.status, ended.out) == (1, "")
	assert ended.err == "customer-thread: Texts are not set up yet.\n"
