# The first page and the statements on coverage. The first page stays under 200 words.

summary-history = { $repositories ->
    [one] The history of one repository: { $changes } changes in the period.
   *[other] The history of { $repositories } repositories: { $changes } changes in the period.
}
summary-ai = At least { $ai } of them were AI-assisted; the rest is unattributed, which is not proof of work without AI.
summary-incidents = Incident records: { $count } incidents started in the period.
summary-monitoring = { $files ->
    [one] One monitoring configuration, with { $captures } captures about people who work here.
   *[other] { $files } monitoring configurations, with { $captures } captures about people who work here.
}
summary-without-history = No repository was given.
summary-without-reviews = No review export was given.
summary-without-incidents = No incident records were given.
summary-without-monitoring = No monitoring configurations were given.
summary-without-register = No register of what is declared was given.
summary-without-people = No people list was given.

summary-not-met-robustness = Robustness: { $count } of { $concluded } concluded propositions are not met ({ $list }).
summary-not-met-workload = Workload: { $count } of { $concluded } concluded propositions are not met ({ $list }).
summary-not-met-surveillance = Surveillance: { $count } of { $concluded } concluded propositions are not met ({ $list }).
summary-all-met-robustness = Robustness: none of { $concluded } concluded propositions is unmet.
summary-all-met-workload = Workload: none of { $concluded } concluded propositions is unmet.
summary-all-met-surveillance = Surveillance: none of { $concluded } concluded propositions is unmet.
summary-nothing-concluded-robustness = Robustness: nothing could be concluded.
summary-nothing-concluded-workload = Workload: nothing could be concluded.
summary-nothing-concluded-surveillance = Surveillance: nothing could be concluded.
summary-longest-ai = The longest incident with a sign of AI, { $incident }, lasted { $hours } hours.
summary-longest-rest = The longest without such a sign, { $incident }, lasted { $hours } hours.

summary-open = { $count } of { $all } propositions stay open; that speaks neither for nor against the organisation.
summary-open-data = { $count } lack data, or the data do not decide ({ $list }).
summary-open-criterion = { $count } lack an agreed criterion ({ $list }).
summary-open-tool = { $count } wait for parts of this tool that are not built yet.

## Statements on coverage

coverage-no-commits = The audited branches hold no commit in the period. The counts of changes are therefore 0, and nothing is concluded from them.
coverage-truncated = { $count ->
    [one] The history of one repository is cut off or incomplete on purpose (a shallow or partial copy): counts are lower bounds.
   *[other] The histories of { $count } repositories are cut off or incomplete on purpose (shallow or partial copies): counts are lower bounds.
}
coverage-unreadable = Commits whose changed paths could not be read: { $count }.
coverage-without-export = { $count ->
    [one] For one repository no review export was given; approvals there are known from trailers only.
   *[other] For { $count } repositories no review export was given; approvals there are known from trailers only.
}
coverage-cut-reviews = { $count ->
    [one] The export cut the lists of one review short; what was cut is not counted.
   *[other] The export cut the lists of { $count } reviews short; what was cut is not counted.
}
coverage-not-read-deployments = { $count } deployment exports were given. This tool does not read them yet.
coverage-not-read-guardrail-events = { $count } exports of guardrail events were given. This tool does not read them yet.
coverage-not-read-agent-operations = { $count } exports of agent operations were given. This tool does not read them yet.
coverage-not-read-attachments = { $count } attachments (survey, replies, exceptions or auditor) were given. This tool does not read them yet.
coverage-no-incidents = Without incident records nothing is concluded about incidents; that is not a sign that there were none.
coverage-no-monitoring = Without monitoring configurations nothing is concluded about surveillance; that is not a sign that there is none.

exceptions-none = No list of exceptions was read.
replies-none = No replies of the organisation or of the workers' representatives were read. Both should be heard before this report is signed.
changes-none = No earlier report was given, so changes since then are not shown.
