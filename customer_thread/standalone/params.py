"""Reads an HTTP request of this host."""

import json
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Request

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Attachment


def given_in(request: Request) -> dict[str, Any]:
	"""Return query string, form or JSON body as one; the body wins.

	Raise BadInput for a body that is no JSON object.
	"""
	values: dict[str, Any] = dict(request.args)
	if request.mimetype == "application/json":
		try:
			body = json.loads(request.get_data() or b"{}")
		except (ValueError, RecursionError):
			raise BadInput("The body is not JSON.") from None
		if not isinstance(body, dict):
			raise BadInput("The body must be a JSON object.")
		values |= body
	else:
		values |= dict(request.form)
		values |= {name: _read(file) for name, file in request.files.items()}
	return values


def _read(file: FileStorage) -> Attachment:
	return Attachment(file.filename or "", file.content_type or "", file.read())
