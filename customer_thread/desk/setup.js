// The first hour: the steps of the setup, read anew from what is, so that one can leave and come back.
frappe.provide("customer_thread");

const SETUP_POLL_MS = 2000;

customer_thread.Setup = class {
	constructor(wrapper) {
		this.root = $(wrapper).find(".layout-main-section")[0];
		this.root.classList.add("ct-setup");
		this.intro = setup_element("p", "ct-setup-intro");
		this.problem = setup_element("p", "ct-setup-problem text-danger");
		this.problem.setAttribute("role", "alert");
		this.list = setup_element("ol", "ct-setup-steps");
		this.list.setAttribute("aria-busy", "true");
		this.root.append(this.intro, this.problem, this.list);
		document.addEventListener("visibilitychange", () => this.is_shown && this.refresh());
	}

	get is_shown() {
		return frappe.get_route()[0] === "thread-setup" && !document.hidden;
	}

	/** Come to the page, for the first time or again: what Twilio says is asked anew. */
	async show() {
		Object.assign(this, { number: null, examples: null });
		await this.refresh();
		this.ask_examples();
	}

	/** Ask what would be told of the site's own documents, once each time one comes to the page. */
	async ask_examples() {
		this.examples = await customer_thread.ask("admin.setup_examples", {}, "GET").catch(() => null);
		if (this.examples && this.found) this.draw(this.found);
	}

	async refresh() {
		clearTimeout(this.timer);
		try {
			const found = await customer_thread.ask("admin.setup_steps", {}, "GET");
			this.draw(found);
			this.say(found.stuck ? __("What is to be sent has been waiting for ten minutes. Do the site's scheduler and its workers run?") : "");
			if (found.steps.some(({ is_moving }) => is_moving) && this.is_shown) this.timer = setTimeout(() => this.refresh(), SETUP_POLL_MS);
			this.ask_twilio();
		} catch (error) {
			this.say(error.message);
		}
	}

	/** Ask Twilio of its number, once each time one comes to the page. */
	async ask_twilio() {
		const texts = this.found.steps.find(({ key }) => key === "texts");
		if (this.number || texts.field.startsWith("twilio")) return;
		this.number = { lines: [], can_set: false };
		try {
			this.number = await customer_thread.ask("admin.number", {}, "GET");
			this.draw(this.found);
		} catch {
			// what is set up here is shown all the same
			this.number = null;
		}
	}

	say(words) {
		if (this.problem.textContent !== words) this.problem.textContent = words;
	}

	draw(found) {
		// what is looked at stays as it is: where the focus is, and the addresses that are open
		const focused = this.list.contains(document.activeElement) && document.activeElement.closest("[data-step]");
		const is_open = Boolean(this.list.querySelector("details[open]"));
		const drawn = JSON.stringify([found, this.number, this.examples]);
		if (drawn === this.drawn) return;
		Object.assign(this, { drawn, found });
		const steps = found.steps.map((step) => this.with_number(step));
		const done = steps.filter(({ state }) => state === "done").length;
		this.intro.textContent = __("{0} of {1} steps are done. Leave whenever you like: what is done stays so, and each part works without the others.", [done, steps.length]);
		const buttons = this.buttons(found);
		const more = { webhooks: found.webhooks, number: this.number, examples: this.examples || {}, enter: () => this.enter() };
		this.list.replaceChildren(...steps.map((step) => customer_thread.setup_step(step, buttons[step.key], more)));
		this.list.setAttribute("aria-busy", "false");
		const details = this.list.querySelector("details");
		if (details) details.open = is_open;
		if (focused) this.list.querySelector(`[data-step="${focused.dataset.step}"] .ct-setup-act`).focus();
	}

	/** Texts are not done while Twilio says that something is missing. */
	with_number(step) {
		const lacks = step.key === "texts" && this.number?.lines.some(({ state }) => state === "missing");
		return lacks ? { ...step, state: "missing" } : step;
	}

	buttons({ steps, history_months }) {
		const of = Object.fromEntries(steps.map((step) => [step.key, step]));
		const buttons = {};
		if (of.texts.can_test) {
			buttons.texts = { label: __("Send a test text"), act: () => this.do("admin.send_test_text") };
		}
		if (of.mail.can_test) {
			const key = customer_thread.new_id();
			buttons.mail = { label: __("Send a test mail"), act: () => this.do("admin.send_test_mail", { key }) };
		}
		if (of.push.field === "make_push_keys") {
			buttons.push = { label: __("Make the keys"), act: () => this.do("admin.make_push_keys") };
		}
		if (of.history && of.history.state !== "done" && !of.history.is_moving) {
			const bring_in = () => this.do("admin.start_history", { months: history_months });
			buttons.history = { label: __("Bring in {0} months", [history_months]), act: bring_in };
		}
		return buttons;
	}

	async enter() {
		await this.do("admin.enter_addresses");
		this.number = null;
		await this.refresh();
	}

	async do(call, args = {}) {
		if (this.is_at_work) return;
		this.is_at_work = true;
		try {
			await customer_thread.ask(call, args);
			await this.refresh();
		} catch (error) {
			this.say(error.message);
		} finally {
			this.is_at_work = false;
		}
	}
};
