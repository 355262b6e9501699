// A step of the setup: what it is, how far it is, and the one thing that does it.
frappe.provide("customer_thread");

const SETTINGS_FORM = "/app/customer-thread-settings";
const PLACES = {
	mail: ["/app/email-account", () => __("Email Accounts")],
	card_rules: ["/app/thread-card-rule", () => __("Look at the rules")],
	automations: ["/app/thread-automation", () => __("Preview and switch on")],
	invitations: ["/app/customer", () => __("Choose customers")],
};

const COLORS = { done: "green", missing: "orange", optional: "gray" };

/** `act`: what is done from here, {label, act}, or nothing; `number`: what Twilio says of it; `examples`: sentences by step; `enter`: enters the addresses there. */
customer_thread.setup_step = function (step, act, { webhooks, number, examples, enter }) {
	const line = setup_element("li", "ct-setup-step");
	line.dataset.step = step.key;
	const title = setup_element("h3", "ct-setup-title", step.title);
	const words = { done: __("Done"), missing: __("Missing"), optional: __("Optional") };
	title.append(setup_element("span", `indicator-pill ${COLORS[step.state]}`, words[step.state]));
	line.append(title, setup_element("p", "ct-setup-why", step.why), setup_act(step, act));
	if (step.key !== "texts") {
		line.append(setup_found(step.found));
		if (examples[step.key]?.length) line.append(setup_examples(examples[step.key]));
		return line;
	}
	const found = setup_found(number?.lines || []);
	if (number?.can_set) {
		const button = setup_element("button", "btn btn-default btn-xs", __("Enter the addresses at Twilio"));
		Object.assign(button, { type: "button", onclick: () => enter() });
		found.append(button);
	}
	line.append(found, setup_addresses(webhooks));
	return line;
};

/** What was found there, each with its colour and, for those who see none, its word. */
function setup_found(lines) {
	const place = setup_element("div", `ct-setup-found${lines.length ? "" : " hidden"}`);
	const list = setup_element("ul", "");
	const words = { done: __("Done"), missing: __("Missing"), optional: __("Optional") };
	for (const { state, text } of lines) {
		const line = setup_element("li", `indicator ${COLORS[state]}`);
		line.append(setup_element("span", "sr-only", `${words[state]}: `), setup_element("span", "", text));
		list.append(line);
	}
	place.append(list);
	return place;
}

/** What would be told of the site's own documents. */
function setup_examples(sentences) {
	const place = setup_element("div", "ct-setup-examples small");
	const list = setup_element("ul", "");
	list.append(...sentences.map((sentence) => setup_element("li", "", sentence)));
	place.append(setup_element("p", "text-muted", __("Of your own documents it would say:")), list);
	return place;
}

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
	const uses = [__("A message comes in"), __("Status callback (of a messaging service only)"), __("Call status changes")];
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
