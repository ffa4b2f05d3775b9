"""Site of the inspectorate: its reports, listed and fetched one at a time. Nothing else of caregraph asks a site."""
