// Keeps the first evidence of a network's items and lines for `evidence_card.js`, and tells that some has come. It comes in
// parts; the part of the lines says whether it is of all of them.
export default function ({ data }) {
  const before = window.caregraphEvidence?.[data.network] || { rows: {}, whole: false };
  const evidence = { rows: { ...before.rows, ...data.rows }, whole: data.whole ?? before.whole };
  window.caregraphEvidence = { ...window.caregraphEvidence, [data.network]: evidence };
  window.dispatchEvent(new Event("caregraph-evidence"));
}
