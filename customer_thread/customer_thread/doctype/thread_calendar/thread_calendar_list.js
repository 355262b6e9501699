{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Calendar"] = {
	hide_name_column: true,
	formatters: { made_us: (value) => customer_thread.ago(value) },
};
