"""Grade status: whether a grade is that of an authority's latest full inspection, or older than it.

ILACS inspections from April 2026 give no grade for overall effectiveness, and areas change with the frameworks. So the
last grade for an area may be older than the latest full inspection, which gave none: it is shown as older, never as
what stands. This is the one home of the rule; functions and named questions include `GRADE_STATUS`.

Only an inspection of a kind that grades such areas makes a grade older: a full inspection of children's services, or
for the outcome of an area SEND inspection another such. Visits and joint targeted inspections give no grades. A grade
whose inspection has no date is told apart, since nobody can say whether it is the latest.
"""

from caregraph.graph.queries.comparison.as_at import FULL_INSPECTIONS

CURRENT = "from the latest full inspection"
OLDER = "older: the latest full inspection gave none"
NOT_READ = "older: no grade was read in the latest full inspection"
REPLACED = "replaced by a later grade"
UNDATED = "date not given"

# Needs `authority`, `inspection`, `judgement` (these two may be null) and `day`, as at which, or null for today. Gives
# `status`, and `newer_inspection`, the first day of the latest full inspection where that is newer than the grade's.
GRADE_STATUS = f"""\
CALL (authority, inspection, judgement, day) {{
  WITH *, coalesce(inspection.started, date('0001-01-01')) AS given, coalesce(day, date('9999-12-31')) AS today,
       CASE inspection.kind WHEN 'area-send' THEN ['area-send'] ELSE {list(FULL_INSPECTIONS)} END AS kinds
  OPTIONAL MATCH (authority)<-[:INSPECTED]-(newer)
  WHERE judgement IS NOT NULL AND newer.started > given AND newer.started <= today AND newer.kind IN kinds
  WITH authority, inspection, judgement, day, newer
  ORDER BY newer.started IS NULL, newer.started DESC, newer.iri LIMIT 1
  RETURN newer.started AS newer_inspection,
         CASE WHEN judgement IS NULL THEN null
              WHEN inspection.started IS NULL THEN '{UNDATED}'
              WHEN newer IS NULL THEN '{CURRENT}'
              WHEN EXISTS {{
                MATCH (authority)<-[:INSPECTED]-(later:Inspection)-[:GAVE]->(:Judgement {{area: judgement.area}})
                WHERE later.started > inspection.started AND later.started <= coalesce(day, date('9999-12-31'))
              }} THEN '{REPLACED}'
              WHEN EXISTS {{ (newer)-[:GAVE]->() }} THEN '{OLDER}'
              ELSE '{NOT_READ}' END AS status
}}"""
