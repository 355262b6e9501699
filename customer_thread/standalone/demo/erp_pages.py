"""Plain pages in place of those of ERPNext's portal, so that tabs and cards lead somewhere."""

from decimal import Decimal

from customer_thread.domain.errors import NotFound
from customer_thread.domain.wording import money, short_date
from customer_thread.standalone.demo.assets import render
from customer_thread.standalone.demo.cast import SARAH
from customer_thread.standalone.demo.office import Invoice
from customer_thread.standalone.demo.stage import Stage

#: title, and where it is: a page here, or one of the portal
TABS = (("My Project", "/project"), ("Invoices", "/invoices"), ("Messages", ""), ("Schedule", ""))


def page(stage: Stage, area: str, rest: str) -> str:
	"""Return one of them. Raise NotFound."""
	context: dict[str, object] = {}
	if area == "invoices" and rest:
		context = {"invoice": _shown(stage, stage.office.invoice(rest))}
		template = "invoice.html"
	elif not rest and area in ("project", "invoices"):
		context = {"invoices": [_shown(stage, item) for item in stage.office.invoices]}
		template = f"{area}.html"
	else:
		raise NotFound("There is no such page.")
	return render(
		template,
		business=stage.business.name,
		logo=stage.business.logo,
		customer=SARAH.name,
		messages=f"{stage.url}/messages",
		tabs=[
			{
				"title": title,
				"href": path or f"{stage.url}/{title.lower()}",
				"is_current": path == f"/{area}",
			}
			for title, path in TABS
		],
		**context,
	)


def _shown(stage: Stage, invoice: Invoice) -> dict[str, str | bool]:
	reader = stage.reader
	return {
		"number": invoice.number,
		"amount": money(Decimal(invoice.amount), "USD", "en_US"),
		"sent": short_date(reader.local(invoice.sent_us).date(), reader, weekday=False, year=True),
		"is_cancelled": invoice.is_cancelled,
	}
