/** A release package with the flaws that real data has, written for these tests. */
export const FLAWED_PACKAGE = `{
  "uri": "https://example.org/package.json",
  "publishedDate": "2026-01-05T00:00:00-06:00",
  "publisher": {"name": "Example City", "uid": "0901"},
  "releases": [
    {
      "ocid": "OCDS-EXAMPLE-024", "id": "01", "date": "2026-01-04T00:00:00-06:00", "tag": ["tender"],
      "initiationType": "tender", "language": "ES",
      "planning": {"budget": {"description": null, "amount": {"amount": 0, "currency": null}},
                   "documents": [{"id": "1", "title": "Budget", "url": "https://example.org/b.pdf"}]},
      "buyer": {"name": "FINANCE OFFICE", "contactPoint": {"name": "Ana Example", "email": "ana@example.org", "telephone": "555-2500"}},
      "tender": {
        "id": "T-1", "title": "Maintenance of a cutting machine", "description": null, "status": "complete",
        "items": [
          {"id": "1", "description": "Preventive maintenance", "quantity": 1.0, "unit": {"name": "SER", "value": {"amount": 10, "currency": "MXN"}}},
          {"id": "1", "description": "Blades", "quantity": 2.5e1, "unit": {"id": "C62"}, "classification": {"scheme": "CPV", "id": "42670000", "description": null}},
          {"description": null, "quantity": 0.12345}
        ],
        "value": {"amount": 99999999999999.90, "currency": "mxn"},
        "awardCriteria": "bestValueToGovernment", "awardCriteriaDetails": "Best offer in price, timeliness and quality.",
        "submissionmethoddetails": "paper",
        "tenderPeriod": {"startDate": "2026-01-05T00:00:00-06:00", "endDate": "2026-01-09T00:00:00-06:00"},
        "enquiryPeriod": {"startDate": null, "endDate": null},
        "contractPeriod": {"startDate": "2027-01-01T00:00:00-06:00", "endDate": "2027-12-31T23:59:00-06:00"},
        "numberOfTenderers": 1,
        "tenderers": [{"name": "Secret Bidder", "contactPoint": {"name": "Juan Example", "email": null}}],
        "procuringEntity": {"name": "FINANCE OFFICE", "contactPoint": {"email": "pedro@example.org"}},
        "documents": [{"id": "1", "title": "Request 072", "url": "https://example.org/072.pdf"}]
      },
      "awards": [{"id": "1", "suppliers": [{"name": "Secret Bidder"}]}],
      "contracts": []
    },
    {"ocid": "OCDS-EXAMPLE-024", "id": "02", "date": "x", "tag": ["award"], "tender": null}
  ]
}`;

export const NOW = Date.parse('2026-06-01T12:00:00Z');

export const DEFAULTS = {
  organization: { id: 'ORG-1', name: 'Harbour Office' },
  language: 'en',
  currency: 'EUR',
  rulePack: 'fast@1',
  standstill: 60,
  now: NOW,
  criterionTitles: { price: 'Price', quality: 'Quality' },
};
