"""Users of the portal and the customers for whom they speak."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest


def new_user(site: Any, name: str, *roles: str) -> str:
	"""Return a user with these roles."""
	mail = f"test-{name}-{uuid4().hex[:8]}@example.com"
	document = site.get_doc(
		{"doctype": "User", "email": mail, "first_name": f"TEST {name}", "send_welcome_email": 0}
	)
	for role in roles:
		document.append("roles", {"role": role})
	return str(document.insert().name)


def new_customer(site: Any, name: str, *users: str) -> Any:
	"""Return a customer whose portal users these are."""
	document = site.get_doc({"doctype": "Customer", "customer_name": f"TEST {name} {uuid4().hex[:6]}"})
	for user in users:
		document.append("portal_users", {"user": user})
	return document.insert()


@pytest.fixture
def pat(site: Any) -> str:
	"""Return a user with the role of a customer."""
	return new_user(site, "pat", "Customer")


@pytest.fixture
def two(site: Any, pat: str) -> tuple[str, str]:
	"""Return two customers for whom Pat speaks; each has heard one sentence."""
	from customer_thread.api import desk

	names = []
	for name in ("homes", "rentals"):
		names.append(str(new_customer(site, name, pat).name))
		desk.send(customer=names[-1], text=f"To {name}", channel="portal", client_id=str(uuid4()))
	return names[0], names[1]


@pytest.fixture
def ask(site: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
	"""Return a function that asks for a page as a user's browser does; the browser keeps the cookies."""
	from frappe.auth import CookieManager
	from frappe.utils import set_request
	from frappe.website.serve import get_response

	kept: dict[str, str] = {}
	undo = site.db.rollback
	# a refusal ends its request's transaction; here that is the whole test's
	monkeypatch.setattr(site.db, "rollback", lambda **to: undo(**to) if to else None)

	def get(user: str, path: str, accept: str = "", **form: str) -> Any:
		site.set_user(user)
		site.local.session.data.csrf_token = "token"
		site.local.cookie_manager = CookieManager()
		cookies = "; ".join(f"{name}={value}" for name, value in kept.items())
		headers = {"Cookie": cookies, "Accept-Encoding": accept}
		set_request(method="POST" if form else "GET", path=path, data=form, headers=headers)
		site.local.form_dict = site._dict(site.request.args | form)
		response = get_response(path.split("?")[0].strip("/"))
		kept.update({name: made["value"] for name, made in site.local.cookie_manager.cookies.items()})
		return response

	yield get
	site.local.request = None
