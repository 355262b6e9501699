"""The folder that --data names."""

from pathlib import Path

from customer_thread.domain.errors import NotFound
from customer_thread.standalone.database import FILE


def require_data(folder: Path) -> Path:
	"""Return a folder that has a database, or is empty as one that was made for it. Raise NotFound."""
	if not folder.is_dir():
		raise NotFound("There is no folder {0}. Look at --data; customer-thread set makes a new one.", folder)
	if not (folder / FILE).exists() and any(folder.iterdir()):
		raise NotFound("{0} is not a data folder: there is no {1} in it. Look at --data.", folder, FILE)
	return folder
