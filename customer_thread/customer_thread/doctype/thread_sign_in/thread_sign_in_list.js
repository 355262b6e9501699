{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Sign In"] = {
	hide_name_column: true,
	formatters: {
		created_us: (value) => customer_thread.ago(value),
		first_used_us: (value) => (Number(value) ? customer_thread.ago(value) : ""),
	},
};
