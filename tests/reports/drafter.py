"""A drafter at work: LibreOffice opens a file, does what it is told, and saves it as DOCX again."""

import shutil
import subprocess
from xml.sax.saxutils import escape

LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Desk"/></library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Desk" script:language="StarBasic">
{}
</script:module>
"""
WORK = """
Sub Work{number}
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  paper = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  {deed}
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "MS Word 2007 XML"
  paper.storeToURL("{target}", kind())
  paper.close(True)
End Sub
"""
ACCEPT = 'dispatcher.executeDispatch(paper.CurrentController.Frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())'
REJECT = ACCEPT.replace("Accept", "Reject")


def replace_words(old: str, new: str) -> str:
    """What has the drafter write other words."""
    return f"""
  wanted = paper.createReplaceDescriptor()
  wanted.SearchString = "{old}"
  wanted.ReplaceString = "{new}"
  paper.replaceAll(wanted)"""


def worked_on(content: bytes, deeds: list[str], folder) -> list[bytes]:
    """The file after each of the deeds, all done by one process from the same beginning.

    `folder` holds the profile of a LibreOffice that was started before: the first start lays out a desk of its own.
    """
    source, profile = folder / "draft.docx", folder / "profile"
    source.write_bytes(content)
    targets = [folder / f"draft-{at}.docx" for at in range(len(deeds))]
    works = [
        WORK.format(number=at, source=source.as_uri(), target=target.as_uri(), deed=deed)
        for at, (deed, target) in enumerate(zip(deeds, targets, strict=True))
    ]
    all_ = "".join(f"\n  Work{at}" for at in range(len(deeds)))
    desk = profile / "user" / "basic" / "Standard"
    (desk / "script.xlb").write_text(LIBRARY)
    (desk / "Desk.xba").write_text(MODULE.format(escape("".join(works) + f"\nSub All{all_}\nEnd Sub")))
    command = [shutil.which("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, "macro:///Standard.Desk.All"], check=True, capture_output=True, timeout=120)
    return [target.read_bytes() for target in targets]
