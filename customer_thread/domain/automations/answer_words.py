"""The words by which customers answer a message that asked, a table a language.

All as `words.fold` gives them: in small letters and without accents. What is not here is no answer.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswerWords:
	"""One language's words; several in a row with blanks between them."""

	#: each says yes to that very question, whatever was said since
	confirm: tuple[str, ...]
	#: each says yes to whatever was asked last
	yes: tuple[str, ...]
	#: each says yes where something was asked, and "I have read it" where nothing was
	fine: tuple[str, ...]
	#: may stand beside a yes, and says nothing by itself
	polite: tuple[str, ...]
	#: patterns of what says that they will not be there
	cancel: tuple[str, ...]
	#: patterns of what asks for another time
	reschedule: tuple[str, ...]


ENGLISH = AnswerWords(
	confirm=(
		*("c", "confirm", "confirmed", "confirming", "comfirm", "comfirmed", "confrim"),
		*("i confirm", "we confirm"),
		*("confirm appointment", "confirm my appointment"),
	),
	yes=(
		*("yes", "y", "yep", "yeah", "yea", "yup", "yess"),
		*("of course", "absolutely", "definitely", "affirmative"),
	),
	fine=("sure", "ok", "okay", "okey", "k", "kk"),
	polite=(
		*("thanks", "thank you", "thank u", "thanks so much", "thank you so much"),
		*("many thanks", "thx", "ty"),
		*("please", "pls", "see you", "see you then", "see you there", "see you soon", "see you tomorrow"),
		*("see ya", "see u", "see u then", "see ya then", "see u tomorrow", "see ya tomorrow"),
		*("sounds good", "that works", "that works for me", "works for me", "that's fine", "thats fine"),
		*("perfect", "great", "good", "awesome", "will do", "hi", "hello", "hey", "good morning"),
		*("cheers", "regards", "best regards", "kind regards", "best", "have a good day", "have a great day"),
	),
	cancel=(
		r"cancel(?:ing|ling)?",
		r"(?:can'?t|cannot|can not|won'?t|will not|unable to|(?:not|won'?t be) able to) make (?:it|that|this|the|our|my|tomorrow|today)",
		r"(?:can'?t|cannot|can not|unable to|(?:not|won'?t be) able to) (?:come|be there|be home|do (?:it|this|that|tomorrow|today))",
		r"(?:won'?t|will not) be (?:there|home|coming)",
		r"call(?:ing)? (?:it|this|that) off",
	),
	reschedule=(
		r"re-? ?schedul(?:e|ing)",
		r"(?:another|different|some other) (?:day|time|date)",
		r"(?:move|push|change|postpone) (?:it|this|that|(?:the|my|our) (?:appointment|visit|date|day|time))",
		r"postpone|rain ?check",
		r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|that (?:day|time)|morning|afternoon)"
		r" (?:doesn'?t|does not|won'?t|will not|isn'?t going to) work",
	),
)
SPANISH = AnswerWords(
	confirm=("confirmo", "confirmado", "confirmada", "confirmamos", "lo confirmo"),
	yes=("si", "claro", "claro que si", "por supuesto"),
	fine=("vale", "de acuerdo"),
	polite=(
		*(
			"gracias",
			"muchas gracias",
			"por favor",
			"hasta luego",
			"hasta manana",
			"nos vemos",
			"ahi nos vemos",
		),
		*("nos vemos manana", "perfecto", "muy bien", "esta bien", "hola", "buenos dias", "saludos"),
	),
	cancel=(
		r"cancel(?:ar|arla|arlo|o|e|a)",
		r"no (?:voy a |vamos a )?(?:puedo|podre|podremos|podemos|poder) (?:ir|venir|llegar|estar|asistir)",
	),
	reschedule=(
		r"otr[oa] (?:dia|hora|fecha|momento)",
		r"cambiar (?:la|mi|el) (?:cita|fecha|hora|dia|visita)",
		r"reprogramar(?:la)?|reagendar(?:la)?|posponer(?:la)?|aplazar(?:la)?",
	),
)
FRENCH = AnswerWords(
	confirm=("je confirme", "confirme", "confirmee", "nous confirmons"),
	yes=("oui", "bien sur"),
	fine=("d'accord", "entendu"),
	polite=(
		*(
			"merci",
			"merci beaucoup",
			"s'il vous plait",
			"svp",
			"a demain",
			"a bientot",
			"parfait",
			"tres bien",
		),
		*("bonjour", "bonne journee", "cordialement", "c'est bon"),
	),
	cancel=(
		r"(?<!n')annul(?:er|e|ons)",
		r"(?:ne )?(?:peux|pourrai|pouvons|pourrons) pas (?:venir|etre la|etre present)",
	),
	reschedule=(
		r"un autre (?:jour|moment)|une autre (?:date|heure)",
		r"reporter|decaler|changer (?:la date|l'heure|le rendez-vous|de date|d'heure)",
	),
)
GERMAN = AnswerWords(
	confirm=("bestatigt", "bestatige", "ich bestatige", "wir bestatigen", "hiermit bestatigt"),
	yes=("ja", "jawohl", "einverstanden"),
	fine=("passt", "in ordnung", "geht klar", "alles klar"),
	polite=(
		*("danke", "vielen dank", "danke schon", "bitte", "gerne", "bis dann", "bis morgen", "bis bald"),
		*(
			"super",
			"prima",
			"gut",
			"hallo",
			"guten morgen",
			"gruss",
			"viele grusse",
			"mit freundlichen grussen",
		),
	),
	cancel=(
		r"absag(?:en|e)|stornier(?:en|e)",
		r"(?:kann|konnen) (?:leider )?nicht (?:kommen|da sein|dabei sein)",
		r"schaff(?:e|en) (?:es|das) (?:leider )?nicht",
	),
	reschedule=(
		r"verschieb(?:en|e)",
		r"ander(?:er|en|es) (?:tag|termin|zeitpunkt|datum)|andere (?:zeit|uhrzeit)",
	),
)
PORTUGUESE = AnswerWords(
	confirm=("eu confirmo",),
	yes=("sim", "claro que sim"),
	fine=("combinado", "esta bem", "tudo certo"),
	polite=(
		*("obrigado", "obrigada", "muito obrigado", "muito obrigada", "ate amanha", "ate la", "ate logo"),
		*("perfeito", "ola", "oi", "bom dia"),
	),
	cancel=(
		r"desmarcar",
		r"nao (?:vou |vamos )?(?:posso|poderei|podemos|poder|conseguir|consigo) (?:ir|vir|estar|comparecer)",
	),
	reschedule=(
		r"outro (?:dia|horario|momento)|outra (?:data|hora)",
		r"remarcar|adiar|mudar (?:o dia|o horario|a data|a hora)",
	),
)
#: those whose words we know; a new one is a table and its place here
LANGUAGES = (ENGLISH, SPANISH, FRENCH, GERMAN, PORTUGUESE)

#: thumbs up, an OK hand, ticks, OK in a square: fine
YES_EMOJI = "\U0001f44d\U0001f44c\u2705\u2714\u2611\U0001f197"
#: smiles, folded hands, hearts, a wave and the like
POLITE_EMOJI = "\U0001f600\U0001f601\U0001f603\U0001f604\U0001f60a\U0001f60e\U0001f642\U0001f64f\U0001f44b\U0001f389\U0001f970\u263a\u2764"
