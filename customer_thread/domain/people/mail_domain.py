"""The domain of a mail address, as far as it says whose it is."""

#: where anybody has an address, by what stands before the first dot: gmail.com, yahoo.co.uk, outlook.de
_ANYBODYS = {
	*("gmail", "googlemail", "yahoo", "ymail", "rocketmail", "outlook", "hotmail", "live", "msn", "passport"),
	*(
		"icloud",
		"me",
		"mac",
		"aol",
		"aim",
		"proton",
		"protonmail",
		"pm",
		"gmx",
		"web",
		"mail",
		"email",
		"zoho",
	),
	*("yandex", "hey", "fastmail", "tutanota", "tuta", "posteo", "mailbox", "t-online", "freenet", "arcor"),
	*(
		"comcast",
		"xfinity",
		"verizon",
		"att",
		"sbcglobal",
		"bellsouth",
		"pacbell",
		"cox",
		"charter",
		"spectrum",
	),
	*("earthlink", "juno", "netzero", "frontier", "frontiernet", "windstream", "centurylink", "optonline"),
	*("roadrunner", "rr", "suddenlink", "mediacom", "mchsi", "shaw", "rogers", "sympatico", "bell", "telus"),
	*("videotron", "btinternet", "sky", "talktalk", "virginmedia", "ntlworld", "orange", "wanadoo", "free"),
	*("laposte", "sfr", "libero", "tiscali", "virgilio", "alice", "terra", "uol", "bol", "qq", "163", "126"),
	*(
		"sina",
		"naver",
		"daum",
		"hanmail",
		"rediffmail",
		"bigpond",
		"optusnet",
		"prodigy",
		"duck",
		"privaterelay",
	),
	*("mailinator", "guerrillamail", "yopmail"),
}


def mail_domain(address: str) -> str:
	"""Return what stands behind the @ of an address, in lower case."""
	return address.rpartition("@")[2].lower()


def own_domain(address: str) -> str:
	"""Return the domain of an address that belongs to a firm or a family; empty where anybody can have one."""
	domain = mail_domain(address)
	return "" if domain.partition(".")[0] in _ANYBODYS or domain.endswith(".appleid.com") else domain
