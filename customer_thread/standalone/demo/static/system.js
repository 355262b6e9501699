/** What the system writes by itself: what is planned, and what can be done next. */

const element = (id) => document.getElementById(id);
let listed = "";

/** Show what is planned, and let alone be pressed what leads on. */
export function showSystem(state) {
	element("book").disabled = state.booked;
	element("on-the-way").disabled = !state.visit_today;
	element("yes").hidden = !state.asked;
	const latest = JSON.stringify(state.planned);
	if (listed === latest) return;
	listed = latest;
	const lines = state.planned.map((line) => Object.assign(document.createElement("li"), { textContent: line }));
	element("planned").replaceChildren(...lines);
}
