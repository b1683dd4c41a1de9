//! Files that the tip's `.gitattributes` calls generated or vendored: nobody wrote their lines.
//!
//! Root and nested files of the audited tip, by the precedence of <https://git-scm.com/docs/gitattributes>. Files of a
//! checkout or a user (`info/attributes`, `core.attributesFile`) are no part of the history and are not read. Linguist's
//! own guesses by file name are not made: only what the organisation declares counts, and how much it is gets printed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gix::ObjectId;
use gix::attrs::search::{MetadataCollection, Outcome};
use gix::attrs::{Search, StateRef};
use gix::bstr::{BStr, BString, ByteSlice as _};
use gix::glob::pattern::Case;
use gix::objs::tree::EntryKind;
use gix::prelude::HeaderExt as _;

use crate::facts::change::Origin;

const FILE: &str = ".gitattributes";

/// Attributes of Linguist (<https://github.com/github-linguist/linguist/blob/main/docs/overrides.md>), the first that holds
/// decides.
const NAMES: [(&str, Origin); 2] = [("linguist-generated", Origin::Generated), ("linguist-vendored", Origin::Vendored)];

/// Larger files are not read: 4 MiB.
const LARGEST: u64 = 4 << 20;

/// More than this in all files together is hostile, 64 MiB with a little for each file: a few small trees that hold each other
/// many times can stand for billions.
const MOST_BYTES: usize = 64 << 20;
const EACH_FILE: usize = 1 << 10;

/// What the tip declares.
#[derive(Default)]
pub(super) struct Attributes {
    search: Search,
    names: MetadataCollection,
    /// Files or folders that could not be read.
    pub(super) unread: u64,
}

impl Attributes {
    /// Reads the files of a commit's tree; empty when none of them speaks of Linguist.
    pub(super) fn at(repo: &gix::Repository, tip: ObjectId) -> Self {
        let mut files = Files { repo, found: Vec::new(), left: MOST_BYTES, unread: 0 };
        files.walk(tip);
        let Files { mut found, unread, .. } = files;
        let mut attributes = Self { unread, ..Self::default() };
        if !found.iter().any(|(_, text)| text.contains_str("linguist-")) {
            return attributes;
        }
        // What is nearer to a file decides, and later lists are asked first.
        found.sort();
        for (folder, text) in found {
            // Macros are defined at the top only.
            let macros = folder.is_empty();
            let added = gix::path::from_bstring(folder).is_ok_and(|folder| {
                let (search, names) = (&mut attributes.search, &mut attributes.names);
                search.add_patterns_buffer(&text, folder.join(FILE), Some(Path::new("")), names, macros).is_ok()
            });
            attributes.unread += u64::from(!added);
        }
        attributes
    }

    /// A reader with a buffer of its own, for one thread.
    pub(super) fn reader(&self) -> Reader<'_> {
        let mut outcome = Outcome::default();
        outcome.initialize_with_selection(&self.names, NAMES.map(|(name, _)| name));
        Reader { attributes: self, outcome }
    }
}

/// Looks up the origin of paths.
pub(super) struct Reader<'a> {
    attributes: &'a Attributes,
    outcome: Outcome,
}

impl Reader<'_> {
    /// Where a file's lines come from.
    pub(super) fn origin(&mut self, path: &BStr) -> Origin {
        let search = &self.attributes.search;
        if search.num_pattern_lists() == 0 {
            return Origin::Written;
        }
        self.outcome.reset();
        if !search.pattern_matching_relative_path(path, Case::Sensitive, Some(false), &mut self.outcome) {
            return Origin::Written;
        }
        let stated = self.outcome.iter_selected().zip(NAMES);
        let holds = stated.filter(|(found, _)| is_true(found.assignment.state)).map(|(_, (_, origin))| origin);
        holds.into_iter().next().unwrap_or_default()
    }
}

/// As Linguist reads it: set, or any value but `false`.
fn is_true(state: StateRef<'_>) -> bool {
    match state {
        StateRef::Set => true,
        StateRef::Value(value) => value.as_bstr() != "false",
        StateRef::Unset | StateRef::Unspecified => false,
    }
}

/// Finds the files, by the folder they stand in.
struct Files<'a> {
    repo: &'a gix::Repository,
    found: Vec<(BString, Vec<u8>)>,
    left: usize,
    unread: u64,
}

/// The trees below a commit, each once however often it stands there.
#[derive(Default)]
struct Trees {
    folders: BTreeMap<ObjectId, Vec<(BString, ObjectId)>>,
    /// Trees that hold a file, with its id.
    files: BTreeMap<ObjectId, ObjectId>,
}

impl Files<'_> {
    /// Only trees that lead to a file are walked by their paths: others may stand for billions.
    fn walk(&mut self, tip: ObjectId) {
        let Some(root) = self.repo.find_commit(tip).ok().and_then(|commit| commit.tree_id().ok()) else { return };
        let trees = self.trees(root.detach());
        let fertile = trees.fertile();
        let mut folders = vec![(BString::default(), root.detach())];
        while let Some((folder, id)) = folders.pop() {
            if let Some(file) = trees.files.get(&id) {
                self.file(folder.as_bstr(), *file);
            }
            if self.left == 0 {
                self.unread += 1;
                return;
            }
            let below = trees.folders.get(&id).into_iter().flatten().filter(|(_, child)| fertile.contains(child));
            folders.extend(below.map(|(name, child)| (join(folder.as_bstr(), name.as_bstr()), *child)));
        }
    }

    fn trees(&mut self, root: ObjectId) -> Trees {
        let mut trees = Trees::default();
        let mut next = vec![root];
        while let Some(id) = next.pop() {
            if trees.folders.contains_key(&id) {
                continue;
            }
            let folders = trees.folders.entry(id).or_default();
            let Ok(tree) = self.repo.find_tree(id) else {
                self.unread += 1;
                continue;
            };
            for entry in tree.iter() {
                let Ok(entry) = entry else {
                    self.unread += 1;
                    break;
                };
                match entry.mode().kind() {
                    EntryKind::Tree => {
                        folders.push((entry.filename().to_owned(), entry.oid().to_owned()));
                        next.push(entry.oid().to_owned());
                    }
                    // A link is not followed, as git does not in a tree.
                    EntryKind::Blob | EntryKind::BlobExecutable if entry.filename() == FILE => {
                        trees.files.insert(id, entry.oid().to_owned());
                    }
                    _ => {}
                }
            }
        }
        trees
    }

    fn file(&mut self, folder: &BStr, id: ObjectId) {
        let small = self.repo.objects.header(id).is_ok_and(|header| header.size() <= LARGEST);
        let object = if small { self.repo.find_object(id).ok() } else { None };
        let Some(object) = object else {
            self.unread += 1;
            return;
        };
        let text = object.detach().data;
        self.left = self.left.saturating_sub(folder.len() + text.len() + EACH_FILE);
        self.found.push((folder.to_owned(), text));
    }
}

impl Trees {
    /// Trees that hold a file, themselves or further down.
    fn fertile(&self) -> BTreeSet<ObjectId> {
        let mut parents: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
        for (parent, folders) in &self.folders {
            for (_, child) in folders {
                parents.entry(*child).or_default().push(*parent);
            }
        }
        let mut next: Vec<ObjectId> = self.files.keys().copied().collect();
        let mut fertile = BTreeSet::new();
        while let Some(id) = next.pop() {
            if fertile.insert(id) {
                next.extend(parents.get(&id).into_iter().flatten());
            }
        }
        fertile
    }
}

fn join(folder: &BStr, name: &BStr) -> BString {
    let mut path = folder.to_owned();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}
