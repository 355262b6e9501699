/** The page where one asks for a link: what stands behind the # says which entry one was going to. */

const goal = document.getElementById("sign-in").elements["redirect-to"];

if (location.hash.length > 1 && !goal.value.includes("#")) goal.value += location.hash;
