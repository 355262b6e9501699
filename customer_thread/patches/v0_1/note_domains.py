"""Note at which domain each mail address on file is, as every new one does."""

from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.store.contact_points import note_domains


def execute() -> None:
	"""Fill what is empty. Safe to repeat."""
	note_domains(FrappeDatabase())
