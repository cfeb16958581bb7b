"""What is remembered: typed tables, one thing per file."""

from models.agency import Agency
from models.agreement import Agreement
from models.area import Area
from models.arrival import Arrival
from models.attendance import Attendance
from models.base import Base
from models.chapter import Chapter
from models.coder import Coder
from models.coding import Coding
from models.coding_sample import CodingSample
from models.consent import Consent
from models.contact import Contact
from models.data_request import DataRequest
from models.difference import Difference
from models.dimension import Dimension
from models.draft import Draft
from models.entry_batch import EntryBatch
from models.entry_check import EntryCheck
from models.event import Event
from models.finding import Finding
from models.framework import FrameworkItem
from models.import_file import ImportFile
from models.import_mapping import ImportMapping
from models.invitation import Invitation
from models.mark import Mark
from models.meeting import Meeting
from models.mission import Mission
from models.notice import Notice
from models.paper_form import PaperForm
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
from models.sample_point import SamplePoint
from models.submission import Submission
from models.target import Target
from models.term import Term
from models.theme import Theme
from models.theme_word import ThemeWord
from models.topic import Topic

__all__ = [
    "Agency",
    "Agreement",
    "Area",
    "Arrival",
    "Attendance",
    "Base",
    "Chapter",
    "Coder",
    "Coding",
    "CodingSample",
    "Consent",
    "Contact",
    "DataRequest",
    "Difference",
    "Dimension",
    "Draft",
    "EntryBatch",
    "EntryCheck",
    "Event",
    "Finding",
    "FrameworkItem",
    "ImportFile",
    "ImportMapping",
    "Invitation",
    "Mark",
    "Meeting",
    "Mission",
    "Notice",
    "PaperForm",
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
    "SamplePoint",
    "Submission",
    "Target",
    "Term",
    "Theme",
    "ThemeWord",
    "Topic",
]
