/** The two mailboxes. */

import { linked, make } from "./phone.js";

const boxes = {};
for (const tab of document.querySelectorAll("[data-box]")) {
	const who = tab.dataset.box;
	const panel = document.getElementById(`box-${who}`);
	boxes[who] = {
		tab,
		panel,
		list: panel.querySelector(".letters"),
		letter: panel.querySelector(".letter"),
		letters: [],
		read: new Set(),
		shown: "",
	};
	tab.addEventListener("click", () => select(who));
	tab.addEventListener("keydown", ({ key }) => {
		if (key !== "ArrowLeft" && key !== "ArrowRight") return;
		const other = Object.keys(boxes).find((name) => name !== who);
		select(other);
		boxes[other].tab.focus();
	});
	panel.querySelector(".back").addEventListener("click", () => close(boxes[who]));
}
select(Object.keys(boxes)[0]);

/** Bring one mailbox to the front. */
function select(who) {
	for (const [name, { tab, panel }] of Object.entries(boxes)) {
		tab.setAttribute("aria-selected", String(name === who));
		tab.tabIndex = name === who ? 0 : -1;
		panel.hidden = name !== who;
	}
}

const pane = document.getElementById("mail-pane");

/** Show what a mailbox holds, newest first; the first mail of all unfolds it. */
export function showMail(who, letters) {
	const box = boxes[who];
	if (letters.length && !pane.classList.contains("any")) {
		pane.classList.add("any");
		pane.open = true;
		select(who);
	}
	const latest = JSON.stringify(letters);
	if (box.shown === latest) return;
	box.shown = latest;
	const wrote = letters.length > box.letters.length && letters.at(-1)?.mine;
	box.letters = letters;
	if (wrote) close(box);
	else refresh(box);
}

/** Draw the list and the number of unread mails. */
function refresh(box) {
	const isReading = !box.letter.hidden;
	box.list.replaceChildren(...box.letters.map((letter) => line(box, letter)).reverse());
	box.list.hidden = isReading || !box.letters.length;
	box.panel.querySelector(".empty").hidden = box.letters.length > 0;
	const unread = box.letters.filter(({ id, mine }) => !mine && !box.read.has(id)).length;
	const count = box.tab.querySelector(".count");
	count.hidden = !unread;
	count.textContent = unread ? String(unread) : "";
}

/** Return a mail's line in the list. */
function line(box, letter) {
	const button = make("button", letter.mine || box.read.has(letter.id) ? "" : "unread");
	button.type = "button";
	const who = make("span", "who");
	who.append(make("span", "", letter.mine ? `To: ${letter.to}` : letter.from), make("time", "", letter.time.split(" · ").at(-1)));
	button.append(who, make("span", "subject", letter.subject), make("span", "start", letter.start));
	button.addEventListener("click", () => open(box, letter));
	const item = make("li");
	item.append(button);
	return item;
}

/** Read one mail. */
function open(box, letter) {
	box.read.add(letter.id);
	const part = (selector) => box.letter.querySelector(selector);
	part("h3").textContent = letter.subject;
	part(".meta").textContent = letter.mine
		? `To ${letter.to} · ${letter.time}`
		: `From ${letter.from} · ${letter.time} · Reply-To ${letter.reply_to}`;
	part(".words").replaceChildren(...linked(letter.text));
	part(".files").hidden = !letter.files.length;
	part(".files").textContent = `Attached: ${letter.files.join(", ")}`;
	part("form").hidden = letter.mine;
	part("[name=letter]").value = letter.id;
	part("textarea").value = "";
	box.letter.hidden = false;
	refresh(box);
	part(".back").focus();
}

/** Go back to the list. */
function close(box) {
	box.letter.hidden = true;
	refresh(box);
}
