"""What became of the last test text and the last test mail, in words."""

from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.phrase import Translate
from customer_thread.domain.times import MINUTE, SECOND
from customer_thread.service.desk.setup_found import Found
from customer_thread.service.outgoing.send_test_mail import last_test_mail
from customer_thread.service.outgoing.send_test_text import TEST_REASON
from customer_thread.service.ports import Ports
from customer_thread.store import bot_memories, sent_to

#: for so long somebody may be about to answer a test text
_ANSWERED_WITHIN = 10 * MINUTE
#: a mail that is not back by then most likely never comes: Frappe looks for mails every ten minutes
_BACK_WITHIN = 15 * MINUTE


def text_test(ports: Ports, mobile: str) -> Found | None:
	"""Return what became of the last test text to the contractor's mobile, E.164; None: there was none."""
	test = sent_to.last_answer(ports.database, mobile, TEST_REASON)
	if test is None:
		return None
	_, error, number = ports.translate, test["error"] or "", readable_phone(mobile)
	age = ports.clock.now_us() - test["creation_us"]
	if test["state"] == "Delivered":
		if bot_memories.was_heard(ports.database, "SMS", mobile):
			return Found(
				"done",
				_("A test text arrived at {0}, and what you text comes in.").format(number),
				can_test=True,
			)
		words = _("A test text arrived at {0}. Answer it with HELP, to see that texts come in.")
		return Found("missing", words.format(number), is_moving=age < _ANSWERED_WITHIN, can_test=True)
	if test["state"] == "Sent" or (test["state"] == "Sending" and test["provider_id"] and age < MINUTE):
		# whether it arrives is reported soon after
		return Found(
			"done", _("A test text has left for {0}.").format(number), is_moving=age < MINUTE, can_test=True
		)
	if test["state"] == "Sending" and test["provider_id"]:
		words = _("Twilio took the test text and has said nothing since: can it reach the public address?")
		return Found("missing", words, can_test=True)
	if test["state"] == "Failed":
		return Found("missing", _("The test text did not arrive: {0}").format(error), can_test=True)
	words = _("The test text has not left yet: {0}") if error else _("The test text is on its way.")
	return Found("missing", words.format(error), is_moving=True)


def mail_test(ports: Ports) -> Found | None:
	"""Return what became of the last test mail; None: there was none."""
	test = last_test_mail(ports)
	if test is None:
		return None
	_, error = ports.translate, test["error"] or ""
	if test["state"] == "Delivered":
		took = _took(test["due_us"] - test["creation_us"], _)
		words = _("E-mails go out from {0}, and answers come in: the test mail was back after {1}.")
		return Found("done", words.format(ports.settings().from_address, took), can_test=True)
	if test["state"] == "Failed":
		return Found("missing", _("The test mail did not arrive: {0}").format(error), can_test=True)
	if test["state"] in {"Held", "Queued"} and error:
		return Found("missing", _("The test mail has not left yet: {0}").format(error), is_moving=True)
	waited = ports.clock.now_us() - test["creation_us"]
	if waited > _BACK_WITHIN:
		words = _(
			"The test mail to {0} has not come back for {1}. "
			"Does an Email Account receive that address, and is it looked into?"
		)
		return Found("missing", words.format(test["address"], _took(waited, _)), can_test=True)
	words = _("The test mail to {0} is on its way, since {1}. It is here once incoming mail was looked for.")
	return Found("missing", words.format(test["address"], _took(waited, _)), is_moving=True)


def _took(us: int, _: Translate) -> str:
	seconds = max(1, us // SECOND)
	if seconds < 60:
		return _("1 second") if seconds == 1 else _("{0} seconds").format(seconds)
	if seconds < 90:
		return _("1 minute")
	return _("{0} minutes").format(round(seconds / 60))
