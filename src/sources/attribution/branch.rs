//! What the name of a head branch hints at. People type these names too, so that it is no more than a hint unless a plan
//! vouches for it.

use super::Registry;
use super::data::BranchRow;
use crate::facts::change::{Channel, Mark};

/// Beginnings of branch names, the longest first.
#[derive(Default)]
pub(super) struct Branches(Vec<BranchRow>);

impl Branches {
    pub(super) fn new(mut rows: Vec<BranchRow>) -> Self {
        // Stable: of two equal ones the later, which is the plan's, has to win.
        rows.reverse();
        rows.sort_by_key(|row| std::cmp::Reverse(row.prefix.len()));
        Self(rows)
    }

    fn mark(&self, branch: &str) -> Option<Mark> {
        let lower = branch.trim().to_lowercase();
        let name = lower.strip_prefix("refs/heads/").unwrap_or(&lower);
        let row = self.0.iter().find(|row| name.len() > row.prefix.len() && name.starts_with(&row.prefix))?;
        Some(Mark { tool: row.tool.clone(), class: row.class.class(), channel: Channel::Branch })
    }
}

impl Registry {
    /// The mark of a head branch, by its name.
    pub fn branch(&self, name: &str) -> Option<Mark> {
        self.branches.mark(name)
    }

    /// The marks of the branches that a merge names in its subject. For merges alone: the subject of any other commit is
    /// prose.
    pub fn merged_branches(&self, message: &str) -> Vec<Mark> {
        let mut marks: Vec<Mark> = merged(message).filter_map(|branch| self.branches.mark(branch)).collect();
        marks.sort();
        marks.dedup();
        marks
    }
}

/// The merged branches, as GitHub (`Merge pull request #12 from owner/branch`) and git itself
/// (`Merge branch 'x' into y`, `Merge remote-tracking branch 'origin/x'`; `builtin/fmt-merge-msg.c`) name them. GitLab
/// writes as git does. The branch that something is merged *into* is not read.
fn merged(message: &str) -> impl Iterator<Item = &str> {
    let subject = message.trim_start_matches(['\n', '\r']).lines().next().unwrap_or("");
    let request = subject.strip_prefix("Merge pull request #").and_then(|rest| rest.split_once(" from "));
    let request = request.and_then(|(_, from)| from.split_whitespace().next()?.split_once('/')).map(|(_, name)| name);
    let local = subject.strip_prefix("Merge branch").map(|rest| (rest, false));
    let remote = subject.strip_prefix("Merge remote-tracking branch").map(|rest| (rest, true));
    let quoted = local.or(remote).into_iter().flat_map(|(rest, remote)| {
        let sources = rest.split(" into ").next().unwrap_or(rest);
        let names = sources.split('\'').skip(1).step_by(2);
        names.filter_map(move |name| if remote { name.split_once('/').map(|(_, name)| name) } else { Some(name) })
    });
    request.into_iter().chain(quoted)
}

#[cfg(test)]
mod tests {
    use super::super::data::{Letter, Origin};
    use super::*;
    use crate::facts::change::MarkClass;

    fn tools(subject: &str) -> Vec<String> {
        let marks = Registry::builtin().merged_branches(subject);
        assert!(marks.iter().all(|m| m.class == MarkClass::Heuristic && m.channel == Channel::Branch), "{subject}");
        marks.into_iter().map(|mark| mark.tool).collect()
    }

    #[test]
    fn the_subjects_of_github_gitlab_and_git_name_their_branch() {
        for subject in [
            "Merge pull request #12 from harbour/codex/move-the-quay",
            "Merge pull request #12 from harbour/codex/move-the-quay\n\nMove the quay",
            "Merge branch 'codex/move-the-quay'",
            "Merge branch 'codex/move-the-quay' into 'main'",
            "Merge branch 'codex/move-the-quay' of https://git.harbour.example/quay into main",
            "Merge remote-tracking branch 'origin/codex/move-the-quay' into release",
            "Merge branches 'tidy' and 'Codex/move-the-quay'",
        ] {
            assert_eq!(tools(subject), ["codex"], "{subject}");
        }
    }

    #[test]
    fn what_is_merged_into_an_agents_branch_is_not_the_agents() {
        assert_eq!(tools("Merge branch 'main' into codex/move-the-quay"), [""; 0]);
        assert_eq!(tools("Merge remote-tracking branch 'origin/main' into claude/quay"), [""; 0]);
    }

    #[test]
    fn people_owners_and_prose_are_no_branches() {
        for subject in [
            "Merge pull request #12 from codex/quay",
            "Merge pull request #12 from harbour/fix/codex/quay",
            "Merge pull request #12 from harbour/codex/",
            "Merge pull request #12 from ",
            "Merge branch 'claude-moreau/quay'",
            "Merge branch '",
            "Merge branch codex/quay",
            "Merge the codex/quay branch",
            "Merge tag 'codex/1.0'",
            "Revert \"Merge branch 'codex/quay'\"",
            "Move\n\nMerge branch 'codex/quay'",
            "",
        ] {
            assert_eq!(tools(subject), [""; 0], "{subject}");
        }
    }

    #[test]
    fn the_longest_beginning_decides_and_the_plan_before_what_is_shipped() {
        let row = |prefix: &str, tool: &str| BranchRow {
            tool: tool.into(),
            class: Letter::D,
            prefix: prefix.into(),
            origin: Origin::default(),
            example: String::new(),
            trap: String::new(),
        };
        let branches = Branches::new(vec![row("a/", "shipped"), row("a/b/", "longer"), row("a/", "own")]);
        assert_eq!(branches.mark("refs/heads/A/b/c").map(|m| m.tool).as_deref(), Some("longer"));
        assert_eq!(branches.mark("a/c").map(|m| m.tool).as_deref(), Some("own"));
        assert_eq!(branches.mark("a/"), None);
    }
}
