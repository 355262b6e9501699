/** The page of a link: its token stands behind the #, where no server, proxy or scanner sees it. */

const form = document.querySelector("form");
const token = location.hash.slice(1);

form.elements.token.value = token;
if (!token) {
	form.hidden = true;
	document.getElementById("incomplete").hidden = false;
} else if (form.elements.look) {
	// somebody is signed in here: looking uses nothing up, and leads on whoever the link is for
	form.submit();
}
