"""What the demo page shows, and what it asks for every second."""

from typing import Any

from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.wording import short_date, time_of_day
from customer_thread.domain.words import initials
from customer_thread.standalone.demo import cast
from customer_thread.standalone.demo.assets import render
from customer_thread.standalone.demo.cast import SARAH
from customer_thread.standalone.demo.stage import Stage


def page(stage: Stage) -> str:
	"""Return the demo page."""
	return render(
		"demo.html",
		business=stage.business.name,
		logo=stage.business.logo,
		initials=initials(stage.business.name),
		contractor=stage.business.contractor.name,
		business_phone=readable_phone(cast.BUSINESS_NUMBER),
		code=code_of(stage),
		team=stage.team,
		people=[
			{
				"key": person.key,
				"name": person.name,
				"phone": readable_phone(person.phone),
				"email": person.email,
			}
			for person in stage.phone_owners
		],
		clock=clock(stage),
	)


def accent_css(stage: Stage) -> str:
	"""Return the business's colours, as all pages of the demo have them."""
	colors = accents(stage.business.accent)
	light = f":root {{ --accent: {colors['accent']}; --on-accent: {colors['on_accent']}; }}"
	dark = f":root {{ --accent: {colors['accent_dark']}; --on-accent: {colors['on_accent_dark']}; }}"
	return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n"


def state(stage: Stage) -> dict[str, Any]:
	"""Return what has changed since nobody knows when: everything that moves."""
	reader = stage.reader
	standing = stage.office.standing
	found = stage.desk.get("thread", customer=stage.customers[SARAH], limit=1)
	return {
		"last": found["entries"][-1]["id"],
		"clock": clock(stage),
		"phones": {
			key: {"texts": phone.conversation(reader), "stopped": phone.is_stopped}
			for key, phone in stage.phones.items()
		},
		"mail": {person.key: stage.post_office.letters(person, reader) for person in stage.phone_owners},
		"pushed": pushed(stage),
		"team": stage.team.conversation(reader) if stage.team else [],
		"calling": stage.is_calling,
		"failing": SARAH.phone in stage.twilio.doomed,
		"invoice": standing.number if standing else "",
		"invoices": len(stage.office.invoices),
		"planned": stage.days.planned(),
		"booked": stage.days.visit is not None,
		"visit_today": stage.days.is_day_of_visit,
		"asked": stage.days.is_asked,
	}


def pushed(stage: Stage) -> list[dict[str, str]]:
	"""Return what Sarah's phone was notified of, the oldest first, as its service worker reads it."""
	return [
		{
			"title": push.payload["title"],
			"body": push.payload["body"],
			"href": stage.url + push.payload["url"],
		}
		for push in list(stage.sarahs_browser.received)
	]


def clock(stage: Stage) -> str:
	"""Return "Thu May 15, 2025, 10:24am"."""
	reader = stage.reader
	day = reader.local(reader.now_us).date()
	return f"{short_date(day, reader, weekday=True, year=True)}, {time_of_day(reader.now_us, reader)}"


def code_of(stage: Stage) -> str:
	"""Return the number after # by which Mike names Sarah's thread."""
	found = stage.desk.get("thread", customer=stage.customers[SARAH], limit=1)
	return str(found["thread"]["code"])
