"""GraphML and GEXF, which Gephi, yEd, Cytoscape and networkx open."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from caregraph.graph.export.tables import FROM, TO, Column, Row, Table, Tables, flat_value
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

# Characters that XML 1.0 cannot hold, however they are escaped.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {"string": "string", "integer": "long", "double": "double", "boolean": "boolean", "date": "string"}
# Label of a node, type of a relationship; "label" is what network tools show, and the name of a key of their own.
CLASS = Column("class")


class _XmlWriter:
    """Writer of elements one after another; text is escaped, and characters that XML cannot hold become U+FFFD."""

    def __init__(self, output: BinaryIO) -> None:
        self._generator = XMLGenerator(output, encoding="utf-8", short_empty_elements=True)
        self._generator.startDocument()

    @contextmanager
    def inside(self, name: str, **attributes: Any) -> Iterator[None]:
        self._generator.startElement(
            name, AttributesImpl({key.rstrip("_"): clean_xml(value) for key, value in attributes.items()})
        )
        yield
        self._generator.endElement(name)
        self._generator.ignorableWhitespace("\n")

    def element(self, name: str, text: Any = "", **attributes: Any) -> None:
        with self.inside(name, **attributes):
            self._generator.characters(clean_xml(text))


def write_graphml(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write GraphML, with a key for each property of a node and of a relationship; lists are joined."""
    xml = _XmlWriter(output)
    with xml.inside("graphml", xmlns="http://graphml.graphdrawing.org/xmlns"):
        xml.element("desc", attribution())
        for domain, columns in (("node", _columns(tables.nodes)), ("edge", _columns(tables.edges))):
            for column in columns:
                attributes = {"attr.name": column.key, "attr.type": _type(column), "for": domain}
                xml.element("key", id=f"{domain}-{column.key}", **attributes)
        with xml.inside("graph", id="caregraph", edgedefault="directed"):
            for table in tables.nodes:
                for row in table.rows(store):
                    with xml.inside("node", id=row["iri"]):
                        _data(xml, "node", table, row)
            for number, (table, row) in enumerate(_edges(store, tables)):
                with xml.inside("edge", id=f"e{number}", source=row[FROM], target=row[TO]):
                    _data(xml, "edge", table, row)


def _data(xml: _XmlWriter, domain: str, table: Table, row: Row) -> None:
    for key, value in {CLASS.key: table.name, **row}.items():
        if key not in (FROM, TO):
            xml.element("data", _text(value), key=f"{domain}-{key}")


def write_gexf(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write GEXF for Gephi, which shows a node by its name."""
    xml = _XmlWriter(output)
    with xml.inside("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2"):
        with xml.inside("meta"):
            xml.element("creator", "caregraph")
            xml.element("description", attribution())
        with xml.inside("graph", mode="static", defaultedgetype="directed"):
            for domain, columns in (("node", _columns(tables.nodes)), ("edge", _columns(tables.edges))):
                with xml.inside("attributes", class_=domain):
                    for column in columns:
                        xml.element("attribute", id=f"{domain}-{column.key}", title=column.key, type=_type(column))
            with xml.inside("nodes"):
                for table in tables.nodes:
                    for row in table.rows(store):
                        with xml.inside("node", id=row["iri"], label=row.get("name", row["iri"])):
                            _values(xml, "node", table, row)
            with xml.inside("edges"):
                for number, (table, row) in enumerate(_edges(store, tables)):
                    with xml.inside("edge", id=number, source=row[FROM], target=row[TO], label=table.name):
                        _values(xml, "edge", table, row)


def _values(xml: _XmlWriter, domain: str, table: Table, row: Row) -> None:
    with xml.inside("attvalues"):
        for key, value in {CLASS.key: table.name, **row}.items():
            if key not in (FROM, TO):
                xml.element("attvalue", **{"for": f"{domain}-{key}", "value": _text(value)})


def _edges(store: RowReader, tables: Tables) -> Iterator[tuple[Table, Row]]:
    return ((table, row) for table in tables.edges for row in table.rows(store))


def _columns(tables: Sequence[Table]) -> list[Column]:
    """The columns of all tables together, each once."""
    columns = {column.key: column for table in tables for column in table.columns}
    return [CLASS, *(column for key, column in columns.items() if key not in (FROM, TO))]


def _type(column: Column) -> str:
    return "string" if column.is_list else TYPES[column.type]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(flat_value(value))


def clean_xml(value: Any) -> str:
    """A value as text that XML can hold."""
    return FORBIDDEN.sub("\ufffd", str(value))
