"""Bayeux: the messages, and answers of every shape."""

from typing import Any

import pytest

from podio import _bayeux, errors
from podio._bayeux import Advice, Delivery


def test_the_messages_are_those_of_the_protocol() -> None:
    assert _bayeux.handshake() == {
        "channel": "/meta/handshake",
        "version": "1.0",
        "supportedConnectionTypes": ["long-polling", "cross-origin-long-polling"],
    }
    assert _bayeux.connect("c") == {"channel": "/meta/connect", "clientId": "c", "connectionType": "long-polling"}
    assert _bayeux.connect("c", at_most=2.5)["advice"] == {"timeout": 2500}
    assert _bayeux.subscribe("c", "/item/1", {"private_pub_signature": "s"}) == {
        "channel": "/meta/subscribe",
        "clientId": "c",
        "subscription": "/item/1",
        "ext": {"private_pub_signature": "s"},
    }
    assert _bayeux.unsubscribe("c", "/item/1")["subscription"] == "/item/1"
    assert _bayeux.disconnect("c") == {"channel": "/meta/disconnect", "clientId": "c"}
    assert [message["id"] for message in _bayeux.numbered([{}, {}], 7)] == ["7", "8"]


def test_an_answer_holds_replies_events_and_advice() -> None:
    answer = _bayeux.read_answer(
        [
            {"channel": "/item/1", "data": {"event": "update"}},
            {
                "channel": "/meta/connect",
                "successful": True,
                "clientId": "c",
                "advice": {"reconnect": "retry", "interval": 1500, "timeout": 45000},
            },
            {"channel": "/item/1", "data": None},
            {"channel": "/item/1", "successful": True},
        ],
        Advice(),
    )
    assert answer.deliveries == (
        Delivery(channel="/item/1", data={"event": "update"}),
        Delivery(channel="/item/1", data=None),
    )
    reply = answer.reply_on(_bayeux.CONNECT)
    assert (reply.successful, reply.client_id, reply.error) == (True, "c", "")
    assert answer.advice == Advice(reconnect="retry", interval=1.5, timeout=45)
    with pytest.raises(errors.InvalidResponse):
        answer.reply_on(_bayeux.HANDSHAKE)


def test_one_message_without_a_list_is_an_answer_too() -> None:
    answer = _bayeux.read_answer({"channel": "/meta/handshake", "successful": False, "error": "no"}, Advice())
    assert answer.replies[0].error == "no"


@pytest.mark.parametrize("value", [None, "text", 5, [None], [[]], [{}], [{"channel": 1}], {"error": "x"}])
def test_what_is_not_bayeux_is_an_error(value: Any) -> None:
    with pytest.raises(errors.InvalidResponse):
        _bayeux.read_answer(value, Advice())


@pytest.mark.parametrize(
    ("raw", "advice"),
    [
        (None, Advice()),
        ([], Advice()),
        ({}, Advice()),
        ({"reconnect": "later"}, Advice()),
        ({"reconnect": ["none"]}, Advice()),
        ({"reconnect": "none"}, Advice(reconnect="none")),
        ({"interval": -1, "timeout": "5"}, Advice()),
        ({"interval": True, "timeout": float("nan")}, Advice()),
        ({"interval": 10**400, "timeout": float("inf")}, Advice(interval=600, timeout=600)),
    ],
)
def test_advice_that_does_not_fit_is_passed_over(raw: Any, advice: Advice) -> None:
    assert Advice().updated(raw) == advice


def test_a_client_id_is_not_shown() -> None:
    reply = _bayeux.read_answer({"channel": "/meta/handshake", "clientId": "canary"}, Advice()).replies[0]
    assert "canary" not in repr(reply)
