"""The order in which graphs are loaded, replaced and retracted does not matter to what is stored in the end."""

from hypothesis import given
from hypothesis import strategies as st

from caregraph.graph.neo4j.property_graph import NodeRow
from caregraph.graph.neo4j.provenance import ContributionMerge, StoredEntity

KEYS = [("hub",), ("team",)]
GRAPHS = "abcd"
values = st.sampled_from(["Hub", "A Hub", "The Hub"])
properties = st.fixed_dictionaries(
    {}, optional={"name": values, "kind": values, "aliases": st.lists(values, min_size=1, unique=True)}
)
contribution = st.dictionaries(st.sampled_from(KEYS), properties, max_size=2)
steps = st.lists(st.tuples(st.sampled_from(GRAPHS), st.none() | contribution), max_size=12)


class Database:
    """A store of shared nodes that follows merges as the loader does."""

    def __init__(self):
        self.contributions = {}
        self.stored = {}

    def replace(self, graph, nodes):
        """Put a graph's contribution in place of its earlier one; None retracts it."""
        after = {key: NodeRow("Service", key[0], dict(given)) for key, given in (nodes or {}).items()}
        before = {graph: self.contributions.get(graph, {})}
        merge = ContributionMerge(before, {graph: after}, self.stored)
        wanted = {other: self.contributions[other] for other in merge.conflicting_graphs()}
        for key, merged in merge.merged(wanted).items():
            if merged is None:
                self.stored.pop(key, None)
            else:
                self.stored[key] = StoredEntity("id", "Service", merged)
        self.contributions.pop(graph, None)
        if nodes is not None:
            self.contributions[graph] = after

    def content(self):
        """Stored properties, with lists as sets: the order of aliases says nothing."""
        return {
            key: {
                name: frozenset(value) if isinstance(value, list) else value for name, value in node.properties.items()
            }
            for key, node in self.stored.items()
        }


@given(steps, st.permutations(GRAPHS))
def test_what_is_stored_depends_on_the_last_contribution_of_each_graph_alone(history, order):
    database = Database()
    final = {}
    for graph, nodes in history:
        database.replace(graph, nodes)
        final[graph] = nodes
    fresh = Database()
    for graph in order:
        if final.get(graph) is not None:
            fresh.replace(graph, final[graph])

    assert database.content() == fresh.content()


@given(steps, st.sampled_from(GRAPHS), contribution)
def test_retracting_a_graph_leaves_what_was_there_before_it(history, graph, nodes):
    database = Database()
    for earlier, given_nodes in history:
        if earlier != graph:
            database.replace(earlier, given_nodes)
    before = database.content()
    database.replace(graph, nodes)
    database.replace(graph, None)

    assert database.content() == before
