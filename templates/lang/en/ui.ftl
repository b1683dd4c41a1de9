# Headings and fixed sentences of the pages. Messages with arguments are said by the program, all others by templates.

ui-title = Audit of AI-assisted software engineering
ui-edition-regulator = Regulator edition
ui-edition-regulator-for = For supervisory authorities and external auditors: every finding with its criterion, evidence, method and limits.
ui-skip = Skip to the findings
ui-contents = Contents
ui-organisation = Audited organisation
ui-period = Audited period
ui-period-dates = { $label }: from { $start } to before { $end }, UTC
ui-period-plain = from { $start } to before { $end }, UTC
ui-status = Status
ui-draft = Draft: not signed
ui-draft-explained = Written by software. It becomes an opinion only when a named auditor signs.
ui-audited = What was audited
ui-found = What was found
ui-open = What could not be concluded
ui-summary = Summary
ui-no-total = There is no overall score.
ui-none-stated = Nothing was stated.

ui-findings = Findings
ui-findings-intro = Each check asks whether one sentence holds, by the criterion printed with it. The worst come first. A good result in one part does not offset a bad one in another.
ui-no-checks = Nothing was examined.
ui-grounds = Grounds
ui-criterion = Criterion
ui-set-by = Set by
ui-figures-used = Figures used
ui-evidence = Evidence
ui-norms = Relevant to
ui-remedy = What would mend it
ui-limits-of-check = Limits of this check
ui-waiting = No conclusion, by what is missing
ui-not-applicable = Not applicable
ui-needed = Needed: { $list }.
ui-other-reasons = For other reasons
ui-more-evidence = { $n ->
    [one] One more place is listed in report.json.
   *[other] { $n } more places are listed in report.json.
}
ui-figure-absent = not in this report
ui-line = line or record { $n }
ui-norm = { $force }, { $jurisdiction }, applies from { $from }
ui-norm-living = { $force }, { $jurisdiction }, { $from }
ui-norm-undated = { $force }, { $jurisdiction }

ui-tables = Tables and charts
ui-no-tables = This report has no tables.
ui-chart-bars = Bars of { $series } by { $label }. The axis starts at zero. The table below holds the same numbers.
ui-chart-lines = Lines of { $series } by { $label }. The axis starts at zero. The table below holds the same numbers.
ui-chart-undrawn = Cells that are “{ $withheld }” or “{ $unknown }” are named as such and not drawn as zero.
ui-chart-total = The row of totals is in the table and not in the chart.
ui-chart-first = The chart shows the first { $shown } of { $all } rows; the others are in { $file }.
ui-chart-last = The chart shows the last { $shown } of { $all } rows; the others are in { $file }.
ui-chart-columns = The chart leaves out some columns; they are in the table.
ui-table-first = The first { $shown } of { $all } rows; the others are in { $file }.
ui-table-file = As a file: { $file }

ui-firewall = Paths from safety data to performance use
ui-firewall-intro = Each path shows how data collected for safety can reach a place where people's performance is judged, step by step.
ui-no-firewall = No such path is listed in this report. That is a statement about the files that were read, not about the whole organisation.
ui-path = Path { $n }: from “{ $source }”
ui-shown-by = shown by

ui-figures = All figures
ui-figures-intro = Every figure of this report. “unknown” means that data is missing, “withheld” that a small group is protected; neither means zero.
ui-no-figures = This report has no figures.
ui-figure = Figure
ui-value = Value
ui-interval = 95 % interval
ui-definition = Definition
ui-range = { $low } to { $high }
ui-range-open = { $low } or more
ui-of = { $n } of { $d }
ui-against = { $n } against { $d }
ui-duration = duration
ui-hours = hours
ui-below = below { $n }
ui-above = above { $n }
ui-undefined = undefined
ui-state-known = known

ui-coverage = Coverage
ui-coverage-intro = What was read, what was refused and what the inputs could not show.
ui-inputs = Inputs
ui-no-inputs = No input was read.
ui-kind = Kind
ui-path-name = Path
ui-format = Format
ui-records = Records
ui-digest = SHA-256
ui-refused = Refused records
ui-no-refused = Nothing was refused.
ui-reason = Reason
ui-place = Place
ui-count = Number
ui-statements = What the inputs can and cannot show

ui-exceptions = Exceptions
ui-no-exceptions = No exception was declared.
ui-replies = Replies
ui-no-replies = No reply was on file.
ui-changes = Changes since the previous report
ui-no-changes = No earlier report was compared.

ui-method = Method, limits and privacy
ui-tool = Written by
ui-plan = Digest of the plan (SHA-256)
ui-profiles = Norm profiles
ui-limits = Limits
ui-privacy = Privacy
ui-withheld-list = Withheld figures and cells
ui-reproduce = The same inputs and the same plan give the same bytes. manifest.json lists every input and output with its digest.

ui-glossary = Words used in this report
ui-glossary-met = The evidence shows that the criterion is fulfilled.
ui-glossary-met-with-comments = Fulfilled, with remarks on the criterion or with improvements that do not change the result.
ui-glossary-not-met = The evidence shows that the criterion is not fulfilled.
ui-glossary-no-conclusion = The evidence does not suffice to say either. Missing data never counts as met.
ui-glossary-not-applicable = The check does not apply to what was audited.
ui-glossary-unknown = The data that the figure needs is missing.
ui-glossary-withheld = The figure exists and is not shown, to protect a small group of people.
ui-interval-word = 95 % interval
ui-glossary-interval = The range of values that fit the data. A wide range means little data.
ui-unattributed-word = unattributed
ui-glossary-unattributed = Without a mark of AI use. It may be written by people, by AI, or by both.

ui-capture-word = capture
ui-glossary-capture = One setting, query or rule that records what people who work here do.
ui-register-word = register
ui-glossary-register = The organisation's own list of what is recorded, for what purpose, for how long and who may see it.
ui-guardrail-word = guardrail
ui-glossary-guardrail = A technical barrier in the way to production, such as a required approval or test.
ui-doctrine-word = doctrine
ui-glossary-doctrine = The organisation's written rule on what AI agents may do alone and what needs approval. Operations range from O0 (reading and drafting) to O4 (several accounts or regions at once).

ui-sign = Signature
ui-sign-intro = To be completed by the auditor. Until then this document is a draft.
ui-nothing-to-sign = Nothing was asked to be signed.

ui-index-intro = One audit, written for several readers. All editions say the same things; each begins with what its readers ask first.
ui-index-editions = Editions
ui-index-data = Data
ui-index-report = Everything the editions say, for programs.
ui-index-tables = The tables as CSV files, with a description of their columns.
ui-index-manifest = Every input and output of this report with its digest.

ui-unit-changes = { $n ->
    [one] change
   *[other] changes
}
ui-unit-commits = { $n ->
    [one] commit
   *[other] commits
}
ui-unit-incidents = { $n ->
    [one] incident
   *[other] incidents
}
ui-unit-pages = { $n ->
    [one] call
   *[other] calls
}
ui-unit-actions = { $n ->
    [one] action
   *[other] actions
}
ui-unit-people = { $n ->
    [one] person
   *[other] people
}
ui-unit-minutes = { $n ->
    [one] minute
   *[other] minutes
}
ui-unit-hours = { $n ->
    [one] hour
   *[other] hours
}
ui-unit-captures = { $n ->
    [one] capture
   *[other] captures
}
ui-unit-operations = { $n ->
    [one] operation
   *[other] operations
}
ui-unit-records = { $n ->
    [one] record
   *[other] records
}
ui-unit-bypasses = { $n ->
    [one] bypass
   *[other] bypasses
}
ui-unit-paths = { $n ->
    [one] path
   *[other] paths
}
ui-unit-notes = { $n ->
    [one] note
   *[other] notes
}
ui-unit-files = { $n ->
    [one] file
   *[other] files
}
ui-unit-columns = { $n ->
    [one] column
   *[other] columns
}
ui-unit-lines = { $n ->
    [one] line
   *[other] lines
}
ui-unit-share = share
ui-unit-ratio = ratio

ui-force-professional_norm = professional norm
ui-force-soft_law = soft law
ui-force-legal_duty = legal duty
