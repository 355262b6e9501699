"""The endpoints of a Frappe site: each function says who may ask, calls a service and hands back its answer."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

import frappe
from frappe import _
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from customer_thread.domain.errors import NotAllowed, NotSignedIn, ThreadError, Unavailable
from customer_thread.domain.model import Attachment
from customer_thread.service.answers import HttpAnswer, answer_with, refuse_with
from customer_thread.service.params import check_size
from customer_thread.service.portal.page_headers import page_headers

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
			check_size(frappe.request.content_length, frappe.request.path)
			return respond(once_more(lambda: call(*args, **given)))
		except ThreadError as error:
			frappe.db.rollback()
			return refuse(error)
		except Exception as error:
			# what nobody foresaw the Desk shows by its last line, as HTML, and any words may be in that
			error.args = tuple(frappe.utils.escape_html(each) for each in error.args)
			raise

	return answer


def _is_asked_for(call: Callable[..., Any]) -> bool:
	path = f"{call.__module__}.{call.__name__}"
	return bool(frappe.request) and (
		frappe.local.form_dict.get("cmd") == path or frappe.request.path.endswith(f"/method/{path}")
	)


def once_more(verb: Callable[[], Answer]) -> Answer:
	"""Do it, and once again if the database asks for that. Raise Unavailable if it does so twice."""
	for _attempt in range(2):
		try:
			return verb()
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError, Unavailable):
			frappe.db.rollback()
	raise Unavailable("We are busy for a moment. Please try again.")


def with_file(given: Mapping[str, object], name: str) -> dict[str, object]:
	"""Return what is given, with the file of this name if the form has one."""
	file = frappe.request.files.get(name) if frappe.request else None
	if not file:
		return dict(given)
	# read before, where the database asks for it once more
	file.stream.seek(0)
	return {**given, name: Attachment(file.filename or "", file.content_type or "", file.stream.read())}


def respond(given: object) -> Response:
	"""Return what a call gave as both hosts do."""
	return given if isinstance(given, Response) else response_of(answer_with(given))


def refuse(error: ThreadError) -> Response:
	"""Return a refusal as both hosts do; the Desk shows what is in `_server_messages` by itself, as HTML."""
	sentence = frappe.utils.escape_html(error.worded(_))
	said = json.dumps([json.dumps({"message": sentence, "indicator": "red"})])
	return response_of(refuse_with(error, _, _server_messages=said))


def response_of(answer: HttpAnswer) -> Response:
	"""Return an answer of ours as this host's response."""
	headers = {**answer.headers, **page_headers()}
	if answer.file:
		pieces = FileWrapper(answer.file)
		return Response(
			pieces, answer.status, headers, content_type=answer.content_type, direct_passthrough=True
		)
	return Response(answer.body, answer.status, headers, content_type=answer.content_type)


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


def is_staff_asking() -> bool:
	"""Return whether it is staff who asks. Raise NotSignedIn."""
	from customer_thread.permissions import is_staff

	return is_staff(require_user())


def require_manager() -> str:
	"""Return which of those who configure is asking. Raise NotSignedIn or NotAllowed."""
	from customer_thread.permissions import is_manager

	user = require_staff()
	if not is_manager(user):
		raise NotAllowed("This is for a Thread Manager only.")
	return user
