frappe.ui.form.on("Customer", {
	refresh(frm) {
		customer_thread.add_thread_button(frm);
		if (frm.is_new()) return;
		customer_thread.add_preview_button(frm, frm.doc.customer_name, () => thread_of(frm), __("View"));
		if (frappe.model.can_read("Customer Thread")) {
			// inviting writes into the Customer
			const reload = () => !frm.is_dirty() && frm.reload_doc();
			frm.add_custom_button(__("Invite to Messages"), () => customer_thread.invite([frm.docname], reload));
			customer_thread.add_link_buttons(frm, reload);
			frm.add_custom_button(__("Scheduled messages"), () => show_scheduled(frm), __("View"));
		}
		customer_thread.add_leaving_buttons(frm, frm.doc.customer_name, () => thread_of(frm));
		if (frm.perm[0] && frm.perm[0].write) show_unnamed(frm);
	},
});

async function show_scheduled(frm) {
	const thread = await thread_of(frm);
	if (thread) frappe.set_route("List", "Thread Scheduled Message", { thread });
	else frappe.show_alert(__("There is no message with them yet."));
}

async function thread_of(frm) {
	const party = { party_type: "Customer", party: frm.docname };
	const found = await frappe.db.get_value("Customer Thread", party, "name");
	return found.message && found.message.name;
}

async function show_unnamed(frm) {
	// of several refreshes in a row the last one answers
	const asked = (frm.customer_thread_asked = {});
	const args = { customer: frm.docname };
	const method = "customer_thread.api.portal_users.unnamed";
	const { message: users } = await frappe.call({ method, type: "GET", args });
	if (frm.customer_thread_asked !== asked || frm.docname !== args.customer) return;
	frm.layout.wrapper.off("click.unnamed").on("click.unnamed", "button[data-portal-user]", async (event) => {
		event.preventDefault();
		const user = event.currentTarget.dataset.portalUser;
		await frappe.call({ method: "customer_thread.api.portal_users.add", type: "POST", args: { ...args, user }, freeze: true });
		frappe.show_alert({ message: __("{0} sees the messages", [frappe.utils.escape_html(user)]), indicator: "green" });
		frm.reload_doc();
	});
	for (const user of users) frm.set_intro(unnamed_view(user), "orange");
}

function unnamed_view(user) {
	const words = __("{0} signs in to the portal but sees no messages.", [user]);
	const button = $("<button class='btn btn-xs btn-default' type='button'>").attr("data-portal-user", user);
	return $("<div>").text(`${words} `).append(button.text(__("Show them"))).prop("outerHTML");
}
