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
MAIL_HEADER_BYTES = 131_072
MAIL_FIELD_BYTES = 16_000
MAIL_PARTS = 300
MAIL_DEPTH = 20
MAIL_TEXT_BYTES = 300_000
MAIL_TEXT_LINES = 10_000
MAIL_ADDRESS_BYTES = 16_000
MAIL_RECIPIENTS = 100
MAIL_REFERENCES = 50
MAIL_WORDS = 2_000
MAIL_SUBJECT = 1_000
MAIL_RESULTS = 10
MAIL_RESULT_BYTES = 2_000
MAIL_REPORT_BYTES = 64_000
MAIL_REPORT_LINES = 200
MAIL_REPORT_LINE = 160
MAIL_DAYS_LATE = 5
MAIL_MINUTES_EARLY = 10

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
# Secret addresses in what comes in
SECRETS_IN_TEXT = 1000
