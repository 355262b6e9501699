{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Thread Scheduled Message"] = {
	hide_name_column: true,
	formatters: { due_us: (value) => (Number(value) ? customer_thread.ago(value) : "") },
};
