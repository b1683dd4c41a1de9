//! The register (`register.toml`): what the organisation declares, checked field by field.
//!
//! A register that says something impossible ends the run with a place and a word to type: what it declares is held
//! against what is observed, so a slip in it would become a finding against somebody.

mod answer;
mod checked;
mod raw;

use self::raw::RawRegister;
use super::{bounded, sha256_hex};
use crate::error::{Fault, Problem};
use crate::facts::register::Register;
use crate::facts::{Facts, Input, Kind};
use crate::plan::{Plan, toml_problem};

/// A register of more than this is not a register.
const LARGEST_REGISTER: u64 = 4 << 20;

/// Reads the register of the plan, if it names one.
pub fn read(plan: &Plan, facts: &mut Facts) -> Result<(), Problem> {
    let Some(path) = &plan.register else { return Ok(()) };
    let unreadable = |why: String| Problem::input("cannot read the register", why).in_file(path);
    let bytes = bounded(&plan.resolve(path), LARGEST_REGISTER).map_err(|(_, why)| unreadable(why))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("it is not UTF-8".into()))?;
    let register = parse(path, text)?;
    let lists = [
        register.sources.len(),
        register.operations.len(),
        register.policies.len(),
        register.staffing.len(),
        register.agreements.len(),
    ];
    let records: usize = lists.iter().sum();
    facts.read.insert(Kind::Register);
    facts.inputs.push(Input {
        kind: Kind::Register,
        path: path.clone(),
        format: "register-toml".into(),
        sha256: sha256_hex(&bytes),
        records: (records + usize::from(register.doctrine.is_some()) + usize::from(register.ai_use.is_some())) as u64,
    });
    facts.register = Some(register);
    Ok(())
}

/// JSON schema of `register.toml`.
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(RawRegister)
}

fn parse(file: &str, text: &str) -> Result<Register, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: RawRegister = toml::from_str(text).map_err(|error| {
        let problem = toml_problem("cannot read the register", file, text, &error);
        // Values may be addresses; the place is enough to find them.
        Problem { fault: Fault::Input, why: without_values(&problem.why), ..problem }
    })?;
    checked::register(checked::Text { file, text }, raw)
}

/// Leaves quoted values out of a message of the TOML reader: `invalid type: string "…", expected f64`.
fn without_values(why: &str) -> String {
    match (why.find('"'), why.rfind('"')) {
        (Some(start), Some(end)) if start < end => format!("{}…{}", &why[..=start], &why[end..]),
        _ => why.to_owned(),
    }
}

#[cfg(test)]
mod tests;
