from staff.secondments.models.money import GrantStatement
from staff.secondments.models.proposals import Proposal, SecondmentRound
from staff.secondments.models.running import PreparationStep, Secondment

__all__ = ["GrantStatement", "PreparationStep", "Proposal", "Secondment", "SecondmentRound"]
