// Two people in one thread see each other: who is there, who writes, and who has answered since a draft was begun.
frappe.provide("customer_thread");

/** Milliseconds: between two looks at itself, after which it is said again that one is there, and that a writer writes. */
const LOOK = 3000;
const SAY_AGAIN = 15000;
const STILL_WRITES = 8000;

customer_thread.Colleagues = class {
	/** `show` is called once there is something new to say. */
	constructor(box, show) {
		Object.assign(this, { box, show, others: [], answered: null, state: "gone", said_at: 0, typed_at: 0 });
		watch();
	}

	/** The box is, or will be, before somebody's eyes. */
	begin() {
		customer_thread.open_boxes.add(this);
		setTimeout(() => this.look(), 300);
	}

	typed() {
		this.typed_at = Date.now();
		if (this.state !== "writing") this.look();
	}

	get now() {
		if (!this.box.element.isConnected || document.hidden) return "gone";
		return this.box.text.value && Date.now() - this.typed_at < STILL_WRITES ? "writing" : "here";
	}

	look() {
		const { now } = this;
		const is_due = now !== "gone" && Date.now() - this.said_at >= SAY_AGAIN;
		if (now !== this.state || is_due) this.say();
		if (now !== "gone") this.box.keep_fresh();
		if (!this.box.element.isConnected) customer_thread.open_boxes.delete(this);
	}

	/** Say it, and hear of the others; return whether somebody else has answered since the draft was begun. */
	async say() {
		const { thread, draft } = this.box;
		Object.assign(this, { state: this.now, said_at: Date.now() });
		const args = { thread, state: this.state };
		if (draft.is_begun && draft.upto) args.upto = draft.upto;
		// without an answer it is said again soon
		const found = await customer_thread.ask("presence", args).catch(() => null);
		if (!found) return false;
		this.others = found.others;
		if (draft.is_begun && found.answered) this.answered = found.answered;
		this.show();
		return Boolean(found.answered);
	}

	/** Who is there, in one line. */
	get words() {
		const names = (is_writing) => this.others.filter(({ writing }) => writing === is_writing).map(({ user }) => called(user));
		const [writing, here] = [names(true), names(false)];
		if (writing.length) return writing.length === 1 ? __("{0} is writing…", writing) : __("{0} are writing…", [listed(writing)]);
		if (!here.length) return "";
		return here.length === 1 ? __("{0} is here", here) : __("{0} are here", [listed(here)]);
	}

	/** That somebody has answered, which is to be read before a second answer goes. */
	get notice() {
		if (!this.answered) return "";
		const { by, at } = this.answered;
		const who = by ? called(by) : __("Somebody of your team");
		return __("{0} answered {1}. Read it, then press Send once more to send yours too.", [who, customer_thread.since(at)]);
	}
};

function called(user) {
	return frappe.user.full_name(user).split(" ")[0];
}

function listed(names) {
	return names.slice(0, 3).join(", ");
}

/** Look after the boxes that are open: one timer and one ear for all. */
function watch() {
	if (customer_thread.open_boxes) return;
	customer_thread.open_boxes = new Set();
	const look = () => customer_thread.open_boxes.forEach((one) => one.look());
	setInterval(look, LOOK);
	document.addEventListener("visibilitychange", look);
	frappe.realtime.on("customer_thread_colleagues_changed", ({ thread }) => {
		customer_thread.open_boxes.forEach((one) => one.box.thread === thread && one.now !== "gone" && one.say());
	});
}
