"""What can be done on the demo page. Each action answers with a sentence that says what happened."""

from collections.abc import Callable
from datetime import timedelta

from werkzeug.datastructures import FileStorage, MultiDict

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Attachment
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.domain.times import to_us
from customer_thread.standalone.demo import assets
from customer_thread.standalone.demo.cast import BUSINESS_NUMBER, SARAH, Person
from customer_thread.standalone.demo.clients import check_webhook
from customer_thread.standalone.demo.stage import Stage
from customer_thread.standalone.demo.view import code_of

Form = MultiDict[str, str]
Files = MultiDict[str, FileStorage]
Action = Callable[[Stage, Form, Files], str]

#: a landline, or a carrier that takes no texts
LANDLINE = 30006


def _person(stage: Stage, form: Form) -> Person:
	person = next((each for each in stage.phone_owners if each.key == form.get("who")), None)
	if person is None:
		raise BadInput("who must be sarah or mike.")
	return person


def text(stage: Stage, form: Form, files: Files) -> str:
	"""Text the business number from a phone, with a picture if there is one."""
	person, contractor = _person(stage, form), stage.business.contractor.name
	phone = stage.phones[person.key]
	was_stopped, pictures = phone.is_stopped, _pictures(form, files)
	phone.text(form.get("text", ""), pictures)
	if phone.is_stopped and not was_stopped:
		return f"{person.name} wants no more texts. What is written to her goes by e-mail, until she texts START."
	if was_stopped and not phone.is_stopped:
		return f"{person.name} takes texts again."
	if person == SARAH:
		what = "photo" if pictures else "text"
		return f"Sarah’s {what} is in her conversation, and on {contractor}’s phone."
	return f"{contractor}’s text has arrived: see Sarah’s phone and portal, or the answer on the same phone."


def _pictures(form: Form, files: Files) -> list[Attachment]:
	given = files.get("picture")
	if given is not None and given.filename:
		kind = (given.mimetype or "").lower()
		if not is_picture(kind):
			raise BadInput("A picture is a JPEG, PNG, GIF or WebP file.")
		return [Attachment(given.filename, kind, given.read())]
	return [assets.picture()] if form.get("sample") else []


def mail(stage: Stage, form: Form, files: Files) -> str:
	"""Answer a mail from a mailbox."""
	person = _person(stage, form)
	stage.post_office.reply(person, form.get("letter", ""), form.get("text", ""))
	return f"{person.name}’s e-mail has arrived in the conversation."


def office(stage: Stage, form: Form, files: Files) -> str:
	"""Write to Sarah from the office."""
	answer = stage.office.write(
		form.get("text", ""), form.get("channel", "auto"), automated=bool(form.get("automated"))
	)
	ways = [_way(delivery) for delivery in answer["deliveries"]]
	return f"Written to Sarah: {' and '.join(ways)}."


def _way(delivery: dict[str, str | None]) -> str:
	if delivery["channel"] == "SMS":
		return "by text"
	if delivery["channel"] == "Email":
		return f"by e-mail ({delivery['reason']})"
	return f"in her portal only ({delivery['reason']})"


def team(stage: Stage, form: Form, files: Files) -> str:
	"""Write in the team's channel."""
	if stage.team is None:
		raise NotFound("The team has no channel here.")
	if stage.team.say(form.get("text", ""), code_of(stage)):
		return f"{stage.team.bot} has it: see Sarah’s phone and portal, or what it answers."
	return "The team’s own talk: nobody else sees it."


def invoice(stage: Stage, form: Form, files: Files) -> str:
	"""Send the next invoice, perhaps while Sarah looks away from her portal."""
	if form.get("away"):
		stage.look_away()
	sent = stage.office.send_invoice(stage.clock.now_us(), notify=True)
	said = f"Invoice #{sent.number} is in the conversation."
	if form.get("away"):
		return f"{said} Sarah has just looked away, so her phone buzzes: tap the notification."
	return f"{said} Sarah’s phone buzzes, unless it is night or she is busy in her portal."


def cancel(stage: Stage, form: Form, files: Files) -> str:
	"""Cancel the newest invoice that stands."""
	number = stage.office.cancel_invoice().number
	return f"Invoice #{number} is cancelled: a new card says so, and the old one is struck through."


def call(stage: Stage, form: Form, files: Files) -> str:
	"""Let Sarah call the business, or hang up."""
	began_us = stage.begin_or_end_call()
	if began_us is None:
		return f"Sarah is on the phone with {stage.business.contractor.name}. Hang up, and look at the conversation."
	seconds = max(1, round((stage.clock.now_us() - began_us) / 1_000_000))
	check_webhook(stage.twilio.call(SARAH.phone, BUSINESS_NUMBER, seconds))
	return "They have hung up. The conversation says that there was a call, never what was said."


def fail(stage: Stage, form: Form, files: Files) -> str:
	"""Let the next text to Sarah be undelivered."""
	with stage.twilio.lock:
		stage.twilio.doomed[SARAH.phone] = LANDLINE
	return (
		"Sarah’s carrier refuses the next text to her. Write to her: it comes by e-mail instead, and so does "
		"what follows, until she texts START."
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
		"It is 10pm, and Sarah’s quiet hours have begun: what is new waits in her conversation, and nothing buzzes.",
	),
	"morning": (8, "It is 8am: Sarah hears of what came in the night, once."),
}


def book(stage: Stage, form: Form, files: Files) -> str:
	"""Book a visit."""
	when = stage.days.book()
	return f"Booked for {when}. Two minutes later the system has told Sarah: see her phone, and her Schedule."


def next_morning(stage: Stage, form: Form, files: Files) -> str:
	"""Go on to the next morning, at ten."""
	stage.days.go_on()
	now = stage.reader.local(stage.clock.now_us())
	if stage.days.is_day_of_visit:
		return f"It is {now:%A}, 10am, the day of the visit. Press On the way when the crew sets out."
	return f"It is {now:%A}, 10am. What the system had to say by now is in the conversation."


def on_the_way(stage: Stage, form: Form, files: Files) -> str:
	"""Let Sarah know that the crew has set out."""
	stage.days.on_the_way(_MINUTES_AWAY)
	return f"Sarah knows that the crew is there in {_MINUTES_AWAY} minutes. It would have told her at night, too."


#: of the crew that sets out
_MINUTES_AWAY = 20

ACTIONS: dict[str, Action] = {
	"text": text,
	"mail": mail,
	"team": team,
	"office": office,
	"invoice": invoice,
	"cancel": cancel,
	"call": call,
	"fail": fail,
	"clock": clock,
	"book": book,
	"next_morning": next_morning,
	"on_the_way": on_the_way,
}
