"""Mails of many programs and languages, and words of people that look like a program's."""

import pytest

from customer_thread.domain.mail_words.split import split

ANSWER = "Thursday works for us.\n\nNora"
OLD = "Shall we start on Thursday?\nPaul"


@pytest.mark.parametrize("mark", ["", "> "])
@pytest.mark.parametrize(
	"announced",
	[
		"\u200eOn Thu, Sep 4, 2025 at 11:30\u202fAM Paul <p@b.example> wrote:\u200f",
		"On\u00a0Thu,\u00a0Sep\u00a04,\u00a02025\u00a0at\u00a011:30\u00a0AM\u00a0Paul\u00a0<p@b.example>\u00a0wrote:",
		"\u202bבתאריך יום ה׳, 4 בספט׳ 2025 ב-11:30 מאת \u202aPaul\u202c\u200f <\u202ap@b.example\u202c\u200f>:\u202c",
		"On Nov 21, 2025,\nat 10:18,\nPaul Stone\n<p@b.example>\nwrote:",
		"On Thu, Sep 4, 2025 at 11:30 AM\nPaul Stone <p@b.example> wrote:",
		"Quoting Paul Stone <p@b.example>:",
		"Zitat von Paul Stone <p@b.example>:",
		"Paul <p@b.example> 于2025年9月4日周四 11:30写道：",
		"Am 04.09.25 um 11:30 schrieb Paul <p@b.example>:",
		'------------------ Original ------------------\nFrom: "Paul" <p@b.example>;\nDate: Thu, Sep 4, 2025 11:30 AM',
		"Paul ---04.09.2025 11:30:12---Shall we start?\n\nFrom: Paul <p@b.example>\nTo: Nora\nDate: 04.09.2025 11:30",
		"От кого: Paul <p@b.example>\nКому: Nora\nДата: Четверг, 4 сентября 2025, 11:30 +03:00\nТема: Забор",
		"Από: Paul <p@b.example>\nΣτάλθηκε: Πέμπτη, 4 Σεπτεμβρίου 2025 11:30\nΠρος: Nora\nΘέμα: Φράχτης",
		"Von: Paul Gesendet: Donnerstag, 4. September 2025 11:30 An: Nora Betreff: Zaun",
		"From: Paul <p@b.example> Sent: Thursday, September 4, 2025 11:30 AM To: Nora Subject: Fence",
		"====\n\nFrom: Paul <p@b.example>\nSent: Thursday, September 4, 2025 11:30 AM\nTo: Nora",
		"- - - - - - - - - - - -\nDe : Paul <p@b.example>\nDate : 4 sept. 2025\nÀ : Nora\nObjet : Clôture",
		"Yahoo Mail: Search, Organize, Conquer\n\nOn Thu, Sep 4, 2025 at 11:30 AM, Paul<p@b.example> wrote:",
		'发自我的iPhone\n\n在 2025-09-04 11:30:12，"Paul" <p@b.example> 写道：',
	],
)
def test_what_announces_the_history(announced: str, mark: str) -> None:
	history = "\n".join(mark + line for line in OLD.split("\n"))
	assert split(f"{ANSWER}\n\n{announced}\n\n{history}") == (ANSWER, True)


@pytest.mark.parametrize(
	("body", "new"),
	[
		("Thursday 9:00 is fine\nPaul <p@b.example> wrote:\n> When?", "Thursday 9:00 is fine"),
		("We chose 3 June 2025\nPaul <p@b.example> wrote:\n> When?", "We chose 3 June 2025"),
		("Yes\n\nOn Thu, Sep 4, Paul Stone\n<p@b.example>\nwrote:\n> When?", "Yes"),
		("Ja\n\nAm 04.09.25 um 11:30 schrieb Paul\n\n> Wann?", "Ja"),
		("Yes\n\nOn Thu, Sep 4, 2025 at 11:30 AM, Paul<p@b.example> wrote:   When?\nPaul", "Yes"),
		("> On Sep 4, 2025, at 11:30, Paul <p@b.example> wrote:\n>\n> When?\n\nOn Thursday.", "On Thursday."),
		(
			"> Message du 04/09/25 11:30\n> De : Paul\n\nJeudi.",
			"> Message du 04/09/25 11:30\n> De : Paul\n\nJeudi.",
		),
	],
)
def test_the_answer_beside_it(body: str, new: str) -> None:
	assert split(body)[0] == new


@pytest.mark.parametrize(
	"words",
	[
		"Please pick these up.\n\nFrom: Miller's yard\nTo: our house\nSubject: to the weather\n\nThe code is 4411.",
		"Flight details\n\nFrom: Boston\nTo: Paris\nDate: June 3, 2025 9:00\n\nSo we are away.",
		"The parcel:\nFrom: tom@f.example\nSubject: boards\n\nis here.",
		"Warning: the dog bites.\nDo not come in from outside.\n\nNora",
		"Attention: external door sticks, and links of the chain are broken.\n\nNora",
		"My son-in-law wrote:\n\n> No oak.\n\nSo we take cedar.",
		"See what the city wrote:\n\n> No permit is needed.\n\nSo we can start.",
		"See what the city wrote on 3 June 2025 at 9:12:\n\n> No permit is needed.\n\nSo we can start.",
		"As Paul wrote on Sep 4, 2025 at 11:30:\n\nwe could take cedar.\n\nI agree.",
		"Please invoice:\n\nField Ltd, 12 Oak St, PO 2025, nora@f.example:\n\n40 boards",
		"This mail was checked by my husband, he has a virus and stays home.",
		"Do not print this.\n\nPlease consider printing the plan on A3, we want to see it.",
		"Hi\n\nTo unsubscribe my mother write to anna@f.example",
		"Ok\n\nGesendet von meiner Firma, bitte nicht öffnen",
		"Sent from my iPhone is what it says below all my mails, how do I stop that?",
	],
)
def test_a_persons_own_words_stay(words: str) -> None:
	assert split(words) == (words, False)


@pytest.mark.parametrize(
	"footer",
	[
		"Disclaimer\n\nThe information contained in this communication from the sender is confidential. It is intended solely"
		" for use by the recipient and others who may receive it.\n\nThis email has been scanned for viruses by Wall Ltd.",
		"--\nThis email has been checked for viruses by Wall antivirus software.\nwww.wall.example",
		"Virus-free.www.wall.example <https://www.wall.example/sig>\n<#DAB4FAD8>",
		"Virenfrei.www.wall.example <https://www.wall.example/sig>",
		"Please consider the environment before printing this e-mail.",
		"ᐧ",
		"====",
		"Holen Sie sich Outlook für iOS<https://x.example/o>",
		"Outlook für Android herunterladen<https://x.example/o>",
		"Envoyé depuis l'application Mail Orange",
		"Gesendet mit der GMX Mail App",
		"Sent from the all-new AOL app for Android",
		"Android 版 Outlook を入手<https://x.example/o>",
		"Odesláno z iPhonu",
		"Elküldve az iPhone-omról",
	],
)
def test_what_a_machine_wrote_below_is_left_out(footer: str) -> None:
	assert split(f"{ANSWER}\n\n{footer}") == (ANSWER, True)


def test_below_answers_between_quoted_lines_a_signature_is_left_out() -> None:
	inline = "On Thu, Sep 4, 2025 Paul wrote:\n> Which day?\n\nThursday.\n\n> Which gate?\n\nThe left."
	assert split(f"{inline}\n\n-- \nNora Field\n555 0100") == (inline, True)
