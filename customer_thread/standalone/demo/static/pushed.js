/** What Sarah's phone is notified of: it lies over her screen until it is tapped, or the next takes its place. */

const banner = document.getElementById("pushed");
let known = null;

/** Show the newest, if it is new since this page was opened. */
export function showPushed(pushed) {
	const isNew = known !== null && pushed.length > known;
	known = pushed.length;
	if (!isNew) return;
	const { title, body, href } = pushed.at(-1);
	banner.querySelector("strong").textContent = title;
	banner.querySelector("span").textContent = body;
	banner.href = href;
	banner.hidden = false;
	banner.classList.remove("buzzing");
	// so that a second one buzzes too
	void banner.offsetWidth;
	banner.classList.add("buzzing");
}

banner.addEventListener("click", () => (banner.hidden = true));
