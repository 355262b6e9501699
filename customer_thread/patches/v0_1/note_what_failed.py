"""Let what has failed before wait for somebody to deal with it, as what fails from now on does."""

from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.store.failures import note_earlier


def execute() -> None:
	"""Look through every delivery that failed once. A repeat would bring back what was dealt with since."""
	note_earlier(FrappeDatabase())
