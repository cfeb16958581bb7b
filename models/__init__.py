"""What is remembered: typed tables, one thing per file."""

from models.agency import Agency
from models.area import Area
from models.base import Base
from models.chapter import Chapter
from models.dimension import Dimension
from models.draft import Draft
from models.event import Event
from models.finding import Finding
from models.framework import FrameworkItem
from models.invitation import Invitation
from models.mission import Mission
from models.paragraph import Paragraph
from models.person import Person, Role
from models.plan_version import PlanVersion
from models.point import Point
from models.point_framework import PointFramework
from models.point_mission import PointMission
from models.programme import Programme
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
    "Chapter",
    "Dimension",
    "Draft",
    "Event",
    "Finding",
    "FrameworkItem",
    "Invitation",
    "Mission",
    "Paragraph",
    "Person",
    "PlanVersion",
    "Point",
    "PointFramework",
    "PointMission",
    "Programme",
    "Reading",
    "Role",
    "Round",
    "Run",
    "Submission",
    "Term",
    "Theme",
    "Topic",
]
