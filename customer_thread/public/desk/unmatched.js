// Whose an unmatched thread is: who is likely and why, or a new lead or contact. Words from outside are text nodes.
const MADE = { Lead: () => __("Make a lead"), Contact: () => __("Make a contact"), Customer: () => __("Make a customer") };

/** Ask whose `thread` is, its id or its line of the inbox; `on_done(thread)`: the one it stands in from then on. */
export function show_unmatched(wrapper, thread, on_done) {
	const box = customer_thread.made("section", "ct-tray ct-tray-unmatched");
	box.setAttribute("aria-label", __("Whose is it?"));
	wrapper.replaceChildren(box);
	return new Unmatched(box, thread, on_done).load();
}

class Unmatched {
	constructor(box, thread, on_done) {
		Object.assign(this, { box, thread: thread.thread || thread, line: thread, on_done });
	}

	async load() {
		const since = this.line.blocked_since;
		const words = since ? __("Blocked since {0}: nobody is told of what comes from there", [customer_thread.at(since)]) : __("Nobody knows yet whose this is");
		const head = customer_thread.made_text("h3", "", words);
		this.problem = customer_thread.made("div", "small text-danger");
		this.problem.setAttribute("role", "alert");
		this.box.replaceChildren(head, this.problem);
		try {
			const found = await customer_thread.ask("likely", { thread: this.thread }, "GET");
			if (found.reason) head.after(customer_thread.made_text("p", "small ct-tray-why", found.reason));
			if (this.line.address_name) head.after(customer_thread.made_text("p", "small ct-tray-why", __("Calls itself “{0}”", [this.line.address_name])));
			const others = customer_thread.made("div", "ct-tray-buttons");
			others.append(this.another(), ...found.makes.map((what) => this.maker(what, found.name)), this.blocker());
			this.problem.before(...this.people(found.likely), others);
		} catch (error) {
			this.problem.textContent = error.message;
		}
	}

	people(likely) {
		const rows = customer_thread.made("ul", "ct-tray-rows");
		for (const { party_type, party, title, why } of likely) {
			const row = customer_thread.made("li", "ct-tray-row", rows);
			row.append(customer_thread.made_text("strong", "", title), " · ", customer_thread.made_text("span", "small ct-tray-why", why));
			const buttons = customer_thread.made("div", "ct-tray-buttons", row);
			if (party_type === "Contact") {
				const link = customer_thread.made_text("a", "btn btn-sm btn-default", __("Open the contact"));
				link.href = frappe.utils.get_form_link("Contact", party);
				buttons.append(link);
				continue;
			}
			const args = party_type === "Lead" ? { lead: party } : { customer: party };
			buttons.append(button(__("This is {0}'s", [title]), "btn-primary", () => this.assign(args, title)));
		}
		return likely.length ? [rows] : [];
	}

	another() {
		const ask = () => {
			const field = { fieldname: "customer", fieldtype: "Link", options: "Customer", label: __("Customer"), reqd: 1 };
			frappe.prompt(field, ({ customer }) => this.give("assign", { customer }), __("Whose is it?"), __("Assign"));
		};
		return button(__("Another customer…"), "btn-default", ask);
	}

	blocker() {
		if (this.line.blocked_since) return button(__("Unblock"), "btn-default", () => this.give("unblock", {}));
		const words = __("What comes from there is kept, but nobody is told of it. It is found in the tab Blocked, where it can be taken back.");
		return button(__("Block…"), "btn-default", () => frappe.confirm(words, () => this.give("block", {})));
	}

	maker(what, name) {
		const fields = [{ fieldname: "name", fieldtype: "Data", label: __("Name"), reqd: 1, default: name }];
		if (what === "Contact") {
			fields.push({ fieldname: "customer", fieldtype: "Link", options: "Customer", label: __("Of which customer"), reqd: 1 });
		}
		const label = MADE[what]?.() || what;
		const ask = () => frappe.prompt(fields, (given) => this.give("make", { what, ...given }), label, label);
		return button(`${label}…`, "btn-default", ask);
	}

	assign(args, title) {
		const words = __("All of it moves into {0}'s thread at its own times, and what comes from there stands in it.", [title]);
		frappe.confirm(frappe.utils.escape_html(words), () => this.give("assign", args));
	}

	async give(call, args) {
		this.problem.textContent = "";
		const all = [...this.box.querySelectorAll("button")];
		all.forEach((each) => (each.disabled = true));
		try {
			const { thread } = await customer_thread.ask(call, { thread: this.thread, ...args });
			if (thread) customer_thread.Draft.move(this.thread, thread);
			this.on_done(thread);
		} catch (error) {
			this.problem.textContent = error.message;
		} finally {
			all.forEach((each) => (each.disabled = false));
		}
	}
}

function button(label, classes, press) {
	return customer_thread.made_button(`btn btn-sm ${classes}`, label, press);
}
