// Times as the Desk shows them: ours are microseconds since 1970, UTC, or ISO 8601.
frappe.provide("customer_thread");

customer_thread.ago = function (us) {
	if (!us) return "";
	const at = moment(us / 1000);
	return `<span title="${at.format("LLLL")}">${frappe.utils.escape_html(at.fromNow())}</span>`;
};

customer_thread.at = function (iso) {
	return moment(iso).format("lll");
};
