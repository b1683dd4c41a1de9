//! Who an identity is: a tool, automation, a platform, or, by default, a person.
//!
//! People come last on purpose: whatever is not proven to be a machine keeps its place as a person.

use std::collections::BTreeMap;

use super::data::{IdentityRow, NameRow, Rows};
use crate::facts::change::MarkClass;

/// GitHub's no-reply addresses: `123+login@…` or `login@…`.
const NO_REPLY: &str = "@users.noreply.github.com";

/// What a known identity is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Known {
    /// Row of `[[identity]]`.
    Tool(usize),
    Automation,
    Platform,
}

/// What an identity turned out to be.
pub(super) enum Who<'a> {
    /// A tool's identity, or a name that declares one; `person` when a person signs beside it.
    Tool {
        tool: &'a str,
        class: MarkClass,
        person: bool,
    },
    Automation,
    Platform,
    Human,
}

/// The identities, compiled.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<IdentityRow>,
    names: Vec<NameRow>,
    addresses: BTreeMap<String, Known>,
    ids: BTreeMap<u64, Known>,
    apps: BTreeMap<String, Known>,
    logins: BTreeMap<String, Known>,
}

impl Table {
    /// Takes the rows about identities out of the registry's file.
    pub(super) fn new(rows: &mut Rows) -> Self {
        let mut table =
            Self { rows: std::mem::take(&mut rows.identity), names: std::mem::take(&mut rows.name), ..Self::default() };
        let others = [(&rows.automation, Known::Automation), (&rows.platform, Known::Platform)];
        for (row, known) in others.into_iter().flat_map(|(rows, known)| rows.iter().map(move |row| (row, known))) {
            table.addresses.extend(row.addresses.iter().map(|address| (address.clone(), known)));
            table.ids.extend(row.ids.iter().map(|id| (*id, known)));
            table.apps.extend(row.apps.iter().map(|app| (app.clone(), known)));
            table.logins.extend(row.logins.iter().map(|login| (login.clone(), known)));
        }
        for (index, row) in table.rows.iter().enumerate() {
            let known = Known::Tool(index);
            table.addresses.extend(row.addresses.iter().map(|address| (address.clone(), known)));
            table.ids.extend(row.ids.iter().map(|id| (*id, known)));
            table.apps.extend(row.apps.iter().map(|app| (app.clone(), known)));
            table.logins.extend(row.logins.iter().map(|login| (login.clone(), known)));
        }
        table
    }

    /// By name and mail address, as a commit gives them.
    pub(super) fn by_address(&self, name: &str, address: &str) -> Who<'_> {
        let (name, address) = (name.trim(), address.trim().to_ascii_lowercase());
        let no_reply = address.strip_suffix(NO_REPLY).map(|local| match local.split_once('+') {
            Some((id, login)) => (id.parse().ok(), login),
            None => (None, local),
        });
        let known = self.addresses.get(&address).copied().or_else(|| {
            let (id, login) = no_reply?;
            id.and_then(|id: u64| self.ids.get(&id).copied())
                .filter(|known| self.name_fits(*known, name))
                .or_else(|| self.logins.get(login).copied())
                .or_else(|| self.app(login))
        });
        known.filter(|known| self.name_fits(*known, name)).map_or_else(|| self.by_name(name), |known| self.who(known))
    }

    /// By a login. `app`: the platform says that it is an app's, so that its slug needs no brackets.
    pub(super) fn by_login(&self, login: &str, app: bool) -> Who<'_> {
        let login = login.trim().to_ascii_lowercase();
        // `gh` writes `app/dependabot` where the web shows `dependabot[bot]`.
        let slug = login.strip_prefix("app/").or_else(|| app.then(|| login.strip_suffix("[bot]").unwrap_or(&login)));
        let known = match slug {
            Some(slug) => Some(self.apps.get(slug).copied().unwrap_or(Known::Automation)),
            None => self.logins.get(&login).copied().or_else(|| self.app(&login)),
        };
        known.map_or(Who::Human, |known| self.who(known))
    }

    /// Whether a login is the slug of a registered app. GitHub gives no app the name of somebody else's account
    /// (<https://docs.github.com/apps/creating-github-apps/setting-up-a-github-app/creating-a-github-app>).
    pub(super) fn is_slug(&self, login: &str) -> bool {
        self.apps.contains_key(&login.trim().to_ascii_lowercase())
    }

    /// `slug[bot]`, or a one-word name that ends in `-bot`.
    fn app(&self, login: &str) -> Option<Known> {
        if let Some(slug) = login.strip_suffix("[bot]") {
            return Some(self.apps.get(slug).copied().unwrap_or(Known::Automation));
        }
        (login.ends_with("-bot") && !login.contains(char::is_whitespace)).then_some(Known::Automation)
    }

    fn by_name(&self, name: &str) -> Who<'_> {
        let lower = name.to_ascii_lowercase();
        if let Some(row) = self.names.iter().find(|row| row.matches(&lower)) {
            return Who::Tool { tool: &row.tool, class: row.class.class(), person: row.person };
        }
        let known = self.app(&lower).filter(|known| self.name_fits(*known, name));
        known.map_or(Who::Human, |known| self.who(known))
    }

    fn name_fits(&self, known: Known, name: &str) -> bool {
        match known {
            Known::Tool(row) => self.rows[row].name.as_deref().is_none_or(|needed| name.eq_ignore_ascii_case(needed)),
            Known::Automation | Known::Platform => true,
        }
    }

    fn who(&self, known: Known) -> Who<'_> {
        match known {
            Known::Tool(row) => {
                Who::Tool { tool: &self.rows[row].tool, class: self.rows[row].class.class(), person: false }
            }
            Known::Automation => Who::Automation,
            Known::Platform => Who::Platform,
        }
    }

    /// Every address of a tool, with its row.
    pub(super) fn rows(&self) -> &[IdentityRow] {
        &self.rows
    }
}
