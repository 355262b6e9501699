// A step of the setup: what it is, how far it is, and the one thing that does it.
frappe.provide("customer_thread");

const SETTINGS_FORM = "/app/customer-thread-settings";
const PLACES = {
	mail: ["/app/email-account", () => __("Email Accounts")],
	card_rules: ["/app/thread-card-rule", () => __("Look at the rules")],
	automations: ["/app/thread-automation", () => __("Preview and switch on")],
	invitations: ["/app/customer", () => __("Choose customers")],
};

/** `buttons`: what is done from here, by the step's key: {label, act}, or nothing. */
customer_thread.setup_step = function (step, { webhooks, buttons }) {
	const line = setup_element("li", "ct-setup-step");
	line.dataset.step = step.key;
	const title = setup_element("h3", "ct-setup-title", step.title);
	const colors = { done: "green", missing: "orange", optional: "gray" };
	const words = { done: __("Done"), missing: __("Missing"), optional: __("Optional") };
	title.append(setup_element("span", `indicator-pill ${colors[step.state]}`, words[step.state]));
	line.append(title, setup_element("p", "ct-setup-why", step.why), setup_act(step, buttons[step.key]));
	if (step.key === "texts") line.append(setup_addresses(webhooks));
	return line;
};

function setup_act(step, act) {
	const look = step.state === "missing" ? "btn-primary" : "btn-default";
	if (act) {
		const button = setup_element("button", `ct-setup-act btn btn-sm ${look}`, act.label);
		Object.assign(button, { type: "button", onclick: act.act, ariaLabel: `${act.label}: ${step.title}` });
		return button;
	}
	const [place, label] = (!step.field && PLACES[step.key]) || [`${SETTINGS_FORM}#${step.field}`, () => __("Settings")];
	const link = setup_element("a", `ct-setup-act btn btn-sm ${look}`, label());
	Object.assign(link, { href: place, ariaLabel: `${link.textContent}: ${step.title}` });
	return link;
}

function setup_addresses(addresses) {
	if (!addresses.length) return setup_element("span", "ct-setup-more hidden");
	const place = setup_element("details", "ct-setup-more");
	place.append(setup_element("summary", "small", __("The addresses to enter at Twilio")));
	const uses = [__("A message comes in"), __("Status callback"), __("A call comes in")];
	addresses.forEach((address, at) => {
		const line = setup_element("div", "ct-setup-address");
		const copy = setup_element("button", "btn btn-default btn-xs", __("Copy"));
		copy.setAttribute("aria-label", `${__("Copy")}: ${uses[at]}`);
		Object.assign(copy, { type: "button", onclick: () => frappe.utils.copy_to_clipboard(address) });
		line.append(setup_element("div", "small", uses[at]), setup_element("code", "", address), copy);
		place.append(line);
	});
	return place;
}

function setup_element(name, classes, text = "") {
	return Object.assign(document.createElement(name), { className: classes, textContent: text });
}
