"""The account at the stand-in Twilio."""

import pytest
from gateways.conftest import ACCOUNT_SID, AUTH_TOKEN
from support.persons import BUSINESS

from customer_thread.service.settings import Settings
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn


@pytest.fixture
def settings(twilio: TwilioStandIn) -> Settings:
	"""Return the settings of a business with a number there."""
	return Settings(
		twilio_account_sid=ACCOUNT_SID,
		twilio_auth_token=AUTH_TOKEN,
		twilio_from_number=BUSINESS.phone,
		twilio_api_base=twilio.url,
	)
