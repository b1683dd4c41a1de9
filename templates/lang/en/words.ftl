# Words that stand alone: verdicts, states, kinds of evidence.

verdict-met = met
verdict-met-with-comments = met with comments
verdict-not-met = not met
verdict-no-conclusion = no conclusion
verdict-not-applicable = not applicable

state-unknown = unknown
state-withheld = withheld

dimension-robustness = Technical robustness and failure modes
dimension-workload = Workload
dimension-surveillance = Surveillance and data governance

set-by-law = a law
set-by-standard = a standard or published practice
set-by-auditor = the auditor
set-by-audited-party = the audited party
set-by-agreement = an agreement with the workers' representatives
set-by-convention = a convention of this tool
set-by-nobody = nobody yet

list-and-more = { $list }; and { $n } more
needs-list = Needed: { $list }.
needs-history = repository history
needs-reviews = review records (an export, or trailers in the history)
needs-incidents = incident records
needs-deployments = deployment records
needs-monitoring = monitoring configurations
needs-register = the register of what is declared
needs-people = the people list (teams, seniority, time zones)
needs-notes = git notes about AI use
needs-code-owners = a list of code owners (CODEOWNERS) in the repository
needs-guardrail-events = records of guardrail events
needs-more-records = more records to compare
needs-configuration-history = the history of the configurations
needs-criterion = an agreed criterion in the plan
needs-tool-only = Not examined: this version of the tool cannot check this yet. It says nothing about the organisation.
needs-plan = a plan that states the purpose and the agreement of the audit
needs-tool = a part of this tool that is not built yet

quantity-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
quantity-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
duration-below-a-minute = below 1 min
duration-minutes = { $m } min
duration-hours = { $h } h
duration-both = { $h } h { $m } min
quantity-of = { $share } ({ $part } of { $whole })
quantity-interval = { $value } (95 % interval { $low } to { $high })
quantity-interval-open = { $value } (95 % interval from { $low })
undefined-ratio = not defined
dimension-conclusion-positive = Positive: every concluded check is met. { $concluded } of { $all } checks could be concluded.
dimension-conclusion-positive-with-comments = Positive with comments: no concluded check is unmet. { $concluded } of { $all } checks could be concluded.
dimension-conclusion-negative = Negative: at least one check is not met. { $concluded } of { $all } checks could be concluded.
dimension-conclusion-no-conclusion = No conclusion: { $concluded } of { $all } checks could be concluded.
