"""Environment in which caregraph uses a given Neo4j."""

from caregraph.settings import ServerAddress


def server_environment(server: ServerAddress) -> dict[str, str]:
    """The variables that name a server."""
    return {
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
    }
