"""The decision on the subsidy (补贴发放意见) that follows from the findings."""

from __future__ import annotations

from schemas.report import Certainty, Decision, Effect, Finding, Subsidy


def subsidy_decision(findings: tuple[Finding, ...]) -> Subsidy:
    """Blocked if a certain finding blocks, else undetermined if an uncertain one would, else payable."""
    blocking = tuple(finding.id for finding in findings if _blocks(finding, Certainty.CERTAIN))
    open_ = tuple(finding.id for finding in findings if _blocks(finding, Certainty.UNCERTAIN))
    decision = Decision.BLOCKED if blocking else Decision.UNDETERMINED if open_ else Decision.PAYABLE
    return Subsidy(decision=decision, blocking=blocking, undetermined=open_)


def _blocks(finding: Finding, state: Certainty) -> bool:
    return finding.effect is Effect.BLOCKS and finding.state is state
