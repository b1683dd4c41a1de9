# The catalogue of checks, four texts each: the proposition, what is asked by default, what would mend it, and what the
# check cannot see. Read aloud at a table: plain words, short, fair to both sides. No arguments.
#
# Words used throughout: an AI-assisted change carries a mark of AI use; the rest is unattributed, which is not proof of
# work without AI. The doctrine is the organisation's written rule on what AI agents may do.

## A. Technical robustness and failure modes

check-R01-name = AI-assisted changes are classified, and the class leads to a stricter route.
check-R01-criterion = Marks of AI use are not switched off, what people declare and what tools wrote agree, and a declared rule binds AI-assisted changes alone; a lost mark, or a declaration without a tool's mark, makes it met with comments.
check-R01-remedy = Switch the marks on in every tool, keep them when changes are merged, and tie the AI class to a written rule that asks for more than the ordinary route. The workers' representatives may ask for the list of settings and the date of each.
check-R01-limits = Marks are a lower bound: AI use that leaves no mark is not seen, and a mark says that AI took part, not how much. Settings, jobs and hooks are read at the newest commit; those kept outside the repository are not seen.

check-R02-name = AI-assisted changes carry a logged human validation.
check-R02-criterion = Every AI-assisted change of the period has a person's approval on record that satisfies the rule of dual authorisation in force; from 95 % it is met with comments.
check-R02-remedy = Require a person's approval before an AI-assisted change is merged, and keep the record where it can be exported. Give the time for it as part of the work.
check-R02-limits = An approval on record does not show how carefully somebody looked. Approvals given by word of mouth are not seen.

check-R03-name = Changes carry a second person's approval (dual authorisation).
check-R03-criterion = Every change is approved on its final revision and before it is merged by a person who neither wrote it nor prompted the AI, where AI tools and automation never count as a person; from 95 %, or where the records do not show the revision, it is met with comments.
check-R03-remedy = Set the branch rules so that approvals lapse when a change is revised, and so that neither the author nor an AI agent can give the second approval. Plan enough reviewers, or the rule will be worked around.
check-R03-limits = Who prompted an AI tool is often not recorded. Review trailers in the history show that an approval was noted, not when it was given or on which revision.

check-R04-name = AI-assisted changes carry the senior sign-off that the policy asks for.
check-R04-criterion = From the policy's own date, every AI-assisted change that it covers has a sign-off by a role that the policy names.
check-R04-remedy = State in the policy which roles may sign off and from when, record the sign-off with the change, and name enough of these roles to carry the load. The workers' representatives may ask how many hours were given for it.
check-R04-limits = This is measured against the organisation's own rule; no law or standard known to this tool asks for it. Sign-offs outside the review records are not seen.

check-R05-name = Guardrails (technical barriers in the way to production) are not bypassed.
check-R05-criterion = No bypass is on record in the history, the reviews, the incidents or a log of guardrail events.
check-R05-remedy = Explain each bypass and have it approved after the fact, narrow the permissions that made it possible, and list lasting needs as exceptions with an end date. Ask first what made the bypass seem necessary: time pressure is a cause too.
check-R05-limits = Only bypasses that leave a trace are counted: checks skipped on somebody's own machine leave none, and a rule that nobody set cannot be bypassed. Few bypasses on record may mean few bypasses or little recording.

check-R06-name = AI agents stay inside the doctrine (the written rule on what they may do).
check-R06-criterion = No operation on record by an AI agent is of a higher class than the doctrine allows, on a scale from reading and drafting (O0) to several accounts or regions at once (O4).
check-R06-remedy = Reduce the agents' permissions to what the doctrine allows, so that the limit does not depend on attention. Where the doctrine is silent, write down the highest class that an agent may carry out alone.
check-R06-limits = Operations that were not logged are not seen. The class is worked out from what was touched; where that is not recorded, the class stays unknown.

check-R07-name = Operations on whole environments go through workflows that a senior role approved and that were tested.
check-R07-criterion = Every operation of class O3 or higher (a whole environment or account, stored data, access rights or networks) has a senior role's approval on record before the act, and its record shows a tested workflow, unless an exception covers it.
check-R07-remedy = Allow such operations only through a tested workflow that waits for the approval, and take direct access away from agents. Record the approval with its time.
check-R07-limits = Operations at a console leave a trace only where they are logged, and reach is worked out from the files touched. The history does not show whether a workflow was tested; only a record of the operation does.

check-R08-name = Small requests stay small.
check-R08-criterion = Changes announced as minor do not reach a whole environment and do not go far beyond what is usual for their kind; no threshold is shipped, the plan sets it.
check-R08-remedy = Show the reach of a change before it is approved, and send a change that outgrew its announcement back for a new approval. Give AI agents narrow tasks with limits on what they may touch.
check-R08-limits = Reach is estimated from the files and lines touched; a one-line change can do great harm and a large one none. What was announced is known only where it was written down.

check-R09-name = AI-assisted changes fail no more often than the rest.
check-R09-criterion = Met when the upper limit of the ratio of failure rates, compared like with like, is at most 1.25; not met when its lower limit is above 1; otherwise no conclusion.
check-R09-remedy = Look first at the repositories and sizes of change where the difference is greatest, and make review and tests stricter there. Link incidents to changes, so that the next comparison rests on more cases.
check-R09-limits = This shows an association, not a cause. Changes that carry no mark are counted with the rest, which can hide a difference, and failures that nobody linked or reverted are not seen.

check-R10-name = AI-assisted changes are reverted (taken back) no more often than the rest.
check-R10-criterion = With the same 30 days of follow-up for each change, met when the upper limit of the ratio of revert rates, compared like with like, is at most 1.25; not met when its lower limit is above 1; otherwise no conclusion.
check-R10-remedy = Read the reverted changes for common causes, and put tests or review where these arise. Do not aim at fewer reverts as such: a quick revert is often the right answer.
check-R10-limits = A repair by a later change is not a revert and is not counted here. Squashed or rebased history can lose the link between a revert and what it took back.

check-R11-name = The blast radius (how far the effects reach) is known and contained.
check-R11-criterion = Incidents record what was acted on and what was affected, on a scale from nothing in production (B0) to all customers (B6); no threshold is shipped, the plan sets it.
check-R11-remedy = Record for every incident which services, environments and regions were touched and which were hit. Limit by permission how much one operation can touch at once.
check-R11-limits = A missing entry is counted as unknown, never as small. The scale orders reach; it does not measure harm.

check-R12-name = High-severity incidents are not rising.
check-R12-criterion = Incidents of severity 1 and 2 per day, this period over the one before: met when the whole interval of the ratio lies below 1, not met when it lies above 1, otherwise no conclusion.
check-R12-remedy = See whether more changes, more AI-assisted changes, a higher rate or fewer people explain the rise, and act on that part. Where they cannot be told apart, record staffing and AI involvement so that they can be next time.
check-R12-limits = The rate is per day, not per change or per person, and with few incidents a real rise can look like chance and chance like a rise. A change in how severity is assigned looks like a change in incidents.

check-R13-name = Failed changes are recovered in time.
check-R13-criterion = The median time to restore service after incidents that are traced to a change, with cases still open at the end of the period kept and not dropped; no threshold is shipped, the plan sets it.
check-R13-remedy = Practise rollback, record when a failure was noticed and when service was restored, and agree a recovery target for each service. The workers' representatives may ask how many people were on hand for it.
check-R13-limits = Times are as they were entered, often afterwards. A quick recovery says nothing about how much it asked of the people who did it.

check-R14-name = Incident records say whether AI was involved.
check-R14-criterion = Every incident record states whether AI was involved, and none says otherwise than the AI evidence linked to it.
check-R14-remedy = Add a required field for AI involvement with the answers yes, no and not known, and review records that name a person's mistake where a linked change carries a mark of AI use. The field should describe the event, not blame anyone.
check-R14-limits = The statement is the organisation's own. A conflict between record and evidence is a question to be answered, not proof that either is wrong.

check-R15-name = Incidents are traced to the changes that caused them.
check-R15-criterion = The share of incidents linked to a change is known for each level of confidence, with what would follow if all or none of the others were AI-assisted; no threshold is shipped, the plan sets it.
check-R15-remedy = Record the causing change in the incident, in the field meant for cause and not in the one for repair. Record "not caused by a change" as an answer too.
check-R15-limits = Not every incident is caused by a change, so full coverage is not to be expected. Links made by likeness in time are weaker than links that people recorded.

check-R16-name = Known failure modes do not repeat.
check-R16-criterion = No cause appears twice within six months, and no action agreed after an incident is overdue at the end of the period.
check-R16-remedy = Give each action from an incident review a date, an owning role and the time to do it, and check after six months whether the cause came back. Use shared names for causes, so that repeats can be seen.
check-R16-limits = Repeats are found only where causes are recorded and named alike. A cause that is named too broadly seems to repeat.

check-R17-name = Tests are not weakened by AI-assisted changes.
check-R17-criterion = AI-assisted changes do not remove tests, skip them or lose assertions more often than the rest, compared like with like; no threshold is shipped, the plan sets it.
check-R17-remedy = Have a person confirm every removed or skipped test with a reason, and make the build show the number of tests before and after.
check-R17-limits = Tests are recognised by file names and common markers. A removed test may have been useless, and a kept one may check nothing.

check-R18-name = New guardrails worked.
check-R18-criterion = After the date of a new policy, approvals, bypasses and failures are not worse than before it, with intervals shown.
check-R18-remedy = Where nothing changed, find out whether the rule was applied, worked around or aimed at the wrong cause. Drop or mend what costs time and prevents nothing.
check-R18-limits = Other things change at the same time, so a before-and-after comparison cannot show that the policy was the cause. Soon after the date there are few cases.

check-R19-name = Serious incidents were reported in time.
check-R19-criterion = Reports meet the clocks of the declared norm profiles; where none that has a clock is declared, no criterion is agreed.
check-R19-remedy = Record when the organisation became aware, when it classified the incident and when each report was sent. Rehearse the reporting path before it is needed.
check-R19-limits = Whether an incident had to be reported is a legal question that this check does not answer. Reports that are not in the incident records are not seen.

check-R20-name = Recovery was possible.
check-R20-criterion = Incident records show whether backups were affected, whether rollback had been tested and whether the operation could be undone, and none shows that recovery was impossible.
check-R20-remedy = Keep backups out of reach of the identities that agents use, test the restore and record the date. Class operations that cannot be undone higher.
check-R20-limits = That nothing was lost in the period does not show that recovery would have worked. Restore tests that nobody recorded are not seen.

check-R21-name = The record of each AI tool is known.
check-R21-criterion = For each AI tool the number of changes, reverts, findings against the doctrine and linked incidents is known; tools with few cases are not ranked.
check-R21-remedy = List the AI tools in use, let each leave its own mark, and record the tool in incidents. Review the list when a tool or its model changes.
check-R21-limits = Tools differ in how reliably they leave marks, so their counts cannot be compared directly. A tool that leaves none does not appear.

check-R22-name = Testing kept up with the change.
check-R22-criterion = Tests touched per change, and lines of test to lines of code, are shown for AI-assisted changes and the rest against the quarter before; no threshold is shipped, the plan sets it.
check-R22-remedy = Ask for tests with each change of behaviour, and plan the time to write and read them. Look at the parts of the system where code grew and tests did not.
check-R22-limits = Lines of test do not measure what is tested. Tests kept in other repositories are not seen.

check-R23-name = There is a log of when and how AI was used.
check-R23-criterion = AI-assisted changes record the tool, the model and the run, without keeping transcripts; no threshold for completeness is shipped, the plan sets it.
check-R23-remedy = Let the tools write tool, model and run into the change by themselves. Keep conversations out of it: the log should describe the change and not watch its author.
check-R23-limits = AI use that left no mark cannot be in the denominator, so completeness is overstated. What the log says was not checked against the tools' own records.

## B. Workload on engineers, reviewers and operators

check-W01-name = Review capacity covers review demand.
check-W01-criterion = The hours needed, at the lenient pace of 500 lines an hour, are at most the hours allotted; no conclusion where the answer differs between 300 and 500 lines an hour.
check-W01-remedy = Allot the missing hours, add reviewers, or let fewer or smaller changes through. The workers' representatives may ask for the hours allotted to be written down for each rule that asks for a review.
check-W01-limits = The hours needed are an estimate from lines changed; hard changes take longer. Hours allotted are as declared, and whether they were really free is not seen.

check-W02-name = Reviews are not waiting.
check-W02-criterion = The median wait for a first review by a person, with open reviews kept in the count, and the age of the backlog are shown; no threshold is shipped, the plan sets it.
check-W02-remedy = Agree how long a review may wait, and give reviewers the time or send them less. Where waiting grew after a new rule, look at the rule before asking for more speed.
check-W02-limits = Waiting time includes nights, weekends and work on other things. A short wait can mean quick care or little care.

check-W03-name = Review work is spread over those who can do it.
check-W03-criterion = How unevenly reviews are spread is shown over everyone eligible, with those who did none; no threshold is shipped, the plan sets it.
check-W03-remedy = Widen the circle of reviewers by training and pairing, rotate review duty, and count it in planning. Some unevenness is normal; a few people carrying most of it is a risk to them and to the service.
check-W03-limits = Who is eligible is taken from the people list, and may be out of date. Reviews differ in size, and help given outside the review tool is not seen.

check-W04-name = Oversight of AI is counted as work.
check-W04-criterion = The share of review demand that comes from AI-assisted changes is shown beside the hours allotted for it; no threshold is shipped, the plan sets it.
check-W04-remedy = State in each policy how many hours its oversight takes and where they come from. The workers' representatives may ask for this figure before a rule starts.
check-W04-limits = The AI share is a lower bound. Time spent prompting, checking and discarding AI output before a review begins is not in the records.

check-W05-name = Approvals are not rubber stamps.
check-W05-criterion = No change of more than 200 lines is approved, without a comment, faster than 500 lines an hour; up to 5 % is met with comments.
check-W05-remedy = Ask for smaller changes and give time to read them. Treat a high share as a sign of too much demand, and never as a fault of single reviewers.
check-W05-limits = The elapsed time is the most that can have been spent reading, so only approvals that were too quick can be recognised. Reading done before the request, or together at one screen, is not seen.

check-W06-name = Added friction is bounded and known.
check-W06-criterion = Time and number of approvals from ready to merged are shown for AI-assisted changes and the rest, before and after each policy; no threshold is shipped, the plan sets it.
check-W06-remedy = Set beside each rule what it costs and what it prevented, and drop steps that prevent nothing. Agree in advance how much delay the rule is worth.
check-W06-limits = Delay has many causes, and a policy is only one. Work that was never begun because of a rule leaves no trace.

check-W07-name = Work stays inside working hours.
check-W07-criterion = The share of activity outside declared hours is shown for groups, by the clock of each person's own time zone, without AI agents and automation; no threshold is shipped, the plan sets it.
check-W07-remedy = Look for the cause with the people concerned: on-call duty, deadlines, or hours that people chose. Agree on quiet hours for review requests and automated messages.
check-W07-limits = A recorded event is not working time, and its hour says nothing about who wanted it so. Records in UTC without a time zone are left out as unknown.

check-W08-name = Daily rest is not interrupted.
check-W08-criterion = No possible interruption of 11 hours of rest in a day is seen; it is shown as a group share only, and the plan can leave this check out.
check-W08-remedy = Arrange cover so that a night with calls is followed by a later start, and record the later start. The workers' representatives may ask for a rule on rest after call-outs.
check-W08-limits = This counts possible interruptions in records, not violations of law: an event is not working time, and a gap in the records is not proof of rest. Whether stand-by counts as working time is a legal question.

check-W09-name = On-call load is sustainable.
check-W09-criterion = No 12-hour shift has more than 2 incidents; the share of nights with a call is shown beside it.
check-W09-remedy = Remove alarms that need no action, share the duty among more people, and give time off after heavy shifts. Look at the worst shifts and not at the mean.
check-W09-limits = Two incidents a shift is one company's published practice, not a law. Calls outside the paging tool are not seen, and incidents differ in effort.

check-W10-name = Cleaning up after AI does not fall on people unseen.
check-W10-criterion = Time spent on incidents, follow-up repairs and reverts of AI-assisted changes is shown beside that for the rest; no threshold is shipped, the plan sets it.
check-W10-remedy = Record clean-up as planned work with hours of its own, and set it against the time that AI is said to save.
check-W10-limits = Only clean-up that left a record and a link to its cause is counted, so this is a lower bound. Following up on one's own work is part of any engineering.

check-W11-name = Record-keeping duties are given the time they need.
check-W11-criterion = The documents and approvals asked for per change are shown beside the time allotted; no threshold is shipped, the plan sets it.
check-W11-remedy = Let tools fill in what they know, merge forms that ask the same thing, and allot hours for the rest.
check-W11-limits = Only records that the register names or the history shows are counted. The time that each takes is an estimate or a declaration.

check-W12-name = Knowledge is not held by one person alone.
check-W12-criterion = How few people hold most of the knowledge of the code is shown in broad bands only; no threshold is shipped, the plan sets it.
check-W12-remedy = Pair on the parts that few people know, and plan time for handover before leave and departures.
check-W12-limits = Who changed a file is a rough sign of who knows it, and more so where AI wrote part of it. No names are worked out for the report.

check-W13-name = Workers were heard.
check-W13-criterion = Consultation is dated on or before the rollout, and survey answers are shown as group results or the reason is given why none were sought.
check-W13-remedy = Consult before the next rollout or rule, and record the date, the subject and what came of it. For what already runs, agree on a review with the works council.
check-W13-limits = A date does not show whether anyone was listened to. Those who answer a survey may differ from those who do not.

check-W14-name = Staffing moved with demand.
check-W14-criterion = Changes, reviews and incidents per head are shown against the quarter before; no threshold is shipped, the plan sets it.
check-W14-remedy = Bring demand and staffing back together, by people, by hours or by doing less, and state which of them was chosen.
check-W14-limits = Heads are as declared, and say nothing about experience or absence. Demand that the records do not show is not counted.

check-W15-name = Using AI is not forced on people.
check-W15-criterion = No declared or observed mandate, quota, usage target, use in appraisal or dashboard of single people's AI use is found without an agreement.
check-W15-remedy = Drop targets for AI use, or agree them with the works council together with a right to decline. Measure what AI is meant to improve and not how much it is used.
check-W15-limits = Pressure by word of mouth and in appraisal talks leaves no trace in these inputs.

## C. Surveillance intensity and data governance

check-S01-name = Every observed capture (a setting that records what people do) is declared.
check-S01-criterion = Each capture found in the configurations has an entry in the register, and each entry in the register is found in the configurations.
check-S01-remedy = Add the missing entries with their purpose and limits, or switch the captures off; strike entries that match nothing. The workers' representatives may ask for the list of both.
check-S01-limits = Only the configurations that were handed over are read. Monitoring by other departments or by outside services is not seen, and a missing configuration is not proof that nothing is recorded.

check-S02-name = Workers were told before monitoring was switched on.
check-S02-criterion = For each capture the notice is dated on or before the day on which the history of the configuration shows it switched on.
check-S02-remedy = Give notice now for what already runs, and make the notice a condition of switching anything on. Record the date in the register.
check-S02-limits = The date of notice is as declared; whether it reached everyone and was understood is not seen. A setting may have been switched on elsewhere before it entered this history.

check-S03-name = Workers' representatives were consulted in time.
check-S03-criterion = For each capture the agreement or consultation is dated on or before the day on which it was switched on.
check-S03-remedy = Open talks on the captures that lack an agreement, and hold back their use until then where the law or an agreement asks for it. Link each agreement to the captures that it covers.
check-S03-limits = Whether representatives agreed, and whether the law required it, is not decided here. Where there is no representative body, the register should say so.

check-S04-name = Each capture has a stated purpose.
check-S04-criterion = Each capture names at least one purpose from the closed list of purposes.
check-S04-remedy = State for each capture what it is for and what it must not be used for. Where nobody can say what it is for, switch it off.
check-S04-limits = A stated purpose is not proof that the data serve it, or that they serve nothing else.

check-S05-name = Captures stay at metadata (who, when, how long) unless more is justified.
check-S05-criterion = No capture takes content, command lines, prompts, messages, keystrokes or the screen unless the register gives a basis for it.
check-S05-remedy = Switch content capture off, or mask it before it is stored; where it is needed, write down why less would not do, for whom and for how long. The workers' representatives may ask for the reason and an end date.
check-S05-limits = Configurations show what is set, not what was recorded. A product's default can capture content without any setting to be read.

check-S06-name = No sound, picture or transcript of people is recorded without an agreement.
check-S06-criterion = No meeting transcription, session replay or recording is set without a declared agreement that covers it.
check-S06-remedy = Switch it off until an agreement covers it, and make recording something that each meeting chooses and everybody in it can see.
check-S06-limits = Recordings that people start by hand, and settings kept only in an outside service, are not seen unless they are exported.

check-S07-name = Nothing infers emotion or identity from people's bodies or behaviour.
check-S07-criterion = No setting for biometric recognition, or for inferring emotion, mood, stress or attention, is found without a declared basis.
check-S07-remedy = Switch it off. Where a medical or safety reason is claimed, have it assessed by those responsible for data protection before it is used again.
check-S07-limits = Such functions can be built into a product under another name. That no setting was found is not proof that the function is absent.

check-S08-name = Records are not tied to named persons without need.
check-S08-criterion = No capture identifies people more closely than its stated purpose needs, and names are replaced by codes or removed where the register says so.
check-S08-remedy = Record groups instead of people, or replace names by codes before storage and keep the key apart. Ask of each purpose whether it works without knowing who.
check-S08-limits = A code in place of a name can often be traced back. Records that are joined elsewhere may identify people although none of them does alone.

check-S09-name = Retention is bounded on both sides.
check-S09-criterion = Each kind of record is kept at least as long and at most as long as declared for its purpose, with a basis for both bounds; unlimited retention is not met.
check-S09-remedy = Set an end in every store, counting the copy that lives longest, and state the reason for the shortest and the longest time. Safety duties and data protection pull in different directions; settle it per purpose.
check-S09-limits = Backups, exports and copies on people's machines are not seen. A retention setting is not proof that anything was deleted.

check-S10-name = Access to the records is narrow and is itself recorded.
check-S10-criterion = Only declared roles can read raw records, no shared account can, and access is logged.
check-S10-remedy = Remove roles that do not need raw records, replace shared accounts, and switch on the access log. Name roles in the register, never people.
check-S10-limits = Rights given outside the configurations handed over are not seen. Who really looked is known only where access is logged.

check-S11-name = Safety logs are walled off from performance management.
check-S11-criterion = No path, declared or observed, leads from a safety, security or reliability source to a performance or personnel use.
check-S11-remedy = Cut the path at the step that the report shows, and write into the register what the source must not be used for. People report mistakes openly only where the report cannot be turned against them.
check-S11-limits = Only flows that appear in configurations or the register are seen. Someone who may read a safety log can still use it otherwise.

check-S12-name = Individual productivity is not measured.
check-S12-criterion = No dashboard, query or export shows productivity person by person.
check-S12-remedy = Group by team or service, with enough people in each group, and take out rankings and filters by person. Where single figures are needed for another purpose, agree on it and limit who sees them.
check-S12-limits = Queries typed by hand and sheets kept outside the repository are not seen. A panel that could show people one by one may never have been used so.

check-S13-name = No automated decision is made about a person.
check-S13-criterion = No rule that ranks people, alerts personnel management or triggers a consequence for a person runs without a step taken by a person, unless a basis is declared.
check-S13-remedy = Put a person with the authority to decide otherwise before any consequence, tell those concerned, and give them a way to object. Remove rankings that nobody needs.
check-S13-limits = A step taken by a person may be a formality, and this cannot be seen. Rules inside outside services are seen only if they are exported.

check-S14-name = Monitoring is not creeping.
check-S14-criterion = Since the last run no capture was added, widened or kept longer without a change in the register that came first or with it.
check-S14-remedy = Tie changes of monitoring settings to a register entry and a notice, and review all captures together once a year.
check-S14-limits = Two runs can be compared only where the same places were read. A narrower reading the first time looks like creep the second time.

check-S15-name = Repositories and exports are not a hidden monitor.
check-S15-criterion = No conversations with AI tools, and no links to them, lie in the history or its notes, and no names of people lie in the notes or in incident exports beyond what the register covers.
check-S15-remedy = Stop tools from writing transcripts into the history, and leave names and free text out of exports. What is already there can stay readable to everyone with a copy, so tell those concerned.
check-S15-limits = Personal data in code, comments and attachments is not searched for. Only known places and formats are looked at, and where they link to is not opened.

check-S16-name = Monitoring respects private time, devices and places.
check-S16-criterion = No capture runs outside working time, on personal devices, on location or in sensitive rooms unless the register gives a basis for it.
check-S16-remedy = Limit capture to work devices and working time, and separate private areas by setting and not only by promise.
check-S16-limits = Whether a device or an hour is private is often not in the configuration. What is declared is taken as declared.

check-S17-name = An impact assessment exists and came first.
check-S17-criterion = For each highly intrusive capture an assessment of its effects on people is dated on or before the day on which it was switched on.
check-S17-remedy = Carry out the assessment now, hear those concerned, and decide anew whether to go on. Switch on the next one only afterwards.
check-S17-limits = A date does not show how thorough the assessment was. Whether the law required one is not decided here.

check-S18-name = This audit itself is declared.
check-S18-criterion = The plan states the agreement under which this audit runs and its purpose.
check-S18-remedy = Agree on the audit with the workers' representatives, or record why there is no agreement, and state the purpose in the plan. An audit that reads records about work can itself need an agreement.
check-S18-limits = The reference is printed as stated; the agreement itself was not read.
