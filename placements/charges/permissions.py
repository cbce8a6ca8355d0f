"""Who reads what is charged (R-19.3): the office all of it, a headteacher what the own schools pay and receive."""

from astcoord.core.roles import OFFICE, Role

READERS = (*OFFICE, Role.HEADTEACHER)
