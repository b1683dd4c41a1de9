//! Code owners: the `CODEOWNERS` file at the audited tip.
//!
//! GitHub: <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>.
//! GitLab: <https://docs.gitlab.com/user/project/codeowners/reference/>. They differ in what a pattern without a leading `/`
//! matches and in sections, so the file is read by the rules of the platform whose place or sections it uses; without
//! either, by GitHub's.

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use globset::GlobBuilder;

use super::{Source, refused, settings};
use crate::facts::Facts;
use crate::facts::change::OwnerRule;
use crate::facts::input::RefusalReason;
use crate::plan::RepositoryInput;
use crate::sources::Identities;
use crate::sources::attribution::{LoginClass, Registry};

/// Where the file may lie. GitHub looks in the first three, in this order; GitLab in the last three.
const PLACES: [&str; 4] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

/// A larger file is not loaded by GitHub.
const LARGEST: usize = 3 << 20;

/// More rules, owners of a rule or letters in a pattern are not read.
const MOST_RULES: usize = 5_000;
const MOST_OWNERS: usize = 1_000;
const LONGEST_PATTERN: usize = 1_000;

/// Reason, how often, and what; never a name.
type Unusable = (RefusalReason, u64, &'static str);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Platform {
    Github,
    Gitlab,
}

/// A line that names owners.
struct Entry<'a> {
    section: usize,
    pattern: String,
    owners: Vec<&'a str>,
}

/// Adds them to the repository that was read last.
pub(super) fn add(source: &Source, input: &RepositoryInput, ids: &mut Identities, facts: &mut Facts) {
    let (owners, unusable) = read(&source.repo.to_thread_local(), source.tip, ids);
    if let Some(repository) = facts.repositories.last_mut() {
        repository.owners = owners;
    }
    facts.refused.extend(unusable.into_iter().map(|(reason, count, detail)| refused(input, reason, count, detail)));
}

/// The rules of the first file found; `None` where there is none that can be used.
fn read(repo: &gix::Repository, tip: ObjectId, ids: &mut Identities) -> (Option<Vec<OwnerRule>>, Vec<Unusable>) {
    for place in PLACES {
        match settings::blob(repo, tip, place) {
            Some(bytes) if bytes.len() < LARGEST => return parse(place, &bytes.to_str_lossy(), ids),
            Some(_) => {
                return (None, vec![(RefusalReason::TooLarge, 1, "the list of code owners is larger than 3 MB")]);
            }
            None if exists(repo, tip, place) => {
                return (
                    None,
                    vec![(RefusalReason::NotAFile, 1, "the list of code owners is a link, or is too large")],
                );
            }
            None => {}
        }
    }
    (None, Vec::new())
}

fn exists(repo: &gix::Repository, tip: ObjectId, place: &str) -> bool {
    let tree = repo.find_commit(tip).ok().and_then(|commit| commit.tree().ok());
    tree.is_some_and(|tree| {
        tree.lookup_entry_by_path(place).is_ok_and(|entry| entry.is_some_and(|e| !e.mode().is_tree()))
    })
}

fn parse(place: &str, text: &str, ids: &mut Identities) -> (Option<Vec<OwnerRule>>, Vec<Unusable>) {
    let platform = match place {
        ".github/CODEOWNERS" => Platform::Github,
        ".gitlab/CODEOWNERS" => Platform::Gitlab,
        _ if text.lines().any(|line| Heading::of(line.trim()).is_some()) => Platform::Gitlab,
        _ => Platform::Github,
    };
    let (mut rules, mut invalid) = (Vec::new(), 0);
    for entry in entries(text, platform) {
        let Some(mut named) = owners(&entry, platform, ids) else {
            invalid += 1;
            continue;
        };
        named.section = entry.section;
        named.excludes = platform == Platform::Gitlab && entry.pattern.starts_with('!');
        let pattern = entry.pattern.strip_prefix('!').filter(|_| named.excludes).unwrap_or(&entry.pattern);
        match globs(pattern, platform) {
            Some(globs) => rules.extend(globs.into_iter().map(|pattern| OwnerRule { pattern, ..named.clone() })),
            None => invalid += 1,
        }
        if rules.len() > MOST_RULES {
            return (None, vec![(RefusalReason::TooLarge, 1, "the list of code owners has more rules than are read")]);
        }
    }
    let unusable = (invalid > 0).then_some((RefusalReason::BadValue, invalid, "a line of the list of code owners"));
    (Some(rules), unusable.into_iter().collect())
}

/// The heading of a section: `[Name]`, `^[Name]` where approval is not asked for, `[Name][2] @owners`.
struct Heading<'a> {
    name: &'a str,
    is_optional: bool,
    owners: &'a str,
}

impl<'a> Heading<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let is_optional = line.starts_with('^');
        let (name, rest) = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?.split_once(']')?;
        let count = |rest: &'a str| {
            let (digits, after) = rest.strip_prefix('[')?.split_once(']')?;
            (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(after)
        };
        let owners = count(rest).unwrap_or(rest);
        let ends = owners.is_empty() || owners.starts_with(char::is_whitespace);
        (ends && !name.trim().is_empty()).then_some(Self { name: name.trim(), is_optional, owners })
    }
}

/// Lines that are rules, by section. Sections of one name are one; one that is optional everywhere asks for nothing.
fn entries(text: &str, platform: Platform) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    // Name in lower case, whether it is optional, and who owns what names nobody.
    let mut sections: Vec<(String, bool)> = vec![(String::new(), false)];
    let (mut section, mut default) = (0, Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(heading) = Heading::of(line).filter(|_| platform == Platform::Gitlab) {
            let name = heading.name.to_lowercase();
            section = sections.iter().skip(1).position(|(known, _)| *known == name).map_or(sections.len(), |at| at + 1);
            match sections.get_mut(section) {
                Some((_, is_optional)) => *is_optional &= heading.is_optional,
                None => sections.push((name, heading.is_optional)),
            }
            default = heading.owners.split_whitespace().take(MOST_OWNERS + 1).collect();
            continue;
        }
        let (pattern, rest) = pattern(line);
        // GitLab reads owners in comments; GitHub does not.
        let is_owner = |word: &&str| platform == Platform::Gitlab || !word.starts_with('#');
        let own: Vec<&str> = rest.split_whitespace().take_while(is_owner).take(MOST_OWNERS + 1).collect();
        let owners = if own.is_empty() { default.clone() } else { own };
        entries.push(Entry { section, pattern, owners });
    }
    entries.retain(|entry| !sections[entry.section].1);
    entries
}

/// The pattern, up to the first space that no backslash escapes, and the rest of the line.
fn pattern(line: &str) -> (String, &str) {
    let mut pattern = String::new();
    let mut letters = line.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some((_, space)) if space.is_whitespace() => pattern.push(space),
                Some((_, other)) => pattern.extend(['\\', other]),
                None => pattern.push('\\'),
            },
            letter if letter.is_whitespace() => return (pattern, &line[at..]),
            letter => pattern.push(letter),
        }
    }
    (pattern, "")
}

/// Who an entry names. On GitHub a word that can be no owner makes the line invalid; GitLab ignores the word.
fn owners(entry: &Entry<'_>, platform: Platform, ids: &mut Identities) -> Option<OwnerRule> {
    if entry.owners.len() > MOST_OWNERS {
        return None;
    }
    let mut named = OwnerRule::default();
    for word in &entry.owners {
        match word.strip_prefix('@') {
            Some(name) if name.contains('/') || name.starts_with('@') => {
                named.teams.insert(name.rsplit('/').next().unwrap_or(name).to_owned());
            }
            Some(login) if !login.is_empty() => {
                let is_person = Registry::builtin().classify_github(login, None) == LoginClass::Human;
                // On GitLab a single name may be a group's: only one that is known already is surely a person's.
                if platform == Platform::Gitlab && ids.known(login).is_none() {
                    named.teams.insert(login.to_owned());
                }
                named.people.extend(is_person.then(|| ids.person(login)));
            }
            None if word.contains('@') => {
                let is_person = Registry::builtin().classify("", word) == LoginClass::Human;
                named.people.extend(is_person.then(|| ids.person(word)));
            }
            _ if platform == Platform::Gitlab => {}
            _ => return None,
        }
    }
    Some(named)
}

/// The pattern as one or two globs from the root; `None` where it is invalid.
fn globs(pattern: &str, platform: Platform) -> Option<Vec<String>> {
    // Braces are letters here.
    let escaped = pattern.replace('{', "[{]").replace('}', "[}]");
    let globs = match platform {
        Platform::Github if pattern.starts_with(['!', '\\']) || pattern.contains(['[', ']']) => return None,
        Platform::Github => github_globs(&escaped)?,
        Platform::Gitlab => {
            vec![gitlab_glob(escaped.strip_prefix('\\').filter(|p| p.starts_with('#')).unwrap_or(&escaped))?]
        }
    };
    let is_valid =
        |glob: &String| glob.len() <= LONGEST_PATTERN && GlobBuilder::new(glob).literal_separator(true).build().is_ok();
    globs.iter().all(is_valid).then_some(globs)
}

/// As in `.gitignore`: with a `/` before its end it starts at the root, else it is met at any depth; a folder is all that
/// is in it, but `folder/*` is only what lies right in it.
fn github_globs(pattern: &str) -> Option<Vec<String>> {
    let body = pattern.trim_end_matches('/');
    let from_root = body.contains('/');
    let body = body.trim_start_matches('/');
    if body.is_empty() {
        return None;
    }
    let start = if from_root || body == "**" { "" } else { "**/" };
    let itself = (!pattern.ends_with('/')).then(|| format!("{start}{body}"));
    let last = body.rsplit('/').next().unwrap_or(body);
    let within = (pattern.ends_with('/') || !["*", "**"].contains(&last)).then(|| format!("{start}{body}/**"));
    Some(itself.into_iter().chain(within).collect())
}

/// As `File::fnmatch` reads it: without a leading `/` at any depth, folders only with a `/` at their end, `**` at the end no
/// more than `*`.
fn gitlab_glob(pattern: &str) -> Option<String> {
    let at_any_depth = !pattern.starts_with('/');
    let body = pattern.trim_start_matches('/');
    if body.is_empty() && at_any_depth {
        return None;
    }
    let start = if at_any_depth && !body.starts_with("**/") { "**/" } else { "" };
    let body = match body.strip_suffix("/**") {
        Some(folder) => format!("{folder}/*"),
        None if body.is_empty() || body.ends_with('/') => format!("{body}**/*"),
        None => body.to_owned(),
    };
    Some(format!("{start}{body}"))
}

#[cfg(test)]
mod tests;
