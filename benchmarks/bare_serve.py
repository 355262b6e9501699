"""The embedded host with two endpoints more: what a bare answer costs behind the same sign-in, on the same server.

python -m benchmarks.bare_serve DIR serves a folder and prints its address.
"""

import json
import logging
import sys
from pathlib import Path

from werkzeug.wrappers import Request, Response

from customer_thread.standalone import server
from customer_thread.standalone.web import App
from customer_thread.standalone.wiring import Host

#: the newest 50 rows of the reader's thread, as they are; and nothing
BARE, EMPTY = "/bare", "/empty"
SELECT = (
	"SELECT name, occurred_us, kind, author, label, channel, subject, text, quoted, client_id, attachments "
	"FROM `tabThread Entry` WHERE thread = %(thread)s ORDER BY occurred_us DESC, name DESC LIMIT 50"
)


class BareApp(App):
	"""The host's application, with the two."""

	def _route(self, request: Request) -> Response:
		if request.path not in (BARE, EMPTY):
			return super()._route(request)
		_session, thread = self._customer(request)
		if request.path == EMPTY:
			return Response(b'{"message":{}}', mimetype="application/json")
		rows = self._host.database.select(SELECT, {"thread": thread["name"]})
		return Response(json.dumps({"message": rows}).encode(), mimetype="application/json")


def main(folder: Path) -> None:
	"""Serve until told to stop."""
	logging.getLogger("waitress.queue").setLevel(logging.ERROR)
	vars(server)["App"] = BareApp
	serving = server.Server(Host(folder), 0, None)
	serving.start()
	print(serving.url, flush=True)
	serving.run()


if __name__ == "__main__":
	main(Path(sys.argv[1]))
