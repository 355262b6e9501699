"""What is new in a mail, and what was there before."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customer_thread.domain.mail_words.lines import tidy
from customer_thread.domain.mail_words.split import split

LINES = [
	"new",
	"> old",
	"",
	"On x wrote:",
	"-- ",
	"From: a@b.example",
	"Sent: 5 June 9:00",
	"-----",
	"| x",
	"13.05.2026, 8:02, Mike <m@x.example>:",
	"-----Original Message-----",
	"Sent from my iPhone",
]
OLD = "> Hi Sarah,\n> the crew comes on Thursday.\n"


@pytest.mark.parametrize(
	"header",
	[
		"On Tue, May 13, 2026 at 8:02 AM Mike <m@x.example> wrote:",
		"On Tue, May 13, 2026 at 8:02 AM Mike's Contracting and Sons\n<office@x.example> wrote:",
		"On 13.05.2026 08:02, Mike wrote:",
		"Am 13.05.26 um 08:02 schrieb Mike:",
		"Am Di., 13. Mai 2026 um 08:02 Uhr schrieb Mike <\noffice@x.example>:",
		"El mar, 13 may 2026 a las 8:02, Mike (<m@x.example>) escribió:",
		"El mar, 13 may 2026 a las 8:02, Mike's Contracting (<\noffice@x.example>) escribió:",
		"Le mar. 13 mai 2026 à 08:02, Mike <m@x.example> a écrit :",
		"Il giorno mar 13 mag 2026 alle ore 08:02 Mike <m@x.example> ha scritto:",
		"Op di 13 mei 2026 om 08:02 schreef Mike <m@x.example>:",
		"W dniu 13.05.2026 o 08:02, Mike pisze:",
		"2026年5月13日(火) 8:02 Mike <m@x.example>:",
		"-----Original Message-----",
		"*-------- Mensaje original --------*",
		"---- Mike wrote ----",
		"Mike <m@x.example> wrote:",
		"On Tue, 13 May 2026 08:02:00 -0400 Mike <m@x.example> wrote",
		"---- On Tue, 13 May 2026 08:02:00 -0400 m@x.example wrote ----",
		"2026-05-13 8:02 GMT-04:00 Mike <m@x.example>:",
		"2026-05-13 8:02 GMT-04:00 Mike",
		'13.05.2026, 08:02, "Mike" <m@x.example>:',
		'8:02 AM, May 13, 2026, "Mike" <m@x.example>:',
		"2026/5/13 Mike <m@x.example>",
		"Em 13 de maio de 2026 às 08:02:00, Mike (\nm@x.example) escreveu:",
		"W dniu 2026-05-13 08:02:00 użytkownik Mike <m@x.example> napisał:",
		'In data 13 maggio 2026 08:02:00 "Mike" <m@x.example> ha scritto:',
		"Op 13 mei 2026, om 08:02 heeft Mike <m@x.example> het volgende geschreven:",
		"Den 13 maj 2026 08:02:00, Mike (m@x.example) skrev:",
		"tir. 13. maj 2026 kl. 08.02 skrev Mike <m@x.example>:",
		"ti 13. toukokuuta 2026 klo 8.02 Mike\n<m@x.example> kirjoitti:",
		"út 13. 5. 2026 v 8:02 odesílatel Mike <m@x.example> napsal:",
		"Mike <m@x.example> ezt írta (időpont: 2026. máj. 13., Sze, 8:02):",
		"Mike <m@x.example>, 13 May 2026 Sal, 08:02 tarihinde şunu yazdı:",
		"вт, 13 мая 2026 г. в 08:02, Mike <m@x.example>:",
		"13 мая 2026 г., 08:02, пользователь Mike <m@x.example> написал:",
		"2026년 5월 13일 (화) 오전 8:02, Mike <m@x.example>님이 작성:",
		"Mike <m@x.example> 于2026年5月13日周二 08:02写道：",
		"Mike <m@x.example> schrieb am Di., 13.\nMai 2026 um 08:02 Uhr:",
		'Le 13 mai 2026 08:02, "Mike, Terrasses et Clôtures"\n<m@x.example>\na écrit :',
	],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_words_above_a_quote_are_new(header: str, gap: str) -> None:
	assert split(f"Yes, please.\n\nSarah\n\n{header}{gap}{OLD}") == ("Yes, please.\n\nSarah", True)
	assert split(f"Yes, please.\nThe key is under the pot.\n{header}{gap}{OLD}") == (
		"Yes, please.\nThe key is under the pot.",
		True,
	)


@pytest.mark.parametrize(
	"header",
	[
		"From: Mike <m@x.example>\nSent: Tuesday, May 13, 2026 8:02 AM\nTo: Sarah\nSubject: Deck",
		"Von: Mike <m@x.example>\nGesendet: Dienstag, 13. Mai 2026 08:02\nAn: Sarah\nBetreff: Deck",
		"________________________________\nFrom: Mike <m@x.example>\nSent: Tuesday\nTo: Sarah\nSubject: Deck",
		"-----Original Message-----\nFrom: Mike\nSent: Tuesday\nTo: Sarah",
		"From: Mike <m@x.example>\nReply-To: Mike <m+1@x.example>\nDate: May 13, 2026\nTo: Sarah\nSubject: Deck",
		"From: Mike of the Deck, Fence and Pergola Company\n<m@x.example>\nSent: Tuesday 8:02\nSubject: Deck",
		"De : Mike <m@x.example>\nEnvoyé le : mardi 13 mai 2026 08:02\nÀ : Sarah\nObjet : Terrasse",
		'Message du : 13/05/2026 08:02\nDe : "Mike" <m@x.example>\nA : s@x.example\nCopie à :\nSujet : Terrasse',
		"Da: Mike <m@x.example>\nRisposta: Mike <m+1@x.example>\nData: 13 maggio 2026\nA: Sarah\nOggetto: Terrazza",
		"*From:* Mike <m@x.example>\n*Sent:* Tuesday, May 13, 2026 8:02 AM\n*To:* Sarah\n*Subject:* Deck",
		"-----Ursprüngliche Nachricht-----",
		"On Tue, May 13, 2026 at 8:02 AM Mike <m@x.example> wrote:",
		"13.05.2026, 08:02, Mike <m@x.example>:",
	],
)
def test_history_without_marks_ends_with_the_mail(header: str) -> None:
	history = f"{header}\n\nHi Sarah\n> even older\nand an old answer"
	assert split(f"Yes, please.\n\n{history}") == ("Yes, please.", True)


def test_a_quote_needs_no_header() -> None:
	assert split(f"Yes, please.\n{OLD}") == ("Yes, please.", True)


@pytest.mark.parametrize(
	"body",
	[
		"> Which stain?\nOak 17\n> And when?\nThursday",
		"See below.\n\nOn Tue, May 13, 2026 Mike wrote:\n> Which stain?\nOak 17\n\n> And when?\nThursday\n> Mike",
		"This is from his offer:\n\n> 2400 with labour\n\nIs that right?",
	],
)
def test_answers_between_quoted_lines_keep_the_whole(body: str) -> None:
	assert split(body) == (body, False)


@pytest.mark.parametrize("above", ["", "Good question.\n\n"])
def test_an_answer_below_the_only_quote_is_new(above: str) -> None:
	body = f"{above}On Tue, May 13, 2026 at 8:02 AM Mike wrote:\n> Which stain?\n\nOak 17\n\nSarah"
	assert split(body) == (f"{above}Oak 17\n\nSarah", True)


@pytest.mark.parametrize(
	"footer",
	[
		"_______________________________________________\nOak Street list\noak@lists.example\nhttps://lists.example/oak",
		"This e-mail is confidential and intended only for the addressee.",
		"You received this message because you follow Oak Street.\nTo unsubscribe: https://lists.example/stop",
		"-- \nSarah Lee\n12 Oak St",
		"Sent from my iPad",
	],
)
def test_what_machines_write_below_a_quote_is_not_new(footer: str) -> None:
	body = f"Yes, please.\n\nOn Tue, May 13, 2026 at 8:02 AM Mike wrote:\n{OLD}\n{footer}"
	assert split(body) == ("Yes, please.", True)


def test_a_quoted_line_that_lost_its_mark_when_it_was_wrapped_is_no_answer() -> None:
	long = "> We can come on Thursday in the morning, or would you like another day of the"
	body = f"Yes, please.\n\nOn Tue, May 13, 2026 at 8:02 AM Mike wrote:\n{long}\nsame week?\n> Mike"
	assert split(body) == ("Yes, please.", True)


def test_lines_behind_bars_are_quoted_below_an_attribution_only() -> None:
	bars = "| Which stain?\n| Mike"
	assert split(f"Oak 17.\n\n13.05.2026, 8:02, Mike <m@x.example>:\n\n{bars}") == ("Oak 17.", True)
	assert split(f"These are the sizes\n\n{bars}") == (f"These are the sizes\n\n{bars}", False)


@pytest.mark.parametrize(
	"body",
	[
		OLD.strip(),
		f"On Tue, May 13, 2026 Mike wrote:\n{OLD}".strip(),
		"Sent from my iPhone",
		"-- \nSarah",
		"",
	],
)
def test_where_nothing_is_new_the_whole_is_shown(body: str) -> None:
	assert split(body) == (tidy(body), False)


@pytest.mark.parametrize(
	"device",
	[
		"Sent from my iPhone",
		"Sent from my T-Mobile 5G Device",
		"Sent from Yahoo Mail for iPhone",
		"Sent from Outlook for Android",
		"Get Outlook for iOS",
		"Gesendet von meinem Samsung Galaxy",
		"Von meinem iPhone gesendet",
		"Enviado desde mi iPhone",
		"Envoyé de mon iPhone",
		"Inviato da iPhone",
		"Verzonden vanaf mijn iPhone",
		"Sent from my iPhone. Please excuse any typos.",
		"Sent from QuickApp<https://x.example/r>",
		"Sent with Pigeon Mail",
		"Envoyé à partir de Outlook pour Android<https://x.example/r>",
		"Sendt fra min iPhone",
		"Skickat från min iPad",
		"Lähetetty iPhonesta",
		"Отправлено с iPhone",
		"iPhoneから送信",
	],
)
def test_what_a_device_says_is_not_said_by_its_owner(device: str) -> None:
	assert split(f"Yes, please.\n\n{device}") == ("Yes, please.", True)
	assert split(f"Yes, please.\n\n{device}\n\n{OLD}") == ("Yes, please.", True)
	assert split(f"Yes, please.\n\n{OLD}\n{device}") == ("Yes, please.", True)


def test_a_signature_below_its_mark_is_left_out() -> None:
	assert split("Yes, please.\n\n-- \nSarah Lee\n12 Oak St") == ("Yes, please.", True)


@pytest.mark.parametrize(
	"body",
	[
		"Yes, please.\n\nBest regards\nSarah",
		"Sent from the county office yesterday: the permit",
		"I sent it.\nSent from the shop on Tuesday",
		"- one\n- two\n- three",
		"a\n--\nb\n--\nc",
		"On Thursday we are away.\nOn Friday we are not.",
		"Can you write down what you need:\nboards\nscrews",
		"From: the gate to the house.",
		"Prices > $100 are fine\nx > y",
		"Total\n-----\n$4,200",
		"These are our 3 choices, the rest is up to you:\nred\nblue",
		"From: the front gate\nTo: the old oak\n\nIt should be six feet high.",
		"From: 12 Oak Street\nTo: 4 Elm Street\nDate: the second week of June\n\nCan you move the shed?",
		"The gate will not close.\n\nSent from my neighbour's porch, because ours is flooded.",
		"I sent it to office@x.example on 13 May 2026.\nDid it arrive?",
		"Please write by 13 May 2026 to s@x.example:\nshe has the key.",
	],
)
def test_a_persons_own_words_stay(body: str) -> None:
	assert split(body) == (body, False)


@given(st.lists(st.sampled_from(LINES) | st.text()))
@example(["13.05.2026, 8:02, Mike <m@x.example>:", "| x", "new", "> old", "new"])
def test_the_new_words_are_always_some_of_the_whole(lines: list[str]) -> None:
	body = "\n".join(lines).replace("\r", "")
	text, left_out = split(body)
	whole = tidy(body)
	assert all(line in whole for line in text.split("\n"))
	assert left_out is (text != whole)
	assert bool(text) is bool(whole)
