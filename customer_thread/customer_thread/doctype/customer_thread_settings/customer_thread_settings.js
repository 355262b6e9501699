{% include "customer_thread/desk/history.js" %}
{% include "customer_thread/desk/times.js" %}

frappe.ui.form.on("Customer Thread Settings", {
	refresh(frm) {
		suggest_zones(frm);
		show_setup(frm);
		customer_thread.follow_history(frm);
	},
	test_connection: (frm) => saved(frm, () => test_connection(frm)),
	test_zulip: (frm) => saved(frm, () => test_zulip(frm)),
	make_push_keys: (frm) => saved(frm, () => make_push_keys(frm)),
	bring_in_history: (frm) => saved(frm, () => customer_thread.start_history(frm)),
});

async function saved(frm, act) {
	// what is asked of the server is about what is saved there
	if (frm.is_dirty()) await frm.save();
	if (!frm.is_dirty()) act();
}

function suggest_zones(frm) {
	const control = frm.fields_dict.default_timezone;
	control.df.ignore_validation = 1;
	control.set_data(Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : []);
}

async function show_setup(frm) {
	const answer = await frappe.call({ method: "customer_thread.api.admin.setup", type: "GET" });
	const { missing, webhooks, zulip_webhook, refused, unnamed, stuck } = answer.message;
	frm.set_intro("");
	if (refused.length) frm.set_intro(refused_view(refused), "orange");
	if (unnamed.length) frm.set_intro(unnamed_view(unnamed), "orange");
	if (missing.length) frm.set_intro(missing_view(frm, missing), "orange");
	if (stuck) frm.set_intro(__("Messages and notices have been waiting for ten minutes. Do the site's scheduler and its workers run?"), "red");
	webhooks_view(frm, webhooks);
	addresses_view(frm.fields_dict.zulip_webhook, zulip_webhook ? [[zulip_webhook, __("Endpoint URL")]] : []);
}

function missing_view(frm, missing) {
	// the intro takes a string; what is clicked in it is found by its setting
	frm.layout.wrapper.off("click.setup").on("click.setup", "a[data-setting]", (event) => {
		event.preventDefault();
		const at = event.currentTarget.dataset.setting;
		if (at) frm.scroll_to_field(at);
		else frappe.set_route("List", "Email Account");
	});
	const lines = missing.map(({ field, text }) => {
		const where = field ? __("Set it") : __("Email Accounts");
		const link = $("<a href='#'>").attr("data-setting", field).css("textDecoration", "underline").text(where);
		return $("<li>").text(text).append(" ", link);
	});
	const list = $("<ul>").css({ margin: "4px 0 0", paddingLeft: "18px" }).append(lines);
	return $("<div>").text(__("Not set up yet:")).append(list).prop("outerHTML");
}

function refused_view(refused) {
	const lines = refused.map(({ at, address, reason }) =>
		$("<li>").text([customer_thread.at(at), address, reason].join(" · "))
	);
	const list = $("<ul>").css({ margin: "4px 0 0", paddingLeft: "18px" }).append(lines);
	return $("<div>").text(__("Not received in the last seven days:")).append(list).prop("outerHTML");
}

function unnamed_view(unnamed) {
	const lines = unnamed.map(({ user, customer }) => {
		const link = $("<a>").attr("href", frappe.utils.get_form_link("Customer", customer)).text(customer);
		return $("<li>").text(`${user} · `).append(link);
	});
	const list = $("<ul>").css({ margin: "4px 0 0", paddingLeft: "18px" }).append(lines);
	return $("<div>").text(__("They sign in to the portal but see no messages:")).append(list).prop("outerHTML");
}

function webhooks_view(frm, addresses) {
	const uses = [__("A message comes in"), __("Status callback (of a messaging service only)"), __("Call status changes")];
	addresses_view(frm.fields_dict.webhooks, addresses.map((address, index) => [address, uses[index]]));
}

function addresses_view(field, addresses) {
	const wrapper = field.$wrapper.empty();
	if (!addresses.length) {
		wrapper.append($("<p class='text-muted'>").text(__("Save the public address first.")));
		return;
	}
	addresses.forEach(([address, use]) => {
		const copy = $("<button class='btn btn-default btn-xs' type='button'>").text(__("Copy"));
		copy.on("click", () => frappe.utils.copy_to_clipboard(address));
		const line = $("<div>").css({ marginBottom: "8px" }).append($("<div class='small text-muted'>").text(use));
		wrapper.append(line.append($("<code>").css("overflowWrap", "anywhere").text(address), " ", copy));
	});
}

function make_push_keys(frm) {
	const make = async () => {
		await frappe.call({ method: "customer_thread.api.admin.make_push_keys", freeze: true });
		await frm.reload_doc();
		frappe.show_alert({ message: __("Customers can be notified on their devices."), indicator: "green" });
	};
	if (!frm.doc.vapid_public_key) return make();
	frappe.confirm(__("New keys end all notifications until each device opens the page again. Go on?"), make);
}

async function test_connection() {
	const answer = await frappe.call({ method: "customer_thread.api.admin.test_connection", freeze: true });
	show_connection(answer.message, __("Twilio answers"), __("Texts will not work yet"));
}

async function test_zulip() {
	const answer = await frappe.call({ method: "customer_thread.api.admin.test_zulip", freeze: true });
	show_connection(answer.message, __("Zulip answers"), __("Zulip will not work yet"));
}

function show_connection({ ok, text }, good, bad) {
	frappe.msgprint({
		title: ok ? good : bad,
		indicator: ok ? "green" : "red",
		message: frappe.utils.escape_html(text),
	});
}
