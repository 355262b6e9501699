/** The demo page: asks for everything that moves every second, and does what its buttons say. */

import { showMail } from "./mail.js";
import { showPhone } from "./phone.js";
import { putAway, showPushed } from "./pushed.js";
import { addressed, lightUp, showSteps } from "./story.js";
import { showSystem } from "./system.js";
import { showTeam } from "./team.js";

const EVERY = 1000;
const SAID_FOR = 7000;

const element = (id) => document.getElementById(id);
const toast = element("toast");
let saidAt = 0;

/** Say what happened, for a while. */
function say(words, isError) {
	toast.textContent = words;
	toast.classList.toggle("error", Boolean(isError));
	toast.hidden = false;
	clearTimeout(saidAt);
	saidAt = setTimeout(() => (toast.hidden = true), SAID_FOR);
}

/** Do one action; return whether it worked. */
async function perform(action, values) {
	const body = values instanceof FormData ? values : new FormData();
	for (const [name, value] of Object.entries(values instanceof FormData ? {} : values)) body.append(name, value);
	try {
		const response = await fetch(`/api/${action}`, { method: "POST", body });
		const answer = await response.json();
		say(answer.said ?? answer.error, !response.ok);
		await refresh();
		return response.ok;
	} catch {
		say("The demo does not answer. Is it still running?", true);
		return false;
	}
}

let day = "";

/** Show the portal anew on another day: its “Today” is not today any more. */
function followDay(clock) {
	const now = clock.replace(/, [^,]*$/, "");
	const portal = document.querySelector("iframe");
	if (day && day !== now) portal.src = portal.src;
	day = now;
}

/** Ask for everything that moves, and show it. */
async function refresh() {
	const state = await (await fetch("/api/state")).json();
	element("clock").textContent = state.clock;
	followDay(state.clock);
	for (const [who, phone] of Object.entries(state.phones)) showPhone(who, phone.texts);
	for (const [who, letters] of Object.entries(state.mail)) showMail(who, letters);
	showPushed(state.pushed);
	showTeam(state.team);
	showSteps(state);
	showSystem(state);
	lightUp(state);
	for (const time of document.querySelectorAll("[data-time]")) time.textContent = /[\d:]+(?=[ap]m$)/.exec(state.clock)[0];
	element("stopped").hidden = !state.phones.sarah.stopped;
	element("call").setAttribute("aria-pressed", String(state.calling));
	element("call").textContent = state.calling ? "Hang up" : "Sarah calls";
	element("fail").setAttribute("aria-pressed", String(state.failing));
	element("fail").textContent = state.failing ? "The next text will fail" : "Make the next text fail";
	element("cancel").disabled = !state.invoice;
	element("cancel").textContent = state.invoice ? `Cancel invoice #${state.invoice}` : "Cancel the invoice";
}

/** Refresh for ever; a demo that was stopped is said once. */
async function poll() {
	let isGone = false;
	for (;;) {
		try {
			if (!document.hidden) await refresh();
			isGone = false;
		} catch {
			if (!isGone) say("The demo does not answer. Is it still running?", true);
			isGone = true;
		}
		await new Promise((resolve) => setTimeout(resolve, EVERY));
	}
}

/** The picture that the next text from a form takes along. */
const attached = new WeakMap();

/** Attach a picture to the next text, or none. */
function attach(form, picture) {
	const shown = form.querySelector(".attached");
	if (!shown) return;
	attached.set(form, picture);
	shown.hidden = !picture;
	form.querySelector(".attach").open = false;
	form.querySelector("input[type=file]").value = "";
	if (!picture) return;
	shown.querySelector("span").textContent = picture.name;
	const image = shown.querySelector("img");
	image.hidden = Boolean(picture.file);
	if (!picture.file) image.src = "/static/deck.jpg";
}

/** Send what a form says. */
async function submit(form) {
	const values = new FormData(form);
	const picture = attached.get(form);
	if (form.dataset.who) values.set("who", form.dataset.who);
	values.delete("picture");
	if (picture?.file) values.set("picture", picture.file);
	else if (picture) values.set("sample", "1");
	const button = form.querySelector(".send, button:not([type])");
	button.disabled = true;
	if (await perform(form.dataset.action, values)) {
		form.querySelector("[name=text]").value = "";
		attach(form, null);
	}
	button.disabled = false;
	form.querySelector("[name=text]").focus();
}

document.addEventListener("submit", (event) => {
	event.preventDefault();
	submit(event.target);
});

document.addEventListener("keydown", (event) => {
	const { target, key, shiftKey, isComposing } = event;
	if (key !== "Enter" || shiftKey || isComposing || !target.matches("textarea")) return;
	event.preventDefault();
	target.form.requestSubmit();
});

document.addEventListener("click", ({ target }) => {
	const button = target.closest("button");
	if (!button) {
		for (const open of document.querySelectorAll(".attach[open]")) if (!open.contains(target)) open.open = false;
		return;
	}
	const { action, to, say: words, who, fill, step } = button.dataset;
	if (action) {
		if (to === "night") putAway();
		perform(action, { ...(to && { to }), ...(step && { away: "1" }) });
	}
	else if (step === "photo") perform("text", { who, text: words, sample: "1" });
	else if (step === "answer") perform("text", { who, text: addressed(words) });
	else if (words) perform("text", { who, text: words });
	else if (fill) {
		const box = button.closest(".pane").querySelector("textarea");
		box.value = fill;
		box.focus();
	} else if ("sample" in button.dataset) attach(button.form, { name: "Photo of the new deck" });
	else if ("detach" in button.dataset) attach(button.form, null);
});

document.addEventListener("change", ({ target }) => {
	const file = target.matches("input[type=file]") && target.files[0];
	if (file) attach(target.form, { name: file.name, file });
});

poll();
