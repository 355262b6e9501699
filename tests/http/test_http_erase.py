"""A customer is erased, as the office does it: over HTTP and from the command line, looked at in the files themselves."""

from pathlib import Path

import pytest
import requests
from support.host import OFFICE, EmbeddedHost, new_email, new_phone
from support.mails import mail, proof
from support.people import Browser
from support.waiting import wait_until

from customer_thread.domain.model import Attachment

pytestmark = pytest.mark.embedded("looks into the folder of this host")

WORDS = "marzipan"
PICTURE = Attachment(f"{WORDS}.png", "image/png", b"\x89PNG\r\n\x1a\n" + WORDS.encode() * 50)


@pytest.fixture
def host(own_host: EmbeddedHost) -> EmbeddedHost:
	return own_host


@pytest.fixture
def sarah(host: EmbeddedHost) -> Browser:
	"""Return a customer who and about whom everything says marzipan."""
	phone, address = new_phone(), new_email(WORDS)
	browser = host.sign_in(host.add_customer(f"Sarah {WORDS}", phone=phone, email=address, project=WORDS))
	customer = browser.customer
	browser.reply(f"{WORDS} reply", "5f0c9ff0-5b1c-4e0e-9f0a-0f2d4c2b8a77")
	host.receive(phone, f"{WORDS} text", [PICTURE])
	host.take(mail(address, OFFICE, f"{WORDS} mail", subject=WORDS, **proof(address)), OFFICE)
	host.staff.do("send", customer=customer, text=f"{WORDS} answer")
	host.staff.do("note", customer=customer, text=f"{WORDS} note")
	host.staff.do("record_event", customer=customer, event_type=WORDS, title=WORDS, url=f"/{WORDS}")
	appointment = {"title": WORDS, "starts_at": "2027-05-14T10:00:00", "source_key": f"{WORDS}-1"}
	host.staff.do("record_appointment", customer=customer, **appointment)
	wait_until(
		lambda: "ready" in [file["state"] for entry in browser.entries() for file in entry["attachments"]]
	)
	browser.phone = phone  # type: ignore[attr-defined]
	return browser


def on_disk(folder: Path, needle: str) -> list[str]:
	"""Return the files of a data folder in which these bytes are, wherever."""
	return [
		file.name for file in folder.rglob("*") if file.is_file() and needle.encode() in file.read_bytes()
	]


def test_not_one_byte_of_hers_is_left_in_the_folder(host: EmbeddedHost, sarah: Browser) -> None:
	assert on_disk(host.folder, WORDS)
	phone = sarah.phone  # type: ignore[attr-defined]
	thread = host.staff.ask("thread", customer=sarah.customer)["thread"]["thread"]
	count = len(sarah.entries())
	begun = host.staff.do("erase", customer=sarah.customer, name=f"Sarah {WORDS}")
	assert (begun["thread"], begun["done_at"]) == (thread, None)
	wait_until(lambda: host.staff.ask("erasure", thread=thread)["state"] == "done")
	assert host.staff.ask("erasure", thread=thread)["entries"] == count
	wait_until(lambda: not any(on_disk(host.folder, needle) for needle in (WORDS, phone, phone[2:])))
	assert on_disk(host.folder, "Erased on ")


def test_she_is_signed_out_and_nobody_finds_her(host: EmbeddedHost, sarah: Browser) -> None:
	host.staff.do("erase", customer=sarah.customer, name=f"Sarah {WORDS}")
	assert sarah.get("timeline").status_code == 401
	assert [row for row in host.staff.ask("threads")["threads"] if WORDS in row["title"]] == []
	refused = host.staff.get("thread", customer=sarah.customer)
	assert refused.status_code == 404
	again = host.staff.post("send", customer=sarah.customer, text="Hi")
	assert again.status_code == 404


def test_it_takes_her_name_and_a_member_of_staff(host: EmbeddedHost, sarah: Browser) -> None:
	wrong = host.staff.post("erase", customer=sarah.customer, name="Sarah")
	assert wrong.status_code == 400
	assert f"Sarah {WORDS}" in wrong.text
	url = f"{host.url}/api/method/customer_thread.api.desk.erase"
	asked = requests.post(url, {"customer": sarah.customer, "name": f"Sarah {WORDS}"}, timeout=10)
	assert asked.status_code == 401
	assert sarah.entries()


def test_a_webhook_that_is_repeated_brings_nothing_back(host: EmbeddedHost, sarah: Browser) -> None:
	phone = sarah.phone  # type: ignore[attr-defined]
	sid = "SM" + "4" * 32
	host.text(phone, f"{WORDS} once", sid=sid)
	thread = host.staff.ask("thread", customer=sarah.customer)["thread"]["thread"]
	host.staff.do("erase", customer=sarah.customer, name=f"Sarah {WORDS}")
	wait_until(lambda: host.staff.ask("erasure", thread=thread)["state"] == "done")
	assert host.text(phone, f"{WORDS} once", sid=sid).status_code == 200
	assert host.staff.ask("threads")["threads"] == []
	assert host.text(phone, "hello again").status_code == 200
	assert len(host.staff.ask("threads", filter="unmatched")["threads"]) == 1


def test_the_command_line_does_it_at_once(host: EmbeddedHost, sarah: Browser) -> None:
	refused = host.run("erase", "--customer", sarah.customer, "--name", "Sarah")
	assert (refused.status, refused.out) == (2, "")
	wait_until(lambda: all(row["state"] != "Queued" for row in host.staff.deliveries(sarah.customer)))
	ended = host.run("erase", "--customer", sarah.customer, "--name", f"Sarah {WORDS}")
	state, entries = ended.line.split("\t")
	assert state in ("done", "running")
	assert int(entries) >= 6
	wait_until(lambda: on_disk(host.folder, WORDS) == [])
	assert host.run("customers").out == ""
	assert host.run("erase", "--customer", sarah.customer, "--name", "x").status == 1


def test_a_host_that_is_killed_goes_on_where_it_was(host: EmbeddedHost, sarah: Browser) -> None:
	count = len(sarah.entries())
	host.fill(sarah.customer, 3000, 1_700_000_000_000_000, 1_000_000)
	thread = host.staff.ask("thread", customer=sarah.customer)["thread"]["thread"]
	host.staff.do("erase", customer=sarah.customer, name=f"Sarah {WORDS}")
	host.kill()
	host.start(int(host.url.rsplit(":", 1)[1]))
	wait_until(lambda: host.staff.ask("erasure", thread=thread)["state"] == "done")
	assert host.staff.ask("erasure", thread=thread)["entries"] == 3000 + count
	wait_until(lambda: on_disk(host.folder, WORDS) == [])
