# The first page and the statements on coverage. The first page stays under 200 words.

summary-history = { $repositories ->
    [one] One repository: { $changes ->
        [one] one change
       *[other] { $changes } changes
    } in the period.
   *[other] { $repositories } repositories: { $changes ->
        [one] one change
       *[other] { $changes } changes
    } in the period.
}
summary-ai = { $ai ->
    [unknown] The number of AI-assisted changes is unknown.
    [withheld] The number of AI-assisted changes is withheld.
    [0] None carries a mark of AI; that does not prove work without AI.
   *[other] At least { $ai } of them AI-assisted; whether AI helped with the rest is not known.
}
summary-ai-not-auditable = { $ai ->
    [unknown] The number of AI-assisted changes is unknown.
    [withheld] The number of AI-assisted changes is withheld.
   *[other] Marks of AI use are switched off, so their share is not auditable; at least { $ai } changes are AI-assisted.
}
summary-incidents = { $count ->
    [one] One incident in the period.
   *[other] { $count } incidents in the period.
}
summary-monitoring = { $captures ->
    [one] One setting or query that records what people do,
   *[other] { $captures } settings or queries that record what people do,
} { $files ->
    [one] in one monitoring file.
   *[other] in { $files } monitoring files.
}
summary-without = Not given: { $list }.

summary-not-met-robustness = Robustness falls short on: { $list }.
summary-not-met-workload = Workload falls short on: { $list }.
summary-not-met-surveillance = Surveillance falls short on: { $list }.
summary-all-met-robustness = Robustness: no concluded check is unmet.
summary-all-met-workload = Workload: no concluded check is unmet.
summary-all-met-surveillance = Surveillance: no concluded check is unmet.
summary-nothing-concluded-robustness = Robustness: nothing could be concluded.
summary-nothing-concluded-workload = Workload: nothing could be concluded.
summary-nothing-concluded-surveillance = Surveillance: nothing could be concluded.
summary-longest-ai = Longest incident with a sign of AI: { $incident }, { $time }.
summary-longest-rest = Longest without: { $incident }, { $time }.

summary-open = { $count ->
    [one] One of { $all } checks stays open, which speaks neither for nor against anyone.
   *[other] { $count } of { $all } checks stay open, which speaks neither for nor against anyone.
}
summary-open-data = Data missing or undecided on: { $list }.
summary-open-withheld = Withheld to protect people: { $list }.
summary-open-criterion = No criterion agreed on: { $list }.
summary-open-tool = { $count ->
    [one] One check is not built yet.
   *[other] { $count } checks are not built yet.
}

## Statements on coverage

coverage-no-commits = The audited branches hold no commit in the period. The counts of changes are therefore 0, and nothing is concluded from them.
coverage-marks-off = { $count ->
    [one] One setting, job or hook in a repository switches marks of AI use off. Every number about AI-assisted changes in this report is a lower bound that cannot be audited.
   *[other] { $count } settings, jobs or hooks in the repositories switch marks of AI use off. Every number about AI-assisted changes in this report is a lower bound that cannot be audited.
}
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
coverage-cut-review-lists = { $count ->
    [one] The review export of one repository may end before its last review: it says so, or it is exactly as long as such lists are when nobody asks for more. Reviews that are missing there make changes look unreviewed.
   *[other] The review exports of { $count } repositories may end before their last review: they say so, or they are exactly as long as such lists are when nobody asks for more. Reviews that are missing there make changes look unreviewed.
}
coverage-approvals-without-revision = { $count ->
    [one] The review export of one repository does not say which revision an approval was given on. Approvals there count as grade Q at best, for the last push may have come after them.
   *[other] The review exports of { $count } repositories do not say which revision an approval was given on. Approvals there count as grade Q at best, for the last push may have come after them.
}
coverage-no-notes = { $count ->
    [one] The copy of one repository holds no git notes about AI use: they do not exist, or a plain clone left them out. To fetch them: git fetch origin 'refs/notes/*:refs/notes/*'
   *[other] The copies of { $count } repositories hold no git notes about AI use: they do not exist, or a plain clone left them out. To fetch them: git fetch origin 'refs/notes/*:refs/notes/*'
}
coverage-no-heads = { $count ->
    [one] For one repository the commits that were squashed are neither in an export nor in the clone, so marks lost by squashing cannot be seen. To fetch them: git fetch origin 'refs/pull/*/head:refs/pull/*/head', on GitLab 'refs/merge-requests/*/head:refs/merge-requests/*/head'
   *[other] For { $count } repositories the commits that were squashed are neither in an export nor in the clone, so marks lost by squashing cannot be seen. To fetch them: git fetch origin 'refs/pull/*/head:refs/pull/*/head', on GitLab 'refs/merge-requests/*/head:refs/merge-requests/*/head'
}
coverage-no-descriptions = { $count ->
    [one] From the review export of one repository no description and no label was read, so what they say about AI use is not known.
   *[other] From the review exports of { $count } repositories no description and no label was read, so what they say about AI use is not known.
}
coverage-guardrails-late = The exports of guardrail events do not show how every change of the period landed. They may not reach back to { $day }, its first day: a list of rule suites goes back one month at most, so that a longer period needs one export each month.
coverage-guardrails-cut = { $count ->
    [one] One export of guardrail events is exactly as long as one page of its platform; what follows may be missing.
   *[other] { $count } exports of guardrail events are exactly as long as one page of their platform; what follows may be missing.
}
coverage-guardrails-elsewhere = { $count ->
    [one] One guardrail event is about a repository or a branch that is not audited, and is not counted.
   *[other] { $count } guardrail events are about repositories or branches that are not audited, and are not counted.
}
coverage-not-read-agent-operations = { $count } exports of agent operations were given. This tool does not read them yet.
coverage-not-read-attachments = { $count } attachments (survey, replies, exceptions or auditor) were given. This tool does not read them yet.
coverage-no-incidents = Without incident records nothing is concluded about incidents; that is not a sign that there were none.
coverage-no-monitoring = Without monitoring configurations nothing is concluded about surveillance; that is not a sign that there is none.

exceptions-none = No list of exceptions was read.
replies-none = No replies of the organisation or of the workers' representatives were read. Both should be heard before this report is signed.
changes-none = No earlier report was given, so changes since then are not shown.
