"""Whether links sign anybody in."""

from customer_thread.service.ports import Ports
from customer_thread.service.settings import Settings
from customer_thread.store.rows import SignInRow


def sends_links(settings: Settings) -> bool:
	"""Return whether links are made that can be sent."""
	return bool(settings.sign_in_links and settings.sign_in_link_days and settings.public_url)


def is_open(ports: Ports, link: SignInRow) -> bool:
	"""Return whether a link opens anything as the settings are; on a host without passwords the office's own does."""
	return ports.settings().sign_in_links or (not ports.login and link["purpose"] == "Office")
