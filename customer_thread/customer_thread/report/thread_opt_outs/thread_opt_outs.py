from customer_thread.frappe_host.number_reports import Filters, Report, opt_outs


def execute(filters: Filters = None) -> Report:
	"""Return the report."""
	return opt_outs(filters)
