"""A letter by mail (电子邮件送达): what goes out, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from schemas.base import Frozen

Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
"""A mail address in plain letters, as mail servers in use here take it."""


class Attachment(Frozen):
    name: str
    content: bytes


class MailLetter(Frozen):
    """One mail to one address, so that each addressee's fate is known by itself. `id` is the same at every attempt."""

    id: str
    to: Address
    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


class QueuedMail(Frozen):
    """A mail before it is put together: its attachments are papers in the outbox, read when it is sent."""

    to: Address
    addressee: str
    """Whose address it is, as the roster says."""
    subject: str
    text: str
    round: int | None = None
    """The audit round that the papers are about; None where they are about none."""
    papers: tuple[str, ...]
    """Paths below the outbox, with `/`."""
    cases: tuple[str, ...] = ()
    """The numbers of the cases that it is about, where it is not about one that has been audited."""


class MailState(StrEnum):
    """How far a mail has come (发送状态)."""

    WAITING = "waiting"
    SENDING = "sending"
    """Handed to the server, and no answer is known yet: what stands so after a crash is doubtful."""
    SENT = "sent"
    REFUSED = "refused"
    """The server will not take it, now or later: a person has to look at the address."""
    DOUBTFUL = "doubtful"
    """It may have arrived: never sent again by itself."""
    WITHDRAWN = "withdrawn"


UNSETTLED_MAIL = (MailState.WAITING, MailState.SENDING, MailState.REFUSED, MailState.DOUBTFUL)
"""In these states something is still to be done, by the program or by a person."""

MAIL_STATE_TITLES: dict[MailState, str] = {
    MailState.WAITING: "待发送",
    MailState.SENDING: "发送中",
    MailState.SENT: "已发送",
    MailState.REFUSED: "被拒收",
    MailState.DOUBTFUL: "是否送达待核实",
    MailState.WITHDRAWN: "已撤回",
}


class MailResult(Frozen):
    """What became of one attempt. WAITING: it may be tried again later."""

    state: MailState
    reason: str = ""
    """A Chinese sentence where it was not simply sent."""
