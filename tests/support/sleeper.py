"""A customer in another zone than the business, by whose clock it may be night."""

from support.clocked_host import ClockedHost
from support.host import new_email, new_phone

ZONE = "Asia/Kolkata"


class Sleeper:
	"""A customer by whose clock it is night."""

	def __init__(self, host: ClockedHost, *, phone: bool, email: bool = True, zone: str = ZONE) -> None:
		self.host = host
		self.phone = new_phone() if phone else ""
		self.email = new_email("sleeper") if email else ""
		options = ["--timezone", zone, *(["--phone", self.phone] if phone else [])]
		options += ["--email", self.email] if email else []
		self.id = host.run("customer", "--name", "Sarah Lee", *options).line
		self.browser = host.sign_in(self.id)

	def card(self, title: str, *, urgent: bool = False, **more: object) -> int:
		"""Let something happen that they are to learn of; return the entry."""
		event = {"event_type": "Invoice sent", "title": title, "notify": True, "urgent": urgent, **more}
		return int(self.host.staff.do("record_event", customer=self.id, **event)["id"])

	def notices(self, holding: str = "") -> list[str]:
		"""Return the words of the mails that tell of something, oldest first."""
		return [
			str(letter.message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
			for letter in self.host.mails_to(self.email, holding)
			if "List-Unsubscribe" in letter.message
		]

	def want(self, **wishes: str | int) -> None:
		"""Change the notification settings."""
		answer = self.browser.post("save_preferences", **wishes)  # type: ignore[arg-type]
		assert answer.status_code == 200, answer.text

	def reasons(self, entry: int) -> set[str]:
		"""Return why, by staff's view, an entry's notices left or did not."""
		rows = self.host.staff.deliveries(self.id, entry)
		return {row["reason"] for row in rows if row["purpose"] == "Notice"}
