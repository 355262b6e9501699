/** The Notification Settings page: each change is kept at once, and the device says in which zone it is. */

import { Refused, SignedOut, createHost, fill } from "./host.js";

const form = document.getElementById("settings");
const words = form.dataset;
const host = createHost(form);
const element = (id) => document.getElementById(id);
const [said, problem, zones, zoneName] = ["said", "problem", "zones", "zone"].map(element);
const { timezone } = form.elements;
/** what is being kept: one after the other, so that the last change is the last that is kept */
let keeping = useOwnZone();

element("save").hidden = true;
form.addEventListener("change", keep);
form.addEventListener("submit", (event) => {
	event.preventDefault();
	keep();
});
element("test")?.addEventListener("submit", (event) => {
	event.preventDefault();
	const { textTested } = event.target.dataset;
	keeping = keeping.then(() => attempt(element("tested"), textTested, host.testNotice));
});

/** Let quiet hours be by this device's clock; where it does not say by which, or the server knows no such zone, one is chosen. */
async function useOwnZone() {
	const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
	if (!own) return;
	try {
		if (own !== timezone.value) await host.savePreferences({ timezone: own });
	} catch {
		return;
	}
	if (![...timezone.options].some(({ value }) => value === own)) timezone.add(new Option(own, own));
	timezone.value = own;
	zones.hidden = true;
	zoneName.hidden = false;
	zoneName.textContent = fill(words.textZone, own.split("/").pop().replaceAll("_", " "));
}

/** Keep everything as it stands on the page, and say so. */
function keep() {
	keeping = keeping.then(post);
}

/** Send it once. */
function post() {
	return attempt(said, words.textSaved, () => host.savePreferences(chosen()));
}

/** Do something, and say in its place what came of it. */
async function attempt(place, sentence, act) {
	place.textContent = "";
	try {
		await act();
		problem.textContent = "";
		place.textContent = sentence;
	} catch (error) {
		problem.textContent = error instanceof SignedOut ? words.textSignedOut : error instanceof Refused ? error.message : words.textOffline;
	}
}

/** Return what stands on the page. */
function chosen() {
	const switches = [...form.querySelectorAll("input[type=checkbox][name]")].map(({ name, checked }) => [name, checked]);
	const { quiet_start, quiet_end } = form.elements;
	return { ...Object.fromEntries(switches), quiet_start: quiet_start.value, quiet_end: quiet_end.value, timezone: timezone.value };
}

document.addEventListener("click", ({ target }) => {
	for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false;
});
