{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Note"] = {
	hide_name_column: true,
	formatters: { occurred_us: (value) => customer_thread.ago(value) },
};
