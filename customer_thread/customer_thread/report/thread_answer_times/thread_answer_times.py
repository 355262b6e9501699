from customer_thread.frappe_host.number_reports import Filters, Report, answer_times


def execute(filters: Filters = None) -> Report:
	"""Return the report."""
	return answer_times(filters)
