from customer_thread.frappe_host.number_reports import Filters, Report, messages


def execute(filters: Filters = None) -> Report:
	"""Return the report."""
	return messages(filters)
