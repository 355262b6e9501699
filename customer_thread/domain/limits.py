"""What each way in may cost. docs/limits.md says of each what happens beyond it; a test compares the two.

Bytes are bytes, times are seconds unless the name says otherwise, rates are (how many, in how many seconds).
"""

# A request
CALL_BODY_BYTES = 1_000_000
PAGE_ENTRIES = 100
SEARCH_CHARACTERS = 200
MESSAGE_CHARACTERS = 20_000

# A mail
MAIL_BYTES = 30_000_000
MAIL_ATTACHMENTS = 25

# A picture or file of a text
TEXT_ATTACHMENTS = 10
ATTACHMENT_BYTES = 16 * 1024 * 1024
ATTACHMENT_CONNECT_SECONDS = 10
ATTACHMENT_SECONDS = 60

# A provider
TWILIO_SECONDS = 10
SMTP_SECONDS = 20

# A setting that is read from a file or from standard input
SETTING_BYTES = 10_000
