"""Secret addresses in files: one question for all of a mail's, however many look like one."""

import base64
from dataclasses import replace
from typing import Any

from support.world import World

from customer_thread.domain.limits import SECRETS_FILE_BYTES
from customer_thread.domain.model import Attachment
from customer_thread.service.thread.conceal import conceal_in_files


class Counting:
	"""A database, and how often it was asked."""

	def __init__(self, database: Any) -> None:  # noqa: ANN401 - of either kind
		self._database = database
		self.asked = 0

	def select(self, *given: Any) -> Any:  # noqa: ANN401 - as the database answers
		"""Ask."""
		self.asked += 1
		return self._database.select(*given)

	def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the database has it
		return getattr(self._database, name)


def _file(data: bytes, name: str = "a.txt") -> Attachment:
	return Attachment(name, "text/plain", data)


def test_it_asks_once_for_all_the_files_of_a_mail(world: World) -> None:
	thread = world.customer()
	database = Counting(world.database)
	ports = replace(world.ports, database=database)
	secret = f"reply+{thread['contractor_token']}@mikes.example"
	looks = [base64.b64encode(f"reply+{number:040x}@x.example".encode()) for number in range(1000)]
	files = [
		_file(b"\r\n\r\n".join([*looks, base64.b64encode(f"write to {secret}, please".encode())])),
		_file(f"or to {secret}".encode()),
		_file(b"nothing", f"{secret}.txt"),
	]

	found = world.do(lambda: conceal_in_files(ports, files))

	# for reply addresses, for links that sign somebody in, and for calendars
	assert database.asked == 3
	inside = base64.b64decode(found[0].data.split(b"\r\n\r\n")[-1])
	assert thread["contractor_token"].encode() not in inside + found[1].data
	assert thread["contractor_token"] not in found[2].name
	assert found[0].data.split(b"\r\n\r\n")[:-1] == looks


def test_it_replaces_what_plainly_looks_like_one_behind_what_is_looked_through(world: World) -> None:
	secret = f"reply+{world.customer()['contractor_token']}@mikes.example"
	before = b"words of a person\r\n" * (SECRETS_FILE_BYTES // 19 + 100)

	[found] = world.do(lambda: conceal_in_files(world.ports, [_file(before + secret.encode() + b" end")]))

	assert found.data.startswith(before)
	assert found.data.endswith(b" end")
	assert secret.encode() not in found.data
