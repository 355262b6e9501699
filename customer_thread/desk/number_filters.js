// What every report of numbers can be asked for.
frappe.provide("customer_thread");

customer_thread.number_filters = (channels = ["SMS", "Email", "Portal"]) => {
	const today = frappe.datetime.get_today();
	const filters = [
		{ fieldname: "from_date", label: __("From"), fieldtype: "Date", default: frappe.datetime.add_days(today, -29), reqd: 1 },
		{ fieldname: "to_date", label: __("To"), fieldtype: "Date", default: today, reqd: 1 },
	];
	if (channels.length) {
		const options = [{ value: "", label: "" }, ...channels.map((value) => ({ value, label: __(value) }))];
		filters.push({ fieldname: "channel", label: __("Channel"), fieldtype: "Select", options });
	}
	filters.push({ fieldname: "assigned_to", label: __("Assigned to"), fieldtype: "Link", options: "User" });
	return filters;
};

// Frappe's reports take words for HTML, and what a provider says of a failure is among them
customer_thread.number_cell = (value, row, column, data, format) =>
	format(typeof value === "string" && column.fieldtype === "Data" ? frappe.utils.escape_html(value) : value, row, column, data);
