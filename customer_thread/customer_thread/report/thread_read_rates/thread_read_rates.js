{% include "customer_thread/desk/number_filters.js" %}

frappe.query_reports["Thread Read Rates"] = {
	filters: customer_thread.number_filters(),
	formatter: customer_thread.number_cell,
};
