"""What is remembered: typed tables, one thing per file."""

from models.agency import Agency
from models.agreement import Agreement
from models.answered_point import AnsweredPoint
from models.area import Area
from models.arrival import Arrival
from models.attendance import Attendance
from models.ballot import Ballot
from models.base import Base
from models.chapter import Chapter
from models.codebook_change import CodebookChange
from models.coder import Coder
from models.coding import Coding
from models.coding_sample import CodingSample
from models.conflict import Conflict
from models.conflict_point import ConflictPoint
from models.consent import Consent
from models.contact import Contact
from models.data_request import DataRequest
from models.decision import Decision
from models.difference import Difference
from models.dimension import Dimension
from models.division import Division
from models.draft import Draft
from models.entry_batch import EntryBatch
from models.entry_check import EntryCheck
from models.event import Event
from models.export import Export
from models.fate import Fate
from models.finding import Finding
from models.framework import FrameworkItem
from models.handover import Handover
from models.import_file import ImportFile
from models.import_mapping import ImportMapping
from models.invitation import Invitation
from models.letter import Letter
from models.mark import Mark
from models.meeting import Meeting
from models.mission import Mission
from models.notice import Notice
from models.objection import Objection
from models.override import Override
from models.paper_form import PaperForm
from models.paragraph import Paragraph
from models.person import Person, Role
from models.plan_version import PlanVersion
from models.point import Point
from models.point_framework import PointFramework
from models.point_mission import PointMission
from models.point_search import INDEX, POINT_SEARCH
from models.programme import Programme
from models.reading import Reading
from models.refused_item import RefusedItem
from models.refused_match import RefusedMatch
from models.release import Release
from models.release_file import ReleaseFile
from models.remark import Remark
from models.reply import Reply
from models.response import Response
from models.round import Round
from models.run import Run
from models.sample_point import SamplePoint
from models.scheme import Scheme
from models.score import Score
from models.stage_window import StageWindow
from models.submission import Submission
from models.target import Target
from models.term import Term
from models.theme import Theme
from models.theme_example import ThemeExample
from models.theme_word import ThemeWord
from models.topic import Topic
from models.total import Total
from models.triage import Triage
from models.triage_mark import TriageMark
from models.wording import Wording

__all__ = [
    "Wording",
    "StageWindow",
    "Reply",
    "Remark",
    "Letter",
    "Fate",
    "INDEX",
    "POINT_SEARCH",
    "Agency",
    "Agreement",
    "AnsweredPoint",
    "Area",
    "Arrival",
    "Attendance",
    "Ballot",
    "Base",
    "Chapter",
    "CodebookChange",
    "Coder",
    "Coding",
    "CodingSample",
    "Conflict",
    "ConflictPoint",
    "Consent",
    "Contact",
    "DataRequest",
    "Decision",
    "Difference",
    "Dimension",
    "Division",
    "Draft",
    "EntryBatch",
    "EntryCheck",
    "Event",
    "Export",
    "Finding",
    "FrameworkItem",
    "Handover",
    "ImportFile",
    "ImportMapping",
    "Invitation",
    "Mark",
    "Meeting",
    "Mission",
    "Notice",
    "Objection",
    "Override",
    "PaperForm",
    "Paragraph",
    "Person",
    "PlanVersion",
    "Point",
    "PointFramework",
    "PointMission",
    "Programme",
    "Reading",
    "RefusedItem",
    "RefusedMatch",
    "Release",
    "ReleaseFile",
    "Response",
    "Role",
    "Round",
    "Run",
    "SamplePoint",
    "Scheme",
    "Score",
    "Submission",
    "Target",
    "Term",
    "Theme",
    "ThemeExample",
    "ThemeWord",
    "Topic",
    "Total",
    "Triage",
    "TriageMark",
]
