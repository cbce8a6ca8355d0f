from astcoord.core.models.bounces import BounceRead, Unreachable
from astcoord.core.models.documents import Document
from astcoord.core.models.heartbeat import Heartbeat
from astcoord.core.models.history import AuditEvent, Transition
from astcoord.core.models.loading import PendingUpload, RememberedColumns
from astcoord.core.models.messages import Arrived, Message, MessageAttachment, MessageStatus, RelayState
from astcoord.core.models.opening import StepLeft
from astcoord.core.models.policy import Policy
from astcoord.core.models.posted import Posted
from astcoord.core.models.records import Mismatch, RecordCheck
from astcoord.core.models.retention import RetentionFailure
from astcoord.core.models.saved_views import SavedView
from astcoord.core.models.tries import Tries

__all__ = [
    "Arrived",
    "AuditEvent",
    "BounceRead",
    "Document",
    "Heartbeat",
    "Message",
    "MessageAttachment",
    "MessageStatus",
    "Mismatch",
    "PendingUpload",
    "Policy",
    "Posted",
    "RecordCheck",
    "RelayState",
    "RememberedColumns",
    "RetentionFailure",
    "SavedView",
    "StepLeft",
    "Transition",
    "Tries",
    "Unreachable",
]
