frappe.listview_settings["Thread Card Rule"] = {
	hide_name_column: true,
	formatters: { title: (value) => frappe.utils.escape_html(value) },
};
