"""The doors of a Frappe site: each function says who may ask, calls a service and hands back its answer."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import frappe
from frappe import _
from werkzeug.wrappers import Response

from customer_thread.domain.errors import NotAllowed, NotSignedIn, ThreadError, Unavailable
from customer_thread.domain.model import Attachment
from customer_thread.service.params import check_size
from customer_thread.service.portal.page_headers import page_headers
from customer_thread.service.portal.portal_calls import headers_of

Answer = TypeVar("Answer")


def endpoint(call: Callable[..., Any]) -> Callable[..., Any]:
	"""Answer over HTTP as the embedded host does; called from Python it is `call` itself, errors and all."""

	@wraps(call)
	def answer(*args: object, **given: object) -> Any:  # noqa: ANN401 - whatever the call gives
		if not _is_asked_for(call):
			return call(*args, **given)
		if not frappe.request.path.startswith("/api/"):
			# Frappe's old /?cmd= drops the answer, and with it a refusal
			frappe.throw(_("Please use /api/method/ for this."), frappe.PermissionError)
		try:
			check_size(frappe.request.content_length)
			return respond(once_more(lambda: call(*args, **given)))
		except ThreadError as error:
			frappe.db.rollback()
			return refuse(error)

	return answer


def _is_asked_for(call: Callable[..., Any]) -> bool:
	path = f"{call.__module__}.{call.__name__}"
	return bool(frappe.request) and (
		frappe.local.form_dict.get("cmd") == path or frappe.request.path.endswith(f"/method/{path}")
	)


def once_more(act: Callable[[], Answer]) -> Answer:
	"""Do it, and once again if the database asks for that. Raise Unavailable if it does so twice."""
	for _attempt in range(2):
		try:
			return act()
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError, Unavailable):
			frappe.db.rollback()
	raise Unavailable("We are busy for a moment. Please try again.")


def respond(answer: object) -> Response:
	"""Return an answer as both hosts give it: bytes and text as they are, all else as JSON's `message`."""
	if isinstance(answer, Response):
		response = answer
	elif isinstance(answer, Attachment):
		response = Response(answer.data, headers=headers_of(answer))
	elif isinstance(answer, str):
		response = Response(answer, mimetype="text/plain")
	else:
		response = _json({"message": answer}, 200)
	response.headers.update(page_headers())
	return response


def refuse(error: ThreadError) -> Response:
	"""Return a refusal: its status, its kind and its sentence; the Desk shows the sentence by itself."""
	words = error.worded(_)
	said = json.dumps([json.dumps({"message": words, "indicator": "red"})])
	body = {"exc_type": error.exc_type, "message": words, "_server_messages": said}
	response = _json(body, error.status)
	response.headers.update(page_headers())
	return response


def _json(body: dict[str, Any], status: int) -> Response:
	text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
	return Response(text, status=status, mimetype="application/json")


def require_user() -> str:
	"""Return who is signed in. Raise NotSignedIn."""
	user = frappe.session.user
	if not user or user == "Guest":
		raise NotSignedIn("Please sign in to see your messages.")
	return str(user)


def require_staff() -> str:
	"""Return which of the staff is asking. Raise NotSignedIn or NotAllowed."""
	from customer_thread.permissions import is_staff

	user = require_user()
	if not is_staff(user):
		raise NotAllowed("This is for staff only.")
	return user


def require_manager() -> str:
	"""Return which of those who configure is asking. Raise NotSignedIn or NotAllowed."""
	from customer_thread.permissions import is_manager

	user = require_staff()
	if not is_manager(user):
		raise NotAllowed("This is for a Thread Manager only.")
	return user
