// Times as the Desk shows them, in the user's zone: ours are microseconds since 1970, UTC, or ISO 8601.
frappe.provide("customer_thread");

function here(time) {
	const zone = frappe.boot.time_zone && (frappe.boot.time_zone.user || frappe.boot.time_zone.system);
	const at = moment.utc(time);
	return zone ? at.tz(zone) : at.local();
}

customer_thread.at = (iso) => here(iso).format("lll");

customer_thread.ago = function (us) {
	if (!us) return "";
	const at = here(us / 1000);
	return `<span title="${at.format("LLLL")}">${frappe.utils.escape_html(at.fromNow())}</span>`;
};
