frappe.listview_settings["Thread Entry"] = {
	add_fields: ["author", "text"],
	get_indicator(doc) {
		const color = { Contractor: "blue", Automated: "gray", Customer: "green" }[doc.author];
		return [__(doc.author), color, `author,=,${doc.author}`];
	},
	formatters: {
		channel: (value) => frappe.utils.escape_html(__(value)),
		name: (value, df, doc) => `#${value} ${(doc.text || "").slice(0, 100)}`,
	},
};
