"""The links of a customer are for staff who may see them; to others there is no such customer."""

from dataclasses import replace

from support.world import World

from customer_thread.service.desk.desk_calls import DESK
from customer_thread.service.sign_in.make_link import make_link


def test_whoever_may_not_see_a_customer_does_not_learn_that_there_is_one(world: World) -> None:
	world.set(public_url="https://mikes.example")
	thread = world.customer()
	world.do(lambda: make_link(world.ports, thread, str(thread["party"]), "Office", made_by="mike"))
	asked = DESK["sign_ins"].params({"customer": str(thread["party"])})
	unknown = DESK["sign_ins"].params({"customer": "CUST-99999"})
	assert len(DESK["sign_ins"].answer(world.ports, asked)) == 1

	ports = replace(world.ports, visible=lambda: "1 = 0")
	assert DESK["sign_ins"].answer(ports, asked) == DESK["sign_ins"].answer(ports, unknown) == []
