/** The team's channel. */

import { linked, make } from "./phone.js";

const NEAR = 40;
const pane = document.getElementById("team-pane");
let shown = "";
let read = 0;

/** Show what was written; while the pane is folded, how much of it is new. */
export function showTeam(messages) {
	if (!pane) return;
	const latest = JSON.stringify(messages);
	if (shown !== latest) draw(messages);
	shown = latest;
	if (pane.open) read = messages.length;
	const isNew = messages.length - read;
	const count = pane.querySelector(".count");
	count.hidden = !isNew;
	count.textContent = isNew ? String(isNew) : "";
	pane.querySelector(".none").hidden = messages.length > 0;
}

function draw(messages) {
	const list = pane.querySelector("ol");
	const screen = list.parentElement;
	const isAtEnd = screen.scrollHeight - screen.scrollTop - screen.clientHeight < NEAR;
	let topic = "";
	const rows = [];
	for (const message of messages) {
		if (message.topic !== topic) rows.push(make("li", "topic", message.topic));
		topic = message.topic;
		rows.push(row(message));
	}
	list.replaceChildren(...rows);
	if (isAtEnd || !shown) screen.scrollTop = screen.scrollHeight;
}

function row({ who, bot, time, lines }) {
	const item = make("li", `post${bot ? " bot" : ""}`);
	const head = make("p", "who");
	head.append(make("strong", "", who), make("time", "", time));
	item.append(head);
	for (const { kind, text } of lines) {
		const line = make("p", kind);
		line.append(...linked(text));
		item.append(line);
	}
	return item;
}

pane?.addEventListener("toggle", () => {
	const list = pane.querySelector("ol");
	list.parentElement.scrollTop = list.parentElement.scrollHeight;
	if (shown) showTeam(JSON.parse(shown));
});
