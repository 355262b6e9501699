"""What the Desk is told when it starts."""

from typing import Any

from customer_thread.service.desk.desk_files import version


def extend_bootinfo(bootinfo: Any) -> None:  # noqa: ANN401
	"""Say by which name our modules for the Desk are had (`desk/elements.js`)."""
	bootinfo.customer_thread_desk = version()
