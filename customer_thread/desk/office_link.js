// The office hands a customer a sign-in link itself, or ends all of them.
frappe.provide("customer_thread");

/** `done` is called once the Customer may have changed. */
customer_thread.add_link_buttons = function (frm, done) {
	const group = __("Sign-in links");
	frm.add_custom_button(__("Copy a link"), () => copy_link(frm.docname).then(done), group);
	const revoke = () => frappe.confirm(__("No link that was sent to {0} will open anything. Go on?", [name_of(frm)]), () => revoke_links(frm.docname));
	frm.add_custom_button(__("Revoke all"), revoke, group);
};

function name_of(frm) {
	return frappe.utils.escape_html(frm.doc.customer_name);
}

async function copy_link(customer) {
	const method = "customer_thread.api.desk.sign_in_link";
	const { message } = await frappe.call({ method, type: "POST", args: { customer }, freeze: true });
	frappe.utils.copy_to_clipboard(message.link);
}

async function revoke_links(customer) {
	const method = "customer_thread.api.desk.revoke_links";
	const { message } = await frappe.call({ method, type: "POST", args: { customer }, freeze: true });
	const words = message.revoked === 1 ? __("1 link was revoked") : __("{0} links were revoked", [message.revoked]);
	frappe.show_alert({ message: words, indicator: "green" });
}
