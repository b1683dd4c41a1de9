# Grounds of the checks: why a verdict fell as it did. One sentence each; numbers of figures come ready for print.

## Shared

not-material = The plan set this check aside before the data was read, for this reason: “{ $reason }”.
figures-withheld = The figures are withheld to protect people, so no conclusion is printed either.
criterion-at-most = At most { $high }, as the plan states.
criterion-at-least = At least { $low }, as the plan states.
criterion-between = From { $low } to { $high }, as the plan states.
no-changes = No change was landed in the period.
no-ai-changes = No change of the period carries a mark of AI use. That is not proof that no AI was used.
one-group-is-empty = One of the two groups has no change that could be watched for 30 days, so there is nothing to compare.
too-few-failures = Fewer than five failures in both groups together are too few to compare.
ratio-shares-change-failure = Of the AI-assisted changes { $ai } failed, of the rest { $rest }; the one share over the other is { $ratio }.
ratio-shares-revert-rate = Of the AI-assisted changes { $ai } were reverted, of the rest { $rest }; the one share over the other is { $ratio }.
ratio-shares-tests-weakened = Of the AI-assisted changes { $ai } weakened tests, of the rest { $rest }; the one share over the other is { $ratio }.
ratio-alike-above = Compared within the same repository and size of change, the ratio is { $ratio }, and its whole interval lies above 1. This is an association, not a cause.
ratio-alike-within = Compared within the same repository and size of change, the ratio is { $ratio }; its whole interval lies at or below { $margin }.
ratio-alike-undecided = Compared within the same repository and size of change, the ratio is { $ratio }; its interval reaches from no more often to more than { $margin } times as often, so no difference is shown and none is ruled out.
ratio-crude-above = Comparing like with like was not possible. The whole interval of the ratio { $ratio } lies above 1. This is an association, not a cause.
ratio-crude-within = Comparing like with like was not possible. The whole interval of the ratio { $ratio } lies at or below { $margin }.
ratio-crude-undecided = Comparing like with like was not possible. The interval of the ratio { $ratio } reaches from no more often to more than { $margin } times as often, so no difference is shown and none is ruled out.
crude-and-stratified-disagree = The two ratios differ clearly; neither alone should be quoted.
approval-revision-unknown = Some approvals stand only in a trailer, or were given on a revision that is not known to be the last.
rule-used = The rule is that of { $clause }, published at { $source }. No robot is taken for trusted.
rule-counts = Changes that satisfy this rule: { $met }; that do not: { $notmet }; that depend on what the records do not show: { $depends }.
criterion-rule = Every change satisfies the rule of { $clause }, as the plan chooses; from 95 % it is met with comments.
changes-without-review-records = { $count ->
    [one] One change lies in a repository without any review record; nothing can be said about it.
   *[other] { $count } changes lie in repositories without any review record; nothing can be said about them.
}
captures-none-found = No capture about people who work here was found in the files that were given.
captures-unread = { $count ->
    [one] One file was given that no reader of this tool understands; what it captures is unknown.
   *[other] { $count } files were given that no reader of this tool understands; what they capture is unknown.
}
captures-unclear = { $count ->
    [0] Some of the files given could not be understood.
    [one] Of one capture the file does not tell whom it concerns or what it holds.
   *[other] Of { $count } captures the files do not tell whom they concern or what they hold.
}

marks-switched-off = A setting switches the marks of AI tools off, so AI-assisted changes cannot be told from the rest and nothing is concluded. What is counted below is at least so.

## Robustness

r01-switched-off = { $count ->
    [one] One setting switches the marks of an AI tool off, so every AI share in this report is not auditable.
   *[other] { $count } settings switch the marks of AI tools off, so every AI share in this report is not auditable.
}
r01-evidence-off = switches marks of AI use off
r01-evidence-off-later = switches marks of AI use off; this was not so when the period began
r01-evidence-off-throughout = switches marks of AI use off, also when the period began
r01-evidence-unclear = may switch marks of AI use off; to be looked at
r01-unclear = { $count ->
    [one] One setting, job or hook may hide marks of AI use; what it does has to be looked at.
   *[other] { $count } settings, jobs or hooks may hide marks of AI use; what they do has to be looked at.
}
r01-denied = { $count ->
    [one] The description of one change says that no AI was used, while a tool left its mark on it.
   *[other] The descriptions of { $count } changes say that no AI was used, while a tool left its mark on them.
}
r01-undeclared = { $count ->
    [one] One change carries a tool's mark and not the declaration that a policy asks for.
   *[other] { $count } changes carry a tool's mark and not the declaration that a policy asks for.
}
r01-declared-only = { $count ->
    [one] AI use is declared on one change on which no tool left a mark of its own.
   *[other] AI use is declared on { $count } changes on which no tool left a mark of its own.
}
r01-no-marks = No change of the period carries a mark of AI use, so it cannot be seen whether AI-assisted changes are classified.
r01-no-stricter-rule = The register names no rule that binds AI-assisted changes alone.
r01-stricter-rule = The rule “{ $policy }” has bound AI-assisted changes since { $from }.
r01-recovered = { $count ->
    [one] On one landed change the mark of AI use was lost; only its review still carries it.
   *[other] On { $count } landed changes the mark of AI use was lost; only their reviews still carry it.
}

r02-share = { $share } of the AI-assisted changes carry a person's approval.
r03-share = { $share } of all changes carry the approval of a second person.
r03-no-second-person = What does not count as a second person's approval of the final revision: changes approved on an earlier revision only: { $stale }; changes approved by somebody who made them: { $own }; changes that only machines approved: { $machine }.
r04-no-policy = The register names no policy that asks for senior sign-off.
r04-nothing-due = No change of the period falls under the policy since its first day.
r04-share = Since the first day of the policy, { $share } of the changes that it covers carry a sign-off by a person listed as senior on that day.
r04-seniority-unknown = { $count ->
    [one] One change was approved by a person whose seniority is not stated.
   *[other] { $count } changes were approved by people whose seniority is not stated.
}
r04-evidence = the policy that asks for it

r05-bypasses = { $count ->
    [one] One bypass of a guardrail is on record in the period.
   *[other] { $count } bypasses of guardrails are on record in the period.
}
r05-kinds = By kind: { $list }.
r05-none-in-logs = The records that were given show no bypass, and the logs of guardrail events show every change that landed in the period.
r05-rules-changed = { $count ->
    [one] A rule was made, changed or removed once in the period. While a rule is off, nothing can bypass it, and no log shows it.
   *[other] Rules were made, changed or removed { $count } times in the period. While a rule is off, nothing can bypass it, and no log shows it.
}
r05-log-has-gaps = { $count ->
    [one] The records that were given show no bypass, but the logs of guardrail events do not show how one change of the period landed.
   *[other] The records that were given show no bypass, but the logs of guardrail events do not show how { $count } changes of the period landed.
}
r05-nothing-landed = The logs of guardrail events hold no bypass, but no change is known to have landed in the period, so they may hold nothing about it.
r05-none-in-records = The records that were given show no bypass. Only a log of guardrail events could show that there was none.
r05-bypass-emergency = approval bypassed by an emergency procedure
r05-bypass-role-too-broad = approval bypassed because the acting role allowed more than the task needed
r05-bypass-admin-override = approval overridden by an administrator
r05-bypass-not-in-path = no approval stood in the path of the operation
r05-bypass-auto-execute = an agent executed without asking
r05-bypass-trybot = landed without the automatic tests of the review
r05-bypass-skipped-ci = landed without the automatic tests that a rule asks for
r05-bypass-agent-self-merge = an agent merged its own change
r05-bypass-admin-merge = landed without the review that a rule asks for, by somebody whose role allows it
r05-bypass-policy-override = a rule of the branch was overridden
r05-bypass-force-push = the history of a protected branch was overwritten
r05-bypass-skipped-hooks = a check before the push was skipped
r05-bypass-emergency-unreviewed = landed as an emergency, without review

r06-outside = { $all ->
    [one] The one operation on record that an AI agent executed went beyond the doctrine.
   *[other] { $outside ->
        [one] One of the { $all } operations on record that an AI agent executed went beyond the doctrine.
       *[other] { $outside } of the { $all } operations on record that an AI agent executed went beyond the doctrine.
    }
}
r06-inside = { $count ->
    [one] The one operation on record that an AI agent executed stayed inside the doctrine.
   *[other] All { $count } operations on record that AI agents executed stayed inside the doctrine.
}
r06-none-on-record = No operation by an AI agent is on record. Incidents show only operations that went wrong; a log of agent operations would show the others.
r06-not-recorded = { $count ->
    [one] Of one operation the record does not state its class or its approval.
   *[other] Of { $count } operations the records do not state their class or their approval.
}
r06-shipped-doctrine = The organisation declares no doctrine; the one shipped with this tool was used.
r06-evidence-lacking = operation of class { $class } executed by an AI agent, without { $needs }
r06-evidence-closed = operation of class { $class } executed by an AI agent; the doctrine does not open this class to agents

r10-earlier = After 7 days the ratio of the shares that stood reverted is { $week }, after 14 days { $fortnight }.
r10-unresolved = { $count ->
    [one] Of one revert it was not found what it takes back.
   *[other] Of { $count } reverts it was not found what they take back.
}
operations-lowered = { $count ->
    [one] One change is classed lower by the organisation's own map than by the rules of this tool.
   *[other] { $count } changes are classed lower by the organisation's own map than by the rules of this tool.
}
operations-unread = { $count ->
    [one] The files of one change could not be read, so its reach is not known.
   *[other] The files of { $count } changes could not be read, so their reach is not known.
}

r07-changes = { $count ->
    [one] One change of the period reaches a whole environment or more (class O3 or higher).
   *[other] { $count } changes of the period reach a whole environment or more (class O3 or higher).
}
r07-by-rule = By rule, where one change can fall under several: { $list }.
r07-deleted = { $count ->
    [one] One change deletes a whole environment.
   *[other] { $count } changes delete a whole environment each.
}
r07-senior-share = { $share } of them carry the approval of a person listed as senior on that day, given before they landed.
r07-unsigned = { $count ->
    [one] One of them was approved by nobody else, or by people of whom none is listed as senior.
   *[other] { $count } of them were approved by nobody else, or by people of whom none is listed as senior.
}
r07-seniority-unknown = { $count ->
    [one] One change that reaches an environment was approved by a person whose seniority is not stated.
   *[other] { $count } changes that reach an environment were approved by people whose seniority is not stated.
}
r07-records-lacking = { $count ->
    [one] One operation of this reach is on record without a senior approval before it or without a tested workflow.
   *[other] { $count } operations of this reach are on record without a senior approval before them or without a tested workflow.
}
r07-records-unclear = { $count ->
    [one] Of one operation of this reach the record does not state the approval or the workflow.
   *[other] Of { $count } operations of this reach the records do not state the approval or the workflow.
}
r07-records-fine = { $count ->
    [one] The one operation of this reach on record had a senior approval before it and a tested workflow.
   *[other] All { $count } operations of this reach on record had a senior approval before them and a tested workflow.
}
r07-none-on-record = No operation of this reach is on record. Operations at a console leave a trace only where they are logged.
r07-tested-unknown = The history does not show whether the workflow was tested; only a record of the operation can say so.
r07-no-history = No history was given, so only operations that went wrong are seen.
r07-evidence-lacking = operation of class { $class } without { $needs }
r07-evidence-own-map = the organisation's own class for these paths: { $class }

r08-none-announced = No change of the period was announced as minor.
r08-beyond = Changes announced as minor: { $announced }; of these, { $beyond } reach a whole environment or are far larger than is usual in their repository.
r08-environment = { $count ->
    [one] One of them reaches a whole environment or more (class O3 or higher).
   *[other] { $count } of them reach a whole environment or more (class O3 or higher).
}

r09-reverts-only = No incident records were given, so only reverted changes count as failed.

r12-no-previous = The records do not reach back into the previous period, so there is nothing to compare with.
r12-rising = High-severity incidents rose from { $before } to { $now }; the ratio of the daily rates is { $ratio }, and its whole interval lies above 1.
r12-falling = High-severity incidents fell from { $before } to { $now }; the ratio of the daily rates is { $ratio }, and its whole interval lies below 1.
r12-unrated = { $count ->
    [one] One incident of the two periods has no severity on record; counted as severe, it could turn the comparison.
   *[other] { $count } incidents of the two periods have no severity on record; counted as severe, they could turn the comparison.
}
r12-undecided = Incidents of severity 1 and 2: { $now } in this period, { $before } in the one before. The ratio of the daily rates is { $ratio }; its interval holds 1, so neither a rise nor a fall is shown.

no-incidents = No incident started in the period.
r14-all-recorded = { $all ->
    [one] The one incident record says whether AI was involved, and the evidence does not contradict it.
   *[other] All { $all } incident records say whether AI was involved, and none is contradicted by the evidence.
}
r14-silent = { $count ->
    [one] One of { $all } incident records does not say whether AI was involved.
   *[other] { $count } of { $all } incident records do not say whether AI was involved.
}
r14-conflict = { $count ->
    [one] One record gives a person's error as the cause while the evidence shows that AI executed the operation or wrote the change.
   *[other] { $count } records give a person's error as the cause while the evidence shows that AI executed the operation or wrote the change.
}
r14-evidence-conflict = recorded as user error; the record or its linked change shows that AI took part

r17-one-group-is-empty = One of the two groups has no change whose files could be read, so there is nothing to compare.
r17-too-few = Fewer than five changes in both groups together weaken tests; that is too few to compare.
r17-ways = Changes with fewer tests: { $removed }; with more tests that are not run: { $skipped }; with fewer assertions: { $less }. One change can do several of these.

## Workload

w01-short = Reading the changes of the period, and once more where a policy asks for sign-off, needs { $lenient } at 500 lines an hour and { $strict } at 300; allotted were { $allotted }. That is too little even at the faster pace.
w01-straddles = Reading the changes of the period, and once more where a policy asks for sign-off, needs { $lenient } at 500 lines an hour and { $strict } at 300; allotted were { $allotted }. It depends on the pace whether that is enough.
w01-covered = Reading the changes of the period, and once more where a policy asks for sign-off, needs { $lenient } at 500 lines an hour and { $strict } at 300; allotted were { $allotted }. That is enough even at the slower pace.
w01-unfunded = { $count ->
    [one] One policy asks for a further reader and was given 0 hours a week.
   *[other] { $count } policies ask for further readers and were given 0 hours a week.
}
w01-evidence = asks for a further reader; 0 hours a week allotted
w01-unmeasured = { $count ->
    [one] The lines of one change could not be counted.
   *[other] The lines of { $count } changes could not be counted.
}
w03-no-reviews = No review of the period is on record.
w03-spread = Review work is spread with a Gini index of { $gini } over { $people } (0 is even, 1 is one person); that equals { $effective } with equal loads.
w05-no-large-changes = No approved change of more than 200 lines is on record with both instants.
w05-share = { $share } of the approved changes of more than 200 lines were approved faster than they can be read, without a written comment. { $ai ->
    [0] None of them carries a mark of AI use.
    [one] One of them carries a mark of AI use.
   *[other] { $ai } of them carry a mark of AI use.
}
w05-unknown = { $count ->
    [one] Of one further approved change the size or the instants are not known.
   *[other] Of { $count } further approved changes the size or the instants are not known.
}
w07-no-local-times = No change carries a local time that can be trusted.
w07-share = { $share } of the changes written by people were written before 8, after 18 or at a weekend, by the clock of the place where they were written.
w07-unknown = Of { $share } of the changes the local time is unknown, because a server wrote it; the figure speaks for a minority.

## Surveillance

s01-undeclared = { $all ->
    [one] The one capture found is in the configurations and not in the register.
   *[other] { $count ->
        [one] One of { $all } captures is in the configurations and not in the register.
       *[other] { $count } of { $all } captures are in the configurations and not in the register.
    }
}
s01-declared = { $all ->
    [one] The one capture found is covered by an entry of the register.
   *[other] All { $all } captures found are covered by an entry of the register.
}
s01-wider = { $count ->
    [one] One declared capture goes beyond what the register allows it.
   *[other] { $count } declared captures go beyond what the register allows them.
}
s01-dead = { $count ->
    [one] One entry of the register matches no file that was given.
   *[other] { $count } entries of the register match no file that was given.
}
s01-evidence-dead = declared, matches no file that was given
s01-evidence-wider = goes beyond what the register allows in: { $axes }

s02-in-time = { $all ->
    [one] Workers were told of the one capture on or before the day it was switched on.
   *[other] Workers were told of all { $all } captures on or before the day they were switched on.
}
s02-late = { $count ->
    [one] One declared capture was switched on before workers were told.
   *[other] { $count } declared captures were switched on before workers were told.
}
s02-no-notice = { $count ->
    [one] For one declared capture the register names no date on which workers were told.
   *[other] For { $count } declared captures the register names no date on which workers were told.
}
s02-unknown = { $count ->
    [one] The day on which one declared capture was switched on is not known.
   *[other] The day on which { $count } declared captures were switched on is not known.
}
s02-undeclared = { $count ->
    [one] One capture is not in the register at all, so no notice of it is on record.
   *[other] { $count } captures are not in the register at all, so no notice of them is on record.
}
s02-evidence-late = switched on before workers were told
s02-evidence-no-notice = no date of notice in the register

s05-content = { $count ->
    [one] One capture goes beyond activity data to what a single person wrote, ran or visited (content level 2 or above), and the register gives no need for it.
   *[other] { $count } captures go beyond activity data to what single persons wrote, ran or visited (content level 2 or above), and the register gives no need for them.
}
s05-no-register = { $count ->
    [one] One capture goes beyond activity data to what a single person wrote, ran or visited; without a register it is not known whether a need for it is stated.
   *[other] { $count } captures go beyond activity data to what single persons wrote, ran or visited; without a register it is not known whether a need for them is stated.
}
s05-metadata = { $all ->
    [one] The one capture found does not go beyond activity data without a stated need.
   *[other] None of the { $all } captures found goes beyond activity data without a stated need.
}
s05-justified = { $count ->
    [one] One capture goes beyond activity data, with a need stated in the register; the audit did not judge that need.
   *[other] { $count } captures go beyond activity data, with a need stated in the register; the audit did not judge that need.
}

s06-recording = { $count ->
    [one] One setting records speech, pictures or a whole session of people without an agreement on record.
   *[other] { $count } settings record speech, pictures or whole sessions of people without an agreement on record.
}
s06-no-register = { $count ->
    [one] One setting records speech, pictures or a whole session of people; without a register it is not known whether there is an agreement.
   *[other] { $count } settings record speech, pictures or whole sessions of people; without a register it is not known whether there are agreements.
}
s06-agreed = { $count ->
    [one] One setting records speech, pictures or a whole session; an agreement is on record.
   *[other] { $count } settings record speech, pictures or whole sessions; an agreement is on record for each.
}
s06-none = No setting that records speech, pictures or whole sessions of people was found in the files that were given.

s09-not-stated = No file that was given states how long anything is kept.
s09-within = { $all ->
    [one] The one retention found is bounded.
   *[other] All { $all } retentions found are bounded.
}
s09-unlimited = { $count ->
    [one] One store keeps what it holds for ever.
   *[other] { $count } stores keep what they hold for ever.
}
s09-too-long = { $count ->
    [one] One retention is longer than declared.
   *[other] { $count } retentions are longer than declared.
}
s09-too-short = { $count ->
    [one] One retention is shorter than declared.
   *[other] { $count } retentions are shorter than declared.
}
s09-not-declared = { $count ->
    [one] For one retention the register does not state both a shortest and a longest time.
   *[other] For { $count } retentions the register does not state both a shortest and a longest time.
}

s11-path = { $count ->
    [one] Data declared for safety reaches a place that compares or judges people, by one path.
   *[other] Data declared for safety reaches places that compare or judge people, by { $count } paths.
}
s11-no-path = No path leads from a source declared for safety to a place that compares or judges people.
s11-no-source = The register declares no source for safety, security or reliability among the captures found, so there is nothing whose paths could be followed.
s11-open = No path was found, but some flows leave the files that were given (open ends: { $open }; files not understood: { $unread }).
s11-evidence = ends here: a way from the safety source “{ $source }” to a view of single persons

s12-per-person = { $count ->
    [one] One dashboard, query or export measures work person by person.
   *[other] { $count } dashboards, queries or exports measure work person by person.
}
s12-none = No dashboard, query or export that was given measures work person by person.
s12-no-views = No dashboard or query was among the files given, so nothing can be said about what is looked at.

s15-nothing-held = No conversation, no link to one and no name was found in the notes, the known places and the exports.
s15-transcripts = { $count ->
    [one] One record beside the history holds a conversation with an AI tool.
   *[other] { $count } records beside the history hold conversations with AI tools.
}
s15-links = { $count ->
    [one] One record beside the history links to a stored conversation.
   *[other] { $count } records beside the history link to stored conversations.
}
s15-files = { $count ->
    [one] One file of a repository is kept by a tool to hold a conversation.
   *[other] { $count } files of repositories are kept by tools to hold conversations.
}
s15-people = { $count ->
    [one] One record about AI use names a person, and no entry of the register covers it.
   *[other] { $count } records about AI use name people, and no entry of the register covers them.
}
s15-fields = { $count ->
    [one] One column of the incident exports holds personal data, and no entry of the register covers it.
   *[other] { $count } columns of the incident exports hold personal data, and no entry of the register covers them.
}
s15-declared = { $count ->
    [one] One repository or export holds names of people, and an entry of the register covers it.
   *[other] { $count } repositories or exports hold names of people, and entries of the register cover them.
}
s15-notes-not-fetched = { $count ->
    [one] The copy of one repository holds no notes about AI use. A plain clone leaves them out; fetch them before the audit with: git fetch origin 'refs/notes/*:refs/notes/*'
   *[other] The copies of { $count } repositories hold no notes about AI use. A plain clone leaves them out; fetch them before the audit with: git fetch origin 'refs/notes/*:refs/notes/*'
}
s15-evidence-notes = records that hold a conversation / link to one / name a person
s15-evidence-traces = records that link to a conversation
s15-evidence-files = files that hold conversations
s15-evidence-export = columns that hold personal data

s18-declared = This audit runs under “{ $agreement }” for the purpose: “{ $purpose }”.
s18-no-agreement = The plan names a purpose and no agreement with the workers' representatives. Its purpose: “{ $purpose }”.
s18-no-plan = A single repository was audited without a plan, so no purpose could be stated.
s18-no-purpose = The plan does not state the purpose of this audit.

r11-unknown = For { $share } of the incidents the records do not show how far the effects reached.
r11-mismatch = { $count ->
    [one] In one incident
   *[other] In { $count } incidents
} the declared reach differs from the services, environments and regions that the record names.
r11-evidence-mismatch = declared scope differs from what the record names

r15-traced = { $share } of the incidents are traced to a change that the records state as the cause; with changes that are attached or were deployed shortly before, { $inferred }.

r16-repeated = { $count ->
    [one] One incident has a cause that had led
   *[other] { $count } incidents have a cause that had led
} to another incident in the six months before.
r16-overdue = Actions that were agreed after incidents and are overdue: { $count }.
r16-nameless = { $count ->
    [one] One incident names no cause
   *[other] { $count } incidents name no cause
}, so whether a cause came back is not known.
r16-short-records = The records do not reach six months back from the beginning of the period.
r16-none = No cause came back within six months, and no action on record is overdue.
r16-evidence-repeated = the same cause as an incident of the six months before

r20-possible = { $count ->
    [one] The one incident could be undone
   *[other] All { $count } incidents could be undone
}, and no backup was affected.
r20-silent = { $count ->
    [one] One incident does not record
   *[other] { $count } incidents do not record
} whether what was done could be undone and whether backups were affected.
r20-impossible = { $count ->
    [one] In one incident what was done could not be undone
   *[other] In { $count } incidents what was done could not be undone
}, or data was lost for good.
r20-backups = { $count ->
    [one] In one further incident backups were affected too
   *[other] In { $count } further incidents backups were affected too
}.
r20-evidence-lost = could not be undone, or data lost for good
r20-evidence-backups = backups were affected too

w09-no-pages = The exports do not list who was called when, one call by one, so the load of a shift is not known.
w09-shifts = Share of shifts of twelve hours with more than two incidents, among shifts with any: { $share }.
w09-nights = Share of nights with more than one call, among nights with any: { $share }.

w08-none-seen = No period without 11 hours free of events was seen among people who were called ({ $share }). Events are a lower bound of work, so this does not show that rest was kept.
w08-possible = Share of periods of 24 hours of people who were called in which no 11 hours were free of events: { $share }. These are possible interruptions of daily rest, not violations.

r13-median = Half of the failed changes were recovered within { $median }.
r13-counted = Incidents traced to a change: { $failed }; still open at the end of the period: { $open }.
r13-none-traced = No incident of the period is traced to a change, so there is no failed change whose recovery could be timed.
r13-no-median = Fewer than half of the failed changes were recovered in the period, or their ends are not recorded, so there is no median.
r13-untimed = { $count ->
    [one] One incident is
   *[other] { $count } incidents are
} closed without a usable end and could not be timed.
w09-without-calls = { $count ->
    [one] For one incident of the period
   *[other] For { $count } incidents of the period
} nobody is listed as called, so that calls may be missing.
r16-no-actions = No incident of the period records what was agreed afterwards, so whether an action is overdue is not known.
