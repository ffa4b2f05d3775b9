import io

import openpyxl

from caregraph.explorer.evidence.disagreement_list import _matrix_rows, _region_workbook
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.overview import AuthorityUse, SharedThing

ALLIANCE = Node("a", "=Farrowdale Adoption Alliance", "Agency")


def use(name: str, **values) -> AuthorityUse:
    given = {
        "naming_reports": 1,
        "documents": 3,
        "member": True,
        "hosts": False,
        "documents_of_its_time": 1,
        "strengths": 0,
        "concerns": 0,
        **values,
    }
    return AuthorityUse(authority=Node(name, name, "LocalAuthority"), **given)


def test_workbook_has_the_matrix_its_cells_the_differences_and_the_licence():
    uses = (use("Wexholme"), use("Ashmere", naming_reports=0))
    services = [SharedThing(thing=ALLIANCE, scope="regional", uses=uses, listed=True)]
    standing = {"a": "differ"}
    differences = [{"service": ALLIANCE.name, "strength": "Visits are regular.", "concern": "Visits are rare."}]
    content = _region_workbook(services, standing, _matrix_rows(services, standing), differences)
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["Matrix", "Cells", "Differences", "Licence"]
    assert [[cell.value for cell in row] for row in book["Matrix"].iter_rows()] == [
        ["Service", "Reports agree or differ", "Ashmere", "Wexholme"],
        [ALLIANCE.name, "differ", "listed member, not mentioned", "listed member, mentioned"],
    ]
    assert book["Matrix"]["A2"].data_type == "s"  # a text that begins like a formula is no formula
    assert book["Cells"].max_row == 3
    assert "Open Government Licence" in book["Licence"]["A2"].value
