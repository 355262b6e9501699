// Customers are invited to their messages, so many at a time; of each it is said how they are reached, or why not.
frappe.provide("customer_thread");

const INVITED_AT_ONCE = 20;

/** Ask how, and invite these customers; `done` is called once something may have changed. */
customer_thread.invite = function (customers, done = () => {}) {
	const ways = { auto: __("By text, else by e-mail"), sms: __("By text"), email: __("By e-mail") };
	const options = Object.entries(ways).map(([value, label]) => ({ value, label }));
	const dialog = new frappe.ui.Dialog({
		title: customers.length === 1 ? __("Invite to Messages") : __("Invite {0} customers to Messages", [customers.length]),
		fields: [
			{ fieldname: "channel", fieldtype: "Select", label: __("How"), options, default: "auto", reqd: 1 },
			{ fieldname: "outcome", fieldtype: "HTML" },
		],
		primary_action_label: __("Invite"),
		primary_action: ({ channel }) => invite_all(dialog, customers, channel).finally(done),
	});
	dialog.show();
};

async function invite_all(dialog, customers, channel) {
	const list = element("ul", "list-unstyled");
	list.setAttribute("aria-live", "polite");
	dialog.fields_dict.outcome.$wrapper[0].replaceChildren(list);
	dialog.disable_primary_action();
	try {
		// whoever closes the dialog invites no more of them
		for (let at = 0; at < customers.length && (at === 0 || dialog.display); at += INVITED_AT_ONCE) {
			const args = { customers: JSON.stringify(customers.slice(at, at + INVITED_AT_ONCE)), channel };
			const { message } = await frappe.call({ method: "customer_thread.api.desk.invite", type: "POST", args });
			list.append(...message.map(invited_view));
		}
		dialog.set_primary_action(__("Done"), () => dialog.hide());
	} finally {
		dialog.enable_primary_action();
	}
}

function invited_view(invited) {
	const by = { SMS: __("Text to {0}", [invited.address]), Email: __("E-mail to {0}", [invited.address]) }[invited.channel];
	const line = element("li", "mb-2");
	line.append(
		element("strong", `indicator ${invited.channel ? "green" : "red"}`, invited.title || invited.customer),
		element("div", "small text-muted", [by, invited.reason].filter(Boolean).join(" · "))
	);
	return line;
}

function element(name, classes, text = "") {
	return Object.assign(document.createElement(name), { className: classes, textContent: text });
}
