from customer_thread.frappe_host.number_reports import Filters, Report, reads


def execute(filters: Filters = None) -> Report:
	"""Return the report."""
	return reads(filters)
