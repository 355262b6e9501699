{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Upload"] = {
	hide_name_column: true,
	formatters: { uploaded_us: (value) => customer_thread.ago(value) },
};
