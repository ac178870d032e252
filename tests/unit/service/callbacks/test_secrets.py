"""How whoever is called back can tell that it was us."""

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from api.clock import utc_now
from service.callbacks.secrets import SecretUnusableError, Signer, new_secret

BODY = b'{"type": "plan.done"}'
NOW = utc_now()


def test_somebody_elses_library_takes_our_signature_and_no_other_tenants() -> None:
    signer = Signer.of(new_secret())
    headers = signer.headers("us", "msg_1", NOW, BODY)
    (ours,), (theirs,) = signer.secrets_of("us"), signer.secrets_of("them")

    assert {"type": "plan.done"} == Webhook(ours).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(theirs).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(ours).verify(BODY + b" ", headers)


def test_while_one_secret_takes_the_place_of_another_both_are_good() -> None:
    old, new = new_secret(), new_secret()
    headers = Signer.of(f"{new} {old}").headers("us", "msg_1", NOW, BODY)

    for secret in (old, new):
        Webhook(Signer.of(secret).secrets_of("us")[0]).verify(BODY, headers)


@pytest.mark.parametrize("said", ["", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_" + "!" * 40, "A" * 40])
def test_what_is_no_secret_is_refused(said: str) -> None:
    with pytest.raises(SecretUnusableError, match="new-secret"):
        Signer.of(said)
