/** A phone's texts. */

const NEAR = 40;
const shown = {};
const wasAtEnd = {};

/** Keep whoever reads the end there, also when the phone gets narrower or a picture has come. */
function stayAtEnd(who, screen) {
	let last = 0;
	wasAtEnd[who] = true;
	const keep = () => wasAtEnd[who] && (screen.scrollTop = screen.scrollHeight);
	screen.addEventListener("scroll", () => {
		const isNear = screen.scrollHeight - screen.scrollTop - screen.clientHeight < NEAR;
		// what grows below moves nobody; only who scrolls up wants to be there
		wasAtEnd[who] = isNear || (wasAtEnd[who] && screen.scrollTop >= last);
		last = screen.scrollTop;
	});
	const observer = new ResizeObserver(keep);
	observer.observe(screen);
	observer.observe(screen.firstElementChild);
}

/** Show a conversation; one who reads further up is left there. */
export function showPhone(who, texts) {
	const latest = JSON.stringify(texts);
	if (shown[who] === latest) return;
	shown[who] = latest;
	const list = document.querySelector(`[data-texts="${who}"]`);
	const screen = list.parentElement;
	if (!(who in wasAtEnd)) stayAtEnd(who, screen);
	const known = new Set([...list.querySelectorAll(".sms")].map(({ dataset }) => dataset.id));
	let day = "";
	const rows = [];
	for (const text of texts) {
		if (text.day !== day) rows.push(make("li", "day", text.day));
		day = text.day;
		const item = row(text);
		item.classList.toggle("new", known.size > 0 && !known.has(text.id));
		rows.push(item);
	}
	list.replaceChildren(...rows);
	if (wasAtEnd[who] || !known.size || texts.at(-1)?.mine) screen.scrollTop = screen.scrollHeight;
}

/** Return one text. */
function row(text) {
	const item = make("li", `sms${text.mine ? " mine" : ""}${text.lost ? " lost" : ""}`);
	item.dataset.id = text.id;
	for (const src of text.pictures) item.append(Object.assign(make("img"), { src, alt: "Picture", loading: "lazy" }));
	if (text.text) {
		const words = make("p");
		words.append(...linked(text.text));
		item.append(words);
	}
	item.append(make("time", "", text.lost ? `${text.time} · never arrived (${text.lost})` : text.time));
	return item;
}

/** Return words with their links, which open in the portal's pane. */
export function linked(words) {
	return words.split(/(https?:\/\/\S+)/).map((part, index) => {
		if (index % 2 === 0) return part;
		return Object.assign(make("a", "", part), { href: part, target: "portal" });
	});
}

/** Return an element. */
export function make(tag, className = "", textContent = "") {
	return Object.assign(document.createElement(tag), { className, textContent });
}
