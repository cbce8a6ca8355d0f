"""An AST's own placements."""

from typing import Any

from astcoord.core.access import access
from astcoord.core.roles import Role
from placements.models import Placement
from placements.views.placement import PlacementRegister


@access(Role.AST)
class MyPlacements(PlacementRegister):
    """The AST's own, past and present."""

    title = "Your placements"
    few = 5

    def get_queryset(self) -> Any:
        return Placement.objects.filter(post__user=self.request.user).with_people()

    def get_table_kwargs(self) -> dict[str, Any]:
        """Every row would name the reader."""
        return {"exclude": ("ast",)}
