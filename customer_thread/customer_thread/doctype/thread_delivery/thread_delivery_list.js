{% include "customer_thread/desk/delivery_color.js" %}

frappe.listview_settings["Thread Delivery"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator: (doc) => [__(doc.state), customer_thread.delivery_color(doc.state), `state,=,${doc.state}`],
	formatters: {
		error: (value) => frappe.utils.escape_html(value),
	},
};
