{% include "customer_thread/desk/number_filters.js" %}

frappe.query_reports["Thread Opt-outs"] = {
	filters: customer_thread.number_filters(["SMS", "Email"]),
	formatter: customer_thread.number_cell,
};
