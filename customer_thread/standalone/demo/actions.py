"""What can be done on the demo page. Each action answers with a sentence that says what happened."""

from collections.abc import Callable
from datetime import timedelta

from werkzeug.datastructures import FileStorage, MultiDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Attachment
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.domain.times import to_us
from customer_thread.standalone.demo import assets
from customer_thread.standalone.demo.cast import BUSINESS_NUMBER, MIKE, SARAH, Person
from customer_thread.standalone.demo.clients import check_webhook
from customer_thread.standalone.demo.stage import Stage

Form = MultiDict[str, str]
Files = MultiDict[str, FileStorage]
Action = Callable[[Stage, Form, Files], str]

#: a landline, or a carrier that takes no texts
LANDLINE = 30006


def _person(form: Form) -> Person:
	people = {person.key: person for person in (SARAH, MIKE)}
	person = people.get(form.get("who", ""))
	if person is None:
		raise BadInput("who must be sarah or mike.")
	return person


def text(stage: Stage, form: Form, files: Files) -> str:
	"""Text the business number from a phone, with a picture if there is one."""
	person = _person(form)
	phone = stage.phones[person.key]
	was_stopped = phone.is_stopped
	phone.text(form.get("text", ""), _pictures(form, files))
	if phone.is_stopped and not was_stopped:
		return f"{person.name} opted out at Twilio. From now on e-mail takes the place of texts."
	if was_stopped and not phone.is_stopped:
		return f"{person.name} takes texts again."
	return f"{person.name}'s text was taken: Twilio's signed webhook was answered with 200."


def _pictures(form: Form, files: Files) -> list[Attachment]:
	given = files.get("picture")
	if given is not None and given.filename:
		kind = (given.mimetype or "").lower()
		if not is_picture(kind):
			raise BadInput("A picture is a JPEG, PNG, GIF or WebP file.")
		return [Attachment(given.filename, kind, given.read())]
	return [assets.sample_picture()] if form.get("sample") else []


def mail(stage: Stage, form: Form, files: Files) -> str:
	"""Answer a mail from a mailbox."""
	person = _person(form)
	stage.post_office.reply(person, form.get("letter", ""), form.get("text", ""))
	return f"{person.name}'s answer was handed in by SMTP."


def office(stage: Stage, form: Form, files: Files) -> str:
	"""Write to Sarah from the office."""
	answer = stage.office.write(
		form.get("text", ""), form.get("channel", "auto"), automated=bool(form.get("automated"))
	)
	reasons = [
		f"{delivery['channel'] or 'Portal'}: {delivery['reason']}" for delivery in answer["deliveries"]
	]
	return f"Sent. {'; '.join(reasons)}."


def invoice(stage: Stage, form: Form, files: Files) -> str:
	"""Send the next invoice."""
	sent = stage.office.send_invoice(stage.clock.now_us(), notify=True)
	return (
		f"Invoice #{sent.number} was sent: a card in the thread, and a notice on Sarah's phone "
		"unless it is night or she is busy in her portal."
	)


def cancel(stage: Stage, form: Form, files: Files) -> str:
	"""Cancel the newest invoice that stands."""
	return f"Invoice #{stage.office.cancel_invoice().number} was cancelled: its card is void, and a new one says so."


def call(stage: Stage, form: Form, files: Files) -> str:
	"""Let Sarah call the business, or hang up."""
	began_us = stage.begin_or_end_call()
	if began_us is None:
		return "Sarah is on the phone with Mike. The thread gets its call entry when they hang up."
	seconds = max(1, round((stage.clock.now_us() - began_us) / 1_000_000))
	check_webhook(stage.twilio.call(SARAH.phone, BUSINESS_NUMBER, seconds))
	return "They have hung up: a call entry in the thread, no transcript."


def fail(stage: Stage, form: Form, files: Files) -> str:
	"""Let the next text to Sarah be undelivered."""
	with stage.twilio.lock:
		stage.twilio.doomed[SARAH.phone] = LANDLINE
	return (
		f"The next text to Sarah comes back undelivered ({LANDLINE}); it goes by e-mail instead, "
		"as does everything after it until she texts START."
	)


def clock(stage: Stage, form: Form, files: Files) -> str:
	"""Move the clock on to the evening, or to the end of Sarah's quiet hours."""
	hour, said = _MOMENTS.get(form.get("to", ""), (0, ""))
	if not said:
		raise BadInput("to must be night or morning.")
	now = stage.reader.local(stage.clock.now_us())
	moment = now.replace(hour=hour, minute=0, second=1, microsecond=0)
	stage.clock.set_to(to_us(moment if moment > now else moment + timedelta(days=1)))
	return said


#: at what hour of the day, and what is to be seen then
_MOMENTS = {
	"night": (
		22,
		"It is 10pm, and Sarah's quiet hours have begun: what is new waits in her thread, and nothing buzzes.",
	),
	"morning": (8, "It is 8am: what came in the night is told now, as one."),
}

ACTIONS: dict[str, Action] = {
	"text": text,
	"mail": mail,
	"office": office,
	"invoice": invoice,
	"cancel": cancel,
	"call": call,
	"fail": fail,
	"clock": clock,
}
