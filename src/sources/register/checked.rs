//! From what was written to what is usable.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::answer::{Answer, Day};
use super::raw::{RawCeiling, RawDoctrine, RawOperation, RawPolicy, RawRegister, RawRetention, RawScope, RawSource};
use crate::error::{Problem, is_hidden, line_column, nearest};
use crate::facts::capture::{Axes, Level};
use crate::facts::change::OperationClass;
use crate::facts::operation::OperationKind;
use crate::facts::register::{
    Agreement, AiUse, DeclaredOperation, DeclaredRetention, DeclaredSource, Doctrine, Need, Policy, PolicyScope,
    Register, Selector, Staffing,
};

/// The file and its text, for problems that point into it.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Text<'_> {
    fn problem<T>(self, at: &Spanned<T>, why: impl Into<String>) -> Problem {
        Problem::input("cannot use the register", why).at_offset(self.file, self.text, at.span().start)
    }

    fn line<T>(self, at: &Spanned<T>) -> u32 {
        u32::try_from(line_column(self.text, at.span().start).0).unwrap_or(u32::MAX)
    }

    /// A word out of a closed list.
    fn word<T: Copy>(self, written: &Spanned<String>, what: &str, known: &[(&'static str, T)]) -> Result<T, Problem> {
        let word = written.get_ref().as_str();
        if let Some((_, value)) = known.iter().find(|(known, _)| *known == word) {
            return Ok(*value);
        }
        let words: Vec<&str> = known.iter().map(|(known, _)| *known).collect();
        Err(self.unknown(written, word, what, &words))
    }

    fn unknown<T>(self, at: &Spanned<T>, word: &str, what: &str, known: &[&str]) -> Problem {
        let help = nearest(word, known.iter().copied())
            .map_or_else(|| format!("write one of {}", known.join(", ")), |near| format!("write `{near}`"));
        self.problem(at, format!("`{word}` is not {what}")).help(help)
    }

    /// Roles and recipients, never people.
    fn roles(self, written: Vec<Spanned<String>>) -> Result<Vec<String>, Problem> {
        written.into_iter().map(|role| self.role(&role).map(|()| role.into_inner())).collect()
    }

    fn role(self, written: &Spanned<String>) -> Result<(), Problem> {
        if written.get_ref().contains('@') {
            let why = "a mail address stands where a role belongs; the register names roles, never people";
            return Err(self.problem(written, why).help("write a role, such as \"sre-oncall\""));
        }
        Ok(())
    }

    fn purposes(self, written: Vec<Spanned<String>>) -> Result<Vec<String>, Problem> {
        for purpose in &written {
            let known = ["dpv:", "local:"].iter().find_map(|prefix| purpose.get_ref().strip_prefix(prefix));
            if known.is_none_or(str::is_empty) || purpose.get_ref().contains('@') {
                return Err(self
                    .problem(purpose, "a purpose is a term of the Data Privacy Vocabulary, or one of your own")
                    .help("write \"dpv:ServiceMonitoring\", or \"local:\" and a word of your own"));
            }
        }
        Ok(written.into_iter().map(Spanned::into_inner).collect())
    }

    /// A number that is not negative.
    fn amount(self, written: Option<Spanned<f64>>) -> Result<Option<f64>, Problem> {
        let Some(written) = written else { return Ok(None) };
        let value = *written.get_ref();
        if !value.is_finite() || value < 0.0 {
            return Err(self.problem(&written, "the number is not zero or more"));
        }
        Ok(Some(value))
    }

    fn unique<'a>(self, what: &str, ids: impl Iterator<Item = &'a Spanned<String>>) -> Result<(), Problem> {
        let mut seen = BTreeSet::new();
        for id in ids {
            if id.get_ref().trim().is_empty() || !seen.insert(id.get_ref().as_str()) {
                return Err(self.problem(id, format!("two {what} have this id, or it is empty")));
            }
            if id.get_ref().contains(|c| c == '@' || is_hidden(c) || c == '\n') {
                return Err(self
                    .problem(id, "the report prints this id, and it holds a mail address or a hidden character")
                    .help("write an id of letters, digits and hyphens"));
            }
        }
        Ok(())
    }
}

pub(super) fn register(text: Text<'_>, raw: RawRegister) -> Result<Register, Problem> {
    text.unique("sources", raw.source.iter().map(|source| &source.id))?;
    text.unique("policies", raw.policy.iter().map(|policy| &policy.id))?;
    text.unique("agreements", raw.agreement.iter().map(|agreement| &agreement.id))?;
    raw.contact_role.iter().try_for_each(|role| text.role(role))?;
    let staffing = raw.staffing.into_iter().map(|raw| {
        Ok(Staffing {
            team: raw.team,
            from: raw.from.0,
            heads: text.amount(raw.heads)?,
            review_hours_per_week: text.amount(raw.review_hours_per_week)?,
            on_call_people: raw.on_call_people,
        })
    });
    let agreements = raw.agreement.into_iter();
    Ok(Register {
        file: text.file.to_owned(),
        sources: raw.source.into_iter().map(|raw| source(text, raw)).collect::<Result<_, _>>()?,
        doctrine: raw.doctrine.map(|raw| doctrine(text, &raw)).transpose()?,
        operations: raw.operation.into_iter().map(|raw| operation(text, raw)).collect::<Result<_, _>>()?,
        policies: raw.policy.into_iter().map(|raw| policy(text, raw)).collect::<Result<_, _>>()?,
        staffing: staffing.collect::<Result<_, Problem>>()?,
        ai_use: match raw.ai_use {
            Some(raw) => {
                let stances = ["voluntary", "expected", "target"].map(|word| (word, word));
                let stance = text.word(&raw.stance, "a stance on AI use", &stances)?.to_owned();
                Some(AiUse { stance, target: raw.target, in_appraisal: Answer::value(raw.in_appraisal) })
            }
            None => None,
        },
        agreements: agreements
            .map(|raw| Agreement { id: raw.id.into_inner(), date: raw.date.0, covers: raw.covers })
            .collect(),
    })
}

fn source(text: Text<'_>, raw: RawSource) -> Result<DeclaredSource, Problem> {
    raw.owner_role.iter().try_for_each(|role| text.role(role))?;
    let consultation = Answer::value(raw.consultation);
    let (agreement, consulted) = consultation.map_or((None, None), |c| (Answer::value(c.agreement), day(c.date)));
    Ok(DeclaredSource {
        line: text.line(&raw.id),
        id: raw.id.into_inner(),
        selectors: raw.selectors.into_iter().map(|raw| Selector { path: raw.path, key: raw.key }).collect(),
        ceiling: Answer::value(raw.ceiling).map(|raw| ceiling(text, raw)).transpose()?.unwrap_or_default(),
        purposes: text.purposes(Answer::value(raw.purposes).unwrap_or_default())?,
        forbidden: text.purposes(Answer::value(raw.forbidden).unwrap_or_default())?,
        retention: Answer::value(raw.retention).map(|raw| retention(text, raw)).transpose()?.unwrap_or_default(),
        access_roles: text.roles(Answer::value(raw.access_roles).unwrap_or_default())?,
        recipients: text.roles(Answer::value(raw.recipients).unwrap_or_default())?,
        notice: Answer::value(raw.disclosure).and_then(|disclosure| day(disclosure.date)),
        consulted,
        agreement,
        necessity: Answer::value(raw.necessity),
        assessed: Answer::value(raw.dpia).and_then(|dpia| day(dpia.date)),
    })
}

fn day(written: Option<Answer<Day>>) -> Option<jiff::civil::Date> {
    Answer::value(written).map(|day| day.0)
}

fn ceiling(text: Text<'_>, raw: RawCeiling) -> Result<Axes, Problem> {
    let level = |name: &str, written: Option<Spanned<Answer<i64>>>, most: u8| -> Result<Level, Problem> {
        let Some(written) = written else { return Ok(None) };
        let Some(value) = written.get_ref().0 else { return Ok(None) };
        match u8::try_from(value) {
            Ok(level) if level <= most => Ok(Some(level)),
            _ => Err(text
                .problem(&written, format!("{name} = {value} is no level of this axis"))
                .help(format!("write 0 to {most}"))),
        }
    };
    Ok(Axes {
        s: level("S", raw.S, 4)?,
        d: level("D", raw.D, 5)?,
        t: level("T", raw.T, 3)?,
        r: level("R", raw.R, 5)?,
        m: level("M", raw.M, 2)?,
        x: level("X", raw.X, 3)?,
    })
}

fn retention(text: Text<'_>, raw: RawRetention) -> Result<DeclaredRetention, Problem> {
    let days = |written: &Option<Spanned<Answer<f64>>>| -> Result<Option<f64>, Problem> {
        let Some(written) = written else { return Ok(None) };
        match written.get_ref().0 {
            Some(days) if !days.is_finite() || days < 0.0 => {
                Err(text.problem(written, "the number of days is not zero or more"))
            }
            days => Ok(days),
        }
    };
    let (min_days, max_days) = (days(&raw.min_days)?, days(&raw.max_days)?);
    if let (Some(written), Some(min), Some(max)) = (&raw.max_days, min_days, max_days)
        && max < min
    {
        return Err(text.problem(written, format!("max_days = {max} is less than min_days = {min}")));
    }
    Ok(DeclaredRetention { min_days, max_days, basis_min: raw.basis_min, basis_max: raw.basis_max })
}

fn doctrine(text: Text<'_>, raw: &RawDoctrine) -> Result<Doctrine, Problem> {
    let classes = OperationClass::ALL.map(|class| (class.word(), class));
    let known = [Need::HumanValidation, Need::SeniorApproval, Need::TestedWorkflow].map(|need| (need.word(), need));
    let mut needs = BTreeMap::new();
    for (class, written) in OperationClass::ALL.into_iter().zip(raw.needs()) {
        let Some(written) = written else { continue };
        let stated = written.iter().map(|need| text.word(need, "something an operation can need", &known));
        needs.insert(class, stated.collect::<Result<BTreeSet<Need>, Problem>>()?);
    }
    Ok(Doctrine { agent_may_execute: text.word(&raw.agent_may_execute, "an operation class", &classes)?, needs })
}

fn operation(text: Text<'_>, raw: RawOperation) -> Result<DeclaredOperation, Problem> {
    let classes = OperationClass::ALL.map(|class| (class.word(), class));
    let kinds = OperationKind::ALL.map(|kind| (kind.word(), kind));
    if raw.paths.get_ref().is_empty() {
        let help = "write paths = [\"deploy/**\"]";
        return Err(text.problem(&raw.paths, "the operation applies to paths and names none").help(help));
    }
    for pattern in raw.paths.get_ref() {
        if globset::Glob::new(pattern.get_ref()).is_err() {
            let help = "write `*` within a folder and `**` across folders, as in \"deploy/**\"";
            return Err(text.problem(pattern, "this is no pattern of paths").help(help));
        }
        if pattern.get_ref().contains(|c| c == '@' || is_hidden(c) || c == '\n') {
            let why = "the report prints this pattern, and it holds an `@` or a hidden character";
            return Err(text.problem(pattern, why).help("write `?` in the place of that character"));
        }
    }
    Ok(DeclaredOperation {
        line: text.line(&raw.class),
        class: text.word(&raw.class, "an operation class", &classes)?,
        kind: raw.kind.map(|kind| text.word(&kind, "a kind of operation", &kinds)).transpose()?,
        paths: raw.paths.into_inner().into_iter().map(Spanned::into_inner).collect(),
    })
}

fn policy(text: Text<'_>, raw: RawPolicy) -> Result<Policy, Problem> {
    Ok(Policy {
        line: text.line(&raw.id),
        id: raw.id.into_inner(),
        kind: raw.kind,
        applies_to: scope(text, &raw.applies_to, raw.paths)?,
        from: raw.from.0,
        hours_allotted_per_week: text.amount(raw.hours_allotted_per_week)?,
    })
}

fn scope(text: Text<'_>, written: &Spanned<RawScope>, paths: Vec<String>) -> Result<PolicyScope, Problem> {
    let globs = match written.get_ref() {
        RawScope::Paths(globs) => globs.clone(),
        RawScope::Word(word) => match word.as_str() {
            "ai" => return Ok(PolicyScope::Ai),
            "all" => return Ok(PolicyScope::All),
            "paths" => paths,
            word => return Err(text.unknown(written, word, "a scope of a policy", &["ai", "all", "paths"])),
        },
    };
    if globs.is_empty() {
        let help = "write applies_to = [\"infra/**\"], or applies_to = \"all\"";
        return Err(text.problem(written, "the policy applies to paths and names none").help(help));
    }
    Ok(PolicyScope::Paths(globs))
}
