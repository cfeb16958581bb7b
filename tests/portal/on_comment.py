"""A comment on the draft, and points that are none, for the access grid."""

from portal.rights import Thing


def things(comment_id, opinion_id) -> dict[Thing, dict[str, dict[str, object]]]:
    """The address of a comment; an opinion is none."""
    return {
        Thing.COMMENT: {
            "there": {"point_id": comment_id},
            "unpublished": {"point_id": opinion_id},
            "missing": {"point_id": 10**9},
        }
    }
