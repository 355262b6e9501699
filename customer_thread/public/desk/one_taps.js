// What is sent with one tap, above the words: the invoice, the estimate, a question, “On my way”.

/** Draw into `place` what there is for a thread; `put(text)`: into the reply box; `customer`: whose thread it is. */
export async function show_one_taps(place, { thread, customer, put, on_sent }) {
	const taps = await customer_thread.ask("one_taps", { thread }, "GET").catch(() => []);
	const press = {
		reply: ({ text }) => put(text),
		confirmation: ({ text }) => ask(text, thread, on_sent),
		on_the_way: async () => (await customer_thread.part("set_out")).ask_minutes({ customer }, on_sent),
	};
	const titles = { confirmation: () => __("Ask for a confirmation"), on_the_way: () => __("Crew on the way") };
	const buttons = taps.map((tap) => {
		const title = titles[tap.what]?.() || tap.title;
		const button = customer_thread.made_button("btn btn-default btn-xs", title, () => press[tap.what](tap));
		if (tap.text) button.title = tap.text;
		return button;
	});
	place.replaceChildren(...buttons);
	place.hidden = !buttons.length;
}

function ask(text, thread, on_sent) {
	// the same however often it is pressed in this dialog
	const client_id = customer_thread.new_id();
	frappe.confirm(frappe.utils.escape_html(text), async () => {
		try {
			const { line } = await customer_thread.ask("ask_confirmation", { thread, client_id });
			frappe.show_alert({ message: frappe.utils.escape_html(line), indicator: "blue" });
		} catch (error) {
			frappe.show_alert({ message: frappe.utils.escape_html(error.message), indicator: "red" });
		}
		on_sent();
	});
}
