"""Customers, their users and staff, made through ERPNext's own documents."""

from functools import cache
from itertools import count
from typing import Any

import requests

from support.people import TIMEOUT
from support.site import committed

#: every portal user's
PASSWORD = "a-password-of-these-tests"
_numbers = count(1)
#: of each customer, their portal user
_users: dict[str, str] = {}
#: portal users without a customer
_free: list[str] = []
#: of each portal user, their session
_sessions: dict[str, str] = {}


def add_customer(name: str, phone: str, email: str, project: str) -> str:
	"""Insert a Customer with a portal user and a Contact, and perhaps a Project; return the Customer's name."""
	with committed() as frappe:
		user = _free.pop() if _free else _user(frappe, "portal", "Customer").name
		customer = frappe.get_doc(
			{"doctype": "Customer", "customer_name": name, "customer_type": "Individual"}
		)
		customer.append("portal_users", {"user": user})
		customer.insert()
		if phone or email:
			contact = frappe.get_doc({"doctype": "Contact", "first_name": name})
			contact.append("links", {"link_doctype": "Customer", "link_name": customer.name})
			if phone:
				contact.append("phone_nos", {"phone": phone, "is_primary_mobile_no": 1})
			if email:
				contact.append("email_ids", {"email_id": email, "is_primary": 1})
			contact.insert()
		if project:
			title = project.partition(" · ")[0]
			# a site knows each name once
			frappe.db.delete("Project", {"project_name": title})
			values = {"doctype": "Project", "project_name": title, "customer": customer.name}
			frappe.get_doc(values).insert()
		_open_thread(customer.name)
		_users[customer.name] = user
		return str(customer.name)


def _open_thread(customer: str) -> None:
	from customer_thread.domain.model import Party
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.open_thread import open_thread

	open_thread(site_ports(), Party("Customer", customer))


def user_of(customer: str) -> str:
	"""Return a customer's portal user, whose name is their address."""
	return _users[customer]


def login(url: str, customer: str, http: requests.Session) -> None:
	"""Sign a customer's portal user in by their password."""
	given = {"usr": _users[customer], "pwd": PASSWORD}
	answer = http.post(f"{url}/api/method/login", data=given, timeout=TIMEOUT)
	assert answer.status_code == 200, answer.text


def session(url: str, customer: str) -> str:
	"""Return the session of a customer's portal user, which many tests share: none signs it out."""
	user = _users[customer]
	if user not in _sessions:
		_sessions[user] = new_session(url, customer)
	return _sessions[user]


def new_session(url: str, customer: str) -> str:
	"""Return a session of a customer's portal user for one test alone."""
	with requests.Session() as http:
		login(url, customer, http)
		return str(http.cookies["sid"])


def forget_customers() -> None:
	"""Let the portal users go, to other customers: making one takes longer than most tests."""
	with committed() as frappe:
		frappe.db.delete("Portal User")
		frappe.db.delete("Project")
	_free.extend(_users.values())
	_users.clear()


def _user(frappe: Any, name: str, *roles: str) -> Any:
	from frappe.utils.password import update_password

	mail = f"{name}.{next(_numbers)}.{frappe.generate_hash(length=6)}@users.example"
	user = frappe.get_doc({"doctype": "User", "email": mail, "first_name": name, "send_welcome_email": 0})
	for role in roles:
		user.append("roles", {"role": role})
	user.insert()
	update_password(user.name, PASSWORD)
	return user


def staff_session(url: str) -> str:
	"""Return the session of a System Manager."""
	with committed() as frappe:
		user = _user(frappe, "manager", "System Manager", "Sales Manager").name
	_users[user] = user
	return session(url, user)


def new_staff_token(first: str = "staff", last: str = "") -> tuple[str, str]:
	"""Return one more user of the business, of this name, and their `key:secret`."""
	with committed() as frappe:
		user = _user(frappe, first, "Thread Agent")
		user.last_name = last
		user.api_key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
		user.api_secret = secret
		user.save()
		return str(user.name), f"{user.api_key}:{secret}"


@cache
def staff_token() -> tuple[str, str]:
	"""Return somebody of the business, whom many tests share, and their `key:secret`."""
	return new_staff_token()
