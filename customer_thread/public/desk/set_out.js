// “On my way”: the minutes, and the customer knows.
const MINUTES = 15;
/** Milliseconds between two looks at what became of the message: it leaves in the background. */
const LOOKS = [500, 1500, 3000, 5000];

/** `about`: whom to tell, a customer or a document; `done` is called when something changes. */
export function ask_minutes(about, done = () => {}) {
	// the same however often it is pressed in this dialog
	const client_id = customer_thread.new_id();
	const field = { fieldname: "minutes", fieldtype: "Int", label: __("Minutes until you are there"), default: MINUTES };
	const tell = async ({ minutes }) => {
		const args = { ...about, minutes: minutes || 0, client_id };
		const messages = await press(args, true);
		done();
		frappe.show_alert(words_of(await settled(args, messages)), 7);
		done();
	};
	frappe.prompt({ ...field, description: __("0: the message says no time") }, tell, __("On my way"), __("Tell the customer"));
}

async function press(args, freeze) {
	const method = "customer_thread.api.desk.on_the_way";
	const { message } = await frappe.call({ method, type: "POST", args, freeze });
	return message.messages;
}

/** Press again by the same id, which sends nothing more, until it is known what became of each message. */
async function settled(args, messages) {
	for (const wait of LOOKS) {
		if (messages.every(({ state }) => state !== "Waiting")) break;
		await new Promise((go) => setTimeout(go, wait));
		messages = await press(args, false);
	}
	return messages;
}

function words_of(messages) {
	const missed = messages.filter(({ state }) => state === "Skipped" || state === "Ended");
	if (missed.length) {
		const words = missed.map(({ title, reason }) => frappe.utils.escape_html(`${title} · ${reason}`));
		return { message: words.join("<br>"), indicator: "orange" };
	}
	const is_told = messages.every(({ state }) => state === "Sent");
	return is_told
		? { message: __("The customer is told."), indicator: "green" }
		: { message: __("It is sent in a moment."), indicator: "blue" };
}
