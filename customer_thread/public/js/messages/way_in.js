/** The page of a link: its token stands behind the #, where no server, proxy or scanner sees it. */

const incomplete = document.getElementById("incomplete");

if (incomplete) readToken(document.querySelector("form"));
// another link in the same tab: to a browser it is the same page, which it does not load
addEventListener("hashchange", () => (incomplete ? location.reload() : location.replace(`${location.pathname}?again${location.hash}`)));

/** Put the token into the form, and let its button be pressed: before, it would have sent none. */
function readToken(form) {
	const token = location.hash.slice(1);
	form.elements.token.value = token;
	if (!token) {
		form.hidden = true;
		incomplete.hidden = false;
	} else if (form.elements.look) {
		// somebody is signed in here: looking uses nothing up, and leads on whoever the link is for
		form.submit();
	} else {
		form.querySelector("button").disabled = false;
	}
}
