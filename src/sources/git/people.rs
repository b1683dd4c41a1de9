//! Who stands behind the names of a commit: people as keys for the identity table, everything else as nobody.
//!
//! Classes are read on the raw identity, people after `.mailmap` of the audited tip: a mailmap may fold an agent into a
//! person (seen in public repositories), and without one the same person is several.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use gix::actor::SignatureRef;
use gix::mailmap::Snapshot;

use super::commit::{Ident, Parsed};
use crate::facts::change::Mark;
use crate::sources::attribution::{LoginClass, Registry, Signatures};
use crate::sources::trailers::{self, Trailers};

/// Keys of the people of one commit, and what its message and its raw identities say.
pub(super) struct Credits {
    /// Key of the author; `None` for what is no person.
    pub(super) author: Option<Arc<str>>,
    /// Key of the committer; `None` for what is no person.
    pub(super) committer: Option<Arc<str>>,
    /// Keys of co-authors.
    pub(super) coauthors: Vec<String>,
    /// Keys of reviewers.
    pub(super) reviewed_by: Vec<String>,
    /// Keys of those who acknowledged.
    pub(super) acked_by: Vec<String>,
    /// AI marks.
    pub(super) marks: Vec<Mark>,
    /// Automation that is not AI.
    pub(super) automation: bool,
    /// Everything else in the message.
    pub(super) trailers: Trailers,
}

/// Reads the identities of commits.
pub(super) struct People<'a> {
    mailmap: Snapshot,
    registry: &'a Registry,
    /// Keys of authors and committers, each once: a long history holds few people and names them often.
    keys: Mutex<BTreeSet<Arc<str>>>,
}

impl<'a> People<'a> {
    /// With the bytes of `.mailmap`; those of the tip, not of the user.
    pub(super) fn new(mailmap: &[u8], registry: &'a Registry) -> Self {
        Self { mailmap: Snapshot::from_bytes(mailmap), registry, keys: Mutex::default() }
    }

    /// Everything about people in one commit.
    pub(super) fn credits(&self, commit: &Parsed) -> Credits {
        let Parsed { author, committer, message, .. } = commit;
        let mut trailers = trailers::read(message);
        let marked = self.registry.marks(&Signatures {
            author_name: &author.name,
            author_email: &author.email,
            committer_name: &committer.name,
            committer_email: &committer.email,
            message,
        });
        let mut marks = marked.marks;
        if commit.parents.len() > 1 {
            marks.extend(self.registry.merged_branches(message));
        }
        let named = |list: Vec<(String, String)>| -> Vec<String> {
            list.iter().filter_map(|(name, address)| self.named(name, address, author)).collect()
        };
        Credits {
            author: self.key(&author.name, &author.email).map(|key| self.shared(key)),
            committer: self.key(&committer.name, &committer.email).map(|key| self.shared(key)),
            coauthors: named(std::mem::take(&mut trailers.coauthors)),
            reviewed_by: named(std::mem::take(&mut trailers.reviewed_by)),
            acked_by: named(std::mem::take(&mut trailers.acked_by)),
            marks,
            automation: marked.automation,
            trailers,
        }
    }

    /// A person named in a trailer. A name without an address that is the author's is the author: counting it as
    /// another reviewer would invent a second pair of eyes.
    fn named(&self, name: &str, address: &str, author: &Ident) -> Option<String> {
        if address.is_empty() && name.to_lowercase() == author.name.to_lowercase() {
            return self.key(&author.name, &author.email);
        }
        self.key(name, address)
    }

    fn shared(&self, key: String) -> Arc<str> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = keys.get(key.as_str()) {
            return Arc::clone(known);
        }
        let key: Arc<str> = key.into();
        keys.insert(Arc::clone(&key));
        key
    }

    /// The identity after mailmap, if it is a person's.
    fn key(&self, name: &str, address: &str) -> Option<String> {
        if self.registry.classify(name, address) != LoginClass::Human {
            return None;
        }
        let signature = SignatureRef { name: name.into(), email: address.into(), time: "" };
        let mapped = self.mailmap.try_resolve_ref(signature);
        let address = mapped.and_then(|m| m.email).map_or_else(|| address.to_owned(), ToString::to_string);
        // Without an address the name has to do; the brackets keep it apart from a login of the same letters.
        Some(if address.is_empty() { format!("{name} <>") } else { address })
    }
}

#[cfg(test)]
mod tests {
    use gix::ObjectId;

    use super::*;
    use crate::facts::change::{Channel, MarkClass};

    fn people() -> People<'static> {
        let mailmap = b"Mia <mia@new.example> <mia@old.example>\nMia <mia@new.example> mia <root@host>\n";
        People::new(mailmap, Registry::builtin())
    }

    fn author() -> Ident {
        Ident { name: "Mia".into(), email: "mia@old.example".into(), stamp: None }
    }

    #[test]
    fn an_old_address_is_the_new_one_whatever_its_case() {
        assert_eq!(people().key("x", "MIA@old.example").as_deref(), Some("mia@new.example"));
        assert_eq!(people().key("mia", "root@host").as_deref(), Some("mia@new.example"));
        assert_eq!(people().key("ben", "root@host").as_deref(), Some("root@host"));
    }

    #[test]
    fn a_reviewer_without_an_address_who_bears_the_authors_name_is_the_author() {
        assert_eq!(people().named("mia", "", &author()).as_deref(), Some("mia@new.example"));
        assert_eq!(people().named("Ben", "", &author()).as_deref(), Some("Ben <>"));
    }

    #[test]
    fn the_subject_is_read_for_a_branch_in_merges_alone() {
        let of = |parents: &[ObjectId]| {
            let parsed = Parsed {
                tree: ObjectId::null(gix::hash::Kind::Sha1),
                parents: parents.to_vec(),
                author: author(),
                committer: author(),
                message: "Merge branch 'codex/quay' into main".into(),
            };
            people().credits(&parsed).marks
        };
        let parent = ObjectId::null(gix::hash::Kind::Sha1);
        let hint = Mark { tool: "codex".into(), class: MarkClass::Heuristic, channel: Channel::Branch };
        assert_eq!(of(&[parent, parent]), [hint]);
        assert_eq!(of(&[parent]), []);
    }

    #[test]
    fn the_platform_is_nobody() {
        assert_eq!(people().key("GitHub", "noreply@github.com"), None);
    }
}
