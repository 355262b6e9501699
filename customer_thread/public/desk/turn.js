// Whose turn it is in a thread: one of those who may see it, or everybody's. Words from outside are text nodes.

/** Ask whose turn it is in a thread, a line of the inbox, and write it down; `on_done()` after that. */
export async function ask_turn(thread, on_done) {
	const team = await customer_thread.ask("team", { thread: thread.thread }, "GET");
	const dialog = new frappe.ui.Dialog({ title: __("Whose turn is it?") });
	const give = async (user) => {
		await customer_thread.ask("assign_to", { thread: thread.thread, user });
		dialog.hide();
		return on_done();
	};
	const list = customer_thread.made("div", "ct-turn");
	const problem = customer_thread.made("div", "small text-danger");
	problem.setAttribute("role", "alert");
	for (const { user, name } of [{ user: "", name: __("Everybody's") }, ...with_me_first(team)]) {
		const is_now = user === (thread.assigned_to || "");
		const choose = () => give(user).catch((error) => (problem.textContent = error.message));
		const press = customer_thread.made_button(`btn btn-sm ${is_now ? "btn-primary" : "btn-default"}`, name, choose);
		press.setAttribute("aria-pressed", is_now);
		list.append(press);
	}
	dialog.$body[0].append(list, problem);
	dialog.show();
	list.querySelector("[aria-pressed=true]")?.focus();
}

/** Offer each of the others of the team in a list of whose turn it is. */
export async function offer_team(list) {
	const team = await customer_thread.ask("team", {}, "GET").catch(() => []);
	list.append(...team.filter(({ user }) => user !== frappe.session.user).map(({ user, name }) => new Option(name, user)));
}

/** Return the people with whoever asks before all others, as “Me”. */
function with_me_first(team) {
	const me = team.find(({ user }) => user === frappe.session.user);
	const others = team.filter((one) => one !== me);
	return me ? [{ user: me.user, name: __("Me") }, ...others] : others;
}
