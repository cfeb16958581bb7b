"""What is remembered: typed tables, one thing per file."""

from models.agency import Agency
from models.area import Area
from models.base import Base
from models.dimension import Dimension
from models.event import Event
from models.finding import Finding
from models.framework import FrameworkItem
from models.invitation import Invitation
from models.mission import Mission
from models.person import Person, Role
from models.plan_version import PlanVersion
from models.point import Point
from models.reading import Reading
from models.round import Round
from models.run import Run
from models.submission import Submission
from models.term import Term
from models.theme import Theme
from models.topic import Topic

__all__ = [
    "Agency",
    "Area",
    "Base",
    "Dimension",
    "Event",
    "Finding",
    "FrameworkItem",
    "Invitation",
    "Mission",
    "Person",
    "PlanVersion",
    "Point",
    "Reading",
    "Role",
    "Round",
    "Run",
    "Submission",
    "Term",
    "Theme",
    "Topic",
]
