# What every report prints beside its findings: limits, what a person fills in, privacy.

limit-1 = Marks of AI use are a lower bound: a mark may be missing, removed or never made, so the rest is called unattributed and is not proof of work without AI.
limit-2 = Where two things go together, that is an association and not proof that one caused the other.
limit-3 = Records were read as the organisation made and handed them over; whether they are complete was not checked against other sources.
limit-4 = Configurations show what is set, not what was done, and the absence of a configuration is not proof that nothing is monitored.
limit-5 = What the register and the plan declare is repeated as declared; whether a notice was understood, or an agreement really reached, cannot be seen.
limit-6 = Spoken approvals, AI use and agent actions that were not logged, and monitoring outside the inputs listed in this report are not seen.
limit-7 = Data that are missing are called unknown and are never counted as zero; data that exist but are hidden to protect people are called withheld.
limit-8 = A recorded event is not working time, and a gap between events is not proof of rest.
limit-9 = A difference that is not shown may still exist, and among many comparisons some differences arise by chance.
limit-10 = This report makes no finding about any person, and must not be used to assess, rank or discipline anyone.
limit-11 = Norms are named because they are relevant to a check; this is not legal advice, and a norm named here need not apply to this organisation.
limit-12 = A criterion shows who set it; a verdict holds only for this period, these inputs and these criteria.
limit-13 = There is no total score: a good result in one dimension does not make up for a bad one in another.
limit-14 = The report gives limited assurance at most, because the software sees only the inputs it was given.
limit-15 = People are told apart by address and login, so a person with several counts as several unless the people list or the mailmap joins them, and reports on overlapping periods must not be published side by side.
limit-16 = This report was drafted by software; it becomes an audit report only when a named person has examined it and signs it.

sign-auditor = Auditor
sign-qualification = Qualification and role
sign-independence = Relation to the audited organisation, and grounds for independence
sign-date-and-signature = Date and signature

privacy-k = A figure about a group or about people is shown only when at least { $k } different people are behind it.
privacy-withheld = { $count ->
    [one] One figure or table cell is withheld to protect people; it is not zero and not missing.
   *[other] { $count } figures and table cells are withheld to protect people; they are not zero and not missing.
}
privacy-none-withheld = No figure or table cell had to be withheld to protect people.
privacy-public-history = The plan states that the history is already public, so totals about changes are shown however few people are behind them.
