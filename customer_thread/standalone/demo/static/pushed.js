/** What Sarah's phone is notified of: it lies over her screen until it is tapped, or the next takes its place. */

const [banner, away] = ["pushed", "away"].map((id) => document.getElementById(id));
const portal = document.querySelector("iframe");
let known = null;

/** Close her portal, which would read at once whatever comes, until she opens it. */
export function putAway() {
	portal.src = "about:blank";
	portal.hidden = true;
	away.hidden = false;
}

/** Show her portal again. */
function open() {
	portal.hidden = false;
	away.hidden = true;
}

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

banner.addEventListener("click", () => {
	// the link itself leads the portal to the entry
	banner.hidden = true;
	open();
});
document.getElementById("open-portal").addEventListener("click", () => {
	portal.src = "/portal";
	open();
});
