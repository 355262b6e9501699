frappe.listview_settings["Thread Event"] = {
	add_fields: ["voided_by"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.voided_by) return [__("Void"), "gray", "voided_by,is,set"];
		return [__("Stands"), "green", "voided_by,is,not set"];
	},
};
