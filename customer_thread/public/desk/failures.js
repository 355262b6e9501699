// What failed and nobody has dealt with, a cause at a time. Words from outside are text nodes.
const PAGE = 20;
const CHANNELS = { SMS: () => __("Text"), Email: () => __("E-mail"), Zulip: () => "Zulip", Push: () => __("Push") };

/**
 * Draw what failed; `on_open(thread, entry)`: somebody wants to see one. Return what looks whether that has changed and
 * draws it: of everybody's threads, or of those assigned so.
 */
export function show_failures(wrapper, on_open) {
	const box = customer_thread.made("div", "ct-tray");
	box.setAttribute("aria-label", __("What failed"));
	wrapper.replaceChildren(box);
	const list = new Failures(box, on_open);
	return (assigned = "") => list.refresh(assigned);
}

class Failures {
	constructor(box, on_open) {
		Object.assign(this, { box, on_open, opened: new Set(), assigned: "", shown: "" });
		this.said = customer_thread.made("p", "small text-muted", box);
		this.said.setAttribute("role", "status");
		this.said.tabIndex = -1;
		this.causes = customer_thread.made("div", "", box);
	}

	async ask() {
		const { assigned } = this;
		const { causes } = await customer_thread.ask("failures", { assigned }, "GET");
		// another answer of two that were under way is that of now
		return assigned === this.assigned ? causes : null;
	}

	/** Draw it anew where it is not what is shown: as much as may differ is in the answer, also of the same threads. */
	async refresh(assigned = this.assigned) {
		this.assigned = assigned;
		try {
			const causes = await this.ask();
			const found = JSON.stringify([assigned, causes]);
			if (!causes || found === this.shown) return;
			this.shown = found;
			if (causes.length === 1) this.opened.add(causes[0].cause);
			const had_focus = this.causes.contains(document.activeElement);
			this.causes.replaceChildren(...causes.map((cause) => this.draw(cause)));
			if (!causes.length) this.causes.append(customer_thread.made_text("p", "text-muted", __("Everything arrived, or was dealt with.")));
			if (had_focus) this.said.focus({ preventScroll: true });
		} catch (error) {
			this.said.textContent = error.message;
		}
	}

	/** One was dealt with here: what is below it stays where it is, as long as the causes are the same. */
	async settled() {
		const causes = await this.ask().catch(() => null);
		const heads = [...this.causes.querySelectorAll("h3")];
		if (!causes || causes.length !== heads.length || causes.some(({ cause }, at) => heads[at].dataset.cause !== cause)) return this.refresh();
		causes.forEach((cause, at) => (heads[at].textContent = title(cause)));
		this.shown = JSON.stringify([this.assigned, causes]);
	}

	draw(cause) {
		const section = customer_thread.made("section", "ct-tray-cause");
		const head = customer_thread.made_text("h3", "", title(cause));
		head.dataset.cause = cause.cause;
		section.append(head, customer_thread.made_text("p", "", cause.words));
		const about = customer_thread.made("p", "small text-muted", section);
		about.append(__("The last one {0}", [customer_thread.at(cause.newest_at)]));
		if (cause.page) about.append(" · ", away(cause.page, __("What Twilio says about it")));
		const buttons = customer_thread.made("div", "ct-tray-buttons", section);
		const rows = customer_thread.made("ul", "ct-tray-rows");
		const args = { cause: cause.cause, upto: cause.newest_at, assigned: this.assigned };
		const again = button(__("Try all again"), "btn-primary", () => this.all("retry_cause", args, again));
		const away_with = button(__("Dismiss all"), "btn-default", () =>
			frappe.confirm(__("Nobody will be reminded of these messages any more."), () => this.all("dismiss_cause", args, away_with)),
		);
		const show = button(__("Show them"), "btn-default", () => this.toggle(cause, rows, show));
		show.setAttribute("aria-expanded", "false");
		buttons.append(again, away_with, show);
		section.append(rows);
		if (this.opened.has(cause.cause)) this.toggle(cause, rows, show);
		return section;
	}

	async all(call, args, pressed) {
		pressed.disabled = true;
		try {
			const { done, left } = await customer_thread.ask(call, args);
			const words = call === "retry_cause" ? __("{0} are being tried again.", [done]) : __("{0} dismissed.", [done]);
			const more = left ? __("{0} more are left: press again.", [left]) : "";
			this.said.textContent = [words, more].filter(Boolean).join(" ");
			await this.refresh();
		} catch (error) {
			this.said.textContent = error.message;
		} finally {
			pressed.disabled = false;
		}
	}

	async toggle(cause, rows, show) {
		const is_open = show.getAttribute("aria-expanded") === "true";
		show.setAttribute("aria-expanded", String(!is_open));
		show.textContent = is_open ? __("Show them") : __("Hide them");
		this.opened[is_open ? "delete" : "add"](cause.cause);
		rows.replaceChildren();
		if (!is_open) await this.more(cause, rows, "");
	}

	async more(cause, rows, before) {
		try {
			const found = await customer_thread.ask("failed", { cause: cause.cause, assigned: this.assigned, before, limit: PAGE }, "GET");
			rows.append(...found.failures.map((row) => this.row(cause, row)));
			if (!found.before) return;
			const item = customer_thread.made("li", "ct-tray-row", rows);
			const next = button(__("More"), "btn-default", async () => {
				next.disabled = true;
				await this.more(cause, rows, found.before);
				item.remove();
			});
			item.append(next);
		} catch (error) {
			this.said.textContent = error.message;
		}
	}

	row(cause, failure) {
		const item = customer_thread.made("li", "ct-tray-row");
		const who = failure.title || failure.address || __("The contractor");
		if (failure.thread) {
			const open = customer_thread.made("button", "ct-tray-who", item);
			open.type = "button";
			open.textContent = who;
			open.addEventListener("click", () => this.on_open(failure.thread, failure.entry));
		} else {
			item.append(customer_thread.made_text("strong", "", who));
		}
		item.append(customer_thread.made_text("div", "small text-muted", [failure.address, customer_thread.at(failure.at)].filter(Boolean).join(" · ")));
		if (failure.words) item.append(customer_thread.made_text("div", "", failure.words));
		if (failure.error && failure.error !== cause.words) item.append(customer_thread.made_text("div", "small text-muted", failure.error));
		const buttons = customer_thread.made("div", "ct-tray-buttons", item);
		const problem = customer_thread.made("div", "small text-danger", item);
		problem.setAttribute("role", "alert");
		const act = (label, call, done) => {
			const pressed = button(label, "btn-default btn-xs", () => this.one(call, failure, { item, buttons, problem, done }));
			pressed.setAttribute("aria-label", `${label}: ${who}`);
			buttons.append(pressed);
		};
		act(__("Try again"), "retry", __("It is being tried again."));
		if (failure.other_way) {
			const label = failure.channel === "Email" ? __("Send by text") : __("Send by e-mail");
			act(label, "send_otherwise", __("It goes the other way."));
		}
		act(__("Dismiss"), "dismiss", __("Dismissed."));
		return item;
	}

	async one(call, { delivery }, { item, buttons, problem, done }) {
		const all = [...buttons.children];
		all.forEach((each) => (each.disabled = true));
		problem.textContent = "";
		try {
			const answer = await customer_thread.ask(call, { delivery });
			const words = answer.state === "Held" ? __("It waits until {0}.", [customer_thread.at(answer.due_at)]) : done;
			item.classList.add("is-done");
			buttons.replaceChildren(customer_thread.made_text("span", "small", words));
			this.said.textContent = words;
			await this.settled();
		} catch (error) {
			problem.textContent = error.message;
			all.forEach((each) => (each.disabled = false));
		}
	}
}

function title({ channel, code, messages }) {
	const count = messages === 1 ? __("1 message") : __("{0} messages", [messages]);
	return `${[CHANNELS[channel]?.(), code].filter(Boolean).join(" ")}: ${count}`;
}

function button(label, classes, press) {
	return customer_thread.made_button(`btn btn-sm ${classes}`, label, press);
}

function away(href, words) {
	const link = customer_thread.made_text("a", "", words);
	Object.assign(link, { href, target: "_blank", rel: "noopener noreferrer" });
	return link;
}
