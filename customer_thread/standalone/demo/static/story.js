/** The story: which of its steps are done, and what of the page has changed. */

const LIT_FOR = 6000;
const known = {};
const timers = {};

/** Return the texts that somebody's phone has sent. */
const sent = (state, who) => state.phones[who].texts.filter(({ mine }) => mine);

/** What each step leaves behind. */
const DONE = {
	photo: (state) => sent(state, "sarah").filter(({ pictures }) => pictures.length).length > 1,
	answer: (state) => sent(state, "mike").length > 0,
	invoice: (state) => state.invoices > 1,
};

let latest = null;

/** Return words as they are texted to Sarah: with her number, unless it was she who wrote last, today. */
export function addressed(words) {
	const number = `#${document.body.dataset.code}`;
	const last = latest?.phones.mike.texts.filter(({ mine }) => !mine).at(-1);
	return last?.text.includes(number) && last.day.startsWith("Today") ? words : `${number} ${words}`;
}

/** Mark the steps that are done, and the one that comes next. */
export function showSteps(state) {
	latest = state;
	let isNext = true;
	for (const button of document.querySelectorAll("[data-step]")) {
		const isDone = DONE[button.dataset.step](state);
		button.classList.toggle("done", isDone);
		button.classList.toggle("next", !isDone && isNext);
		button.querySelector("b").textContent = isDone ? "✓" : button.dataset.number;
		isNext = isNext && isDone;
	}
}

/** Light up the panes in which something is new since this page was opened. */
export function lightUp(state) {
	const seen = {
		portal: state.last,
		sarah: JSON.stringify([state.phones.sarah.texts.map(({ id }) => id), state.pushed.length]),
		mike: JSON.stringify(state.phones.mike.texts.map(({ id }) => id)),
		team: String(state.team.length),
		mail: JSON.stringify([state.mail.sarah.length, state.mail.mike.length]),
	};
	for (const [name, value] of Object.entries(seen)) {
		const isNew = name in known && known[name] !== value;
		known[name] = value;
		if (isNew) light(name);
	}
}

/** Light up one pane, and its link above the panes, for a while. */
function light(name) {
	const both = document.querySelectorAll(`#${name}-pane, .jump [href="#${name}-pane"]`);
	for (const element of both) element.classList.add("lit");
	clearTimeout(timers[name]);
	timers[name] = setTimeout(() => both.forEach((element) => element.classList.remove("lit")), LIT_FOR);
}

for (const button of document.querySelectorAll("[data-step]")) {
	button.dataset.number = button.querySelector("b").textContent;
}

const asked = document.getElementById("what-if-button");
asked.addEventListener("click", () => {
	const isOpen = asked.getAttribute("aria-expanded") !== "true";
	asked.setAttribute("aria-expanded", String(isOpen));
	document.getElementById("what-if").hidden = !isOpen;
});
