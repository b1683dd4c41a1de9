//! The table that turns addresses and logins into numbers. It is dropped when reading ends; nothing leaves it.

use super::Lookup;
use crate::facts::Person;

/// Gives out one [`Person`] per human, whatever address or login they used.
#[derive(Default)]
pub struct Identities {
    by_key: Lookup<String, Person>,
    next: u32,
}

impl Identities {
    /// The person behind an address or a login (case does not matter; a GitHub no-reply address is its login).
    pub fn person(&mut self, address_or_login: &str) -> Person {
        let key = key(address_or_login);
        if let Some(person) = self.by_key.get(&key) {
            return *person;
        }
        let person = Person::new(self.next);
        self.next += 1;
        self.by_key.insert(key, person);
        person
    }

    /// The person behind an address or a login that was given out before.
    pub fn known(&self, address_or_login: &str) -> Option<Person> {
        self.by_key.get(&key(address_or_login)).copied()
    }

    /// Says that all these identities are one person; the first that is known already wins. Identities that were
    /// given out as different people before stay as they are: merging numbers after use would be silent.
    pub fn alias(&mut self, identities: &[&str]) -> Option<Person> {
        let known = identities.iter().find_map(|identity| self.by_key.get(&key(identity)).copied());
        let person = known.or_else(|| identities.first().map(|first| self.person(first)))?;
        for identity in identities {
            self.by_key.or_insert(key(identity), person);
        }
        Some(person)
    }
}

/// Lower case, trimmed; `123+login@users.noreply.github.com` and `login@users.noreply.github.com` are `login`.
fn key(identity: &str) -> String {
    let lower = identity.trim().to_lowercase();
    match lower.strip_suffix("@users.noreply.github.com") {
        Some(local) => local.split_once('+').map_or(local, |(_, login)| login).to_owned(),
        None => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_no_reply_forms_are_one_person() {
        let mut ids = Identities::default();
        let person = ids.person("77+Mia@users.noreply.github.com");
        assert_eq!(person, ids.person("mia"));
        assert_ne!(person, ids.person("mia@harbour.example"));
    }

    #[test]
    fn an_alias_joins_a_login_and_an_address() {
        let mut ids = Identities::default();
        let person = ids.alias(&["mia@harbour.example", "mia"]);
        assert_eq!(person, Some(ids.person("MIA")));
    }
}
