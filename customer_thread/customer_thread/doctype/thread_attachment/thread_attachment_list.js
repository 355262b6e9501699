frappe.listview_settings["Thread Attachment"] = {
	add_fields: ["state"],
	hide_name_column: true,
	get_indicator(doc) {
		const color = { Pending: "orange", Ready: "green", Failed: "red" }[doc.state];
		return [__(doc.state), color, `state,=,${doc.state}`];
	},
	formatters: {
		error: (value) => frappe.utils.escape_html(value),
	},
};
