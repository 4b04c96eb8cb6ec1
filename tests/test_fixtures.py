"""What tests/conftest.py promises to the other tests."""

import smtplib
import socket

import pytest
from django.core.mail import send_mail


def test_the_sink_keeps_the_mail_that_really_left(smtp_sink):
    send_mail("Votre vote", "« Écologie »", "portal@fabrique.example", ["someone@fabrique.example"])

    (message,) = smtp_sink.messages
    assert (message["Subject"], message["To"]) == ("Votre vote", "someone@fabrique.example")
    assert message.get_content().strip() == "« Écologie »"


def test_the_sink_refuses_when_told(smtp_sink):
    smtp_sink.answer = "451 later"

    with pytest.raises(smtplib.SMTPDataError, match="later"):
        send_mail("Votre vote", "", "portal@fabrique.example", ["someone@fabrique.example"])

    assert smtp_sink.messages == []


def test_no_test_leaves_this_machine():
    with pytest.raises(UserWarning, match="tried to use socket.socket.connect"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
