// The office hands a customer a sign-in link itself, or ends all of them.
frappe.provide("customer_thread");

/** `done` is called once the Customer may have changed. */
customer_thread.add_link_buttons = function (frm, done) {
	const group = __("Sign-in links");
	frm.add_custom_button(__("Copy a link"), () => copy_link(frm.docname).then(done), group);
	frm.add_custom_button(__("Who used which"), () => show_links(frm.docname), group);
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

async function show_links(customer) {
	const method = "customer_thread.api.desk.sign_ins";
	const { message: links } = await frappe.call({ method, type: "GET", args: { customer } });
	const list = link_line("ul", "list-unstyled");
	list.append(...links.map(link_view));
	if (!links.length) list.append(link_line("li", "text-muted", __("There is none yet.")));
	const dialog = new frappe.ui.Dialog({ title: __("Sign-in links"), fields: [{ fieldname: "links", fieldtype: "HTML" }] });
	dialog.fields_dict.links.$wrapper[0].replaceChildren(list);
	dialog.show();
}

function link_view(link) {
	const color = { Open: "blue", Used: "green", Expired: "gray", Revoked: "red" }[link.state];
	const at = customer_thread.at;
	const used = link.first_used_at && __("used {0}, last {1}", [at(link.first_used_at), at(link.last_used_at)]);
	const made = __("made {0}, good until {1}", [at(link.created_at), at(link.expires_at)]);
	// whoever has a phone alone signs in as an address that is none
	const user = !link.user.endsWith(".invalid") && link.user;
	const whose = [__(link.purpose), user, link.address !== link.user && link.address].filter(Boolean).join(" · ");
	const line = link_line("li", "mb-2");
	line.append(
		link_line("strong", `indicator ${color}`, `${__(link.state)} · ${whose}`),
		link_line("div", "small text-muted", [used, made, link.made_by].filter(Boolean).join(" · "))
	);
	return line;
}

function link_line(name, classes, text = "") {
	return Object.assign(document.createElement(name), { className: classes, textContent: text });
}
