use std::collections::BTreeSet;

use super::*;

/// Rules of a file at a place, and how many lines are invalid.
fn parsed(place: &str, text: &str, ids: &mut Identities) -> (Vec<OwnerRule>, u64) {
    let (rules, unusable) = parse(place, text, ids);
    (rules.unwrap(), unusable.iter().map(|(_, count, _)| count).sum())
}

fn github(text: &str) -> (Vec<OwnerRule>, u64) {
    parsed(".github/CODEOWNERS", text, &mut Identities::default())
}

fn gitlab(text: &str) -> (Vec<OwnerRule>, u64) {
    parsed(".gitlab/CODEOWNERS", text, &mut Identities::default())
}

/// Whether the last rule of a section that matches a path names somebody.
fn owned(rules: &[OwnerRule], section: usize, path: &str) -> bool {
    let hit = |rule: &&OwnerRule| rule.section == section && matches(&rule.pattern, path);
    rules.iter().rfind(hit).is_some_and(|rule| !rule.people.is_empty() || !rule.teams.is_empty())
}

fn matches(pattern: &str, path: &str) -> bool {
    GlobBuilder::new(pattern).literal_separator(true).build().unwrap().compile_matcher().is_match(path)
}

fn teams(rule: &OwnerRule) -> Vec<&str> {
    rule.teams.iter().map(String::as_str).collect()
}

#[test]
fn the_examples_of_githubs_documentation_match_what_it_says() {
    for (pattern, inside, outside) in [
        ("*", &["a.txt", "deep/down/b.go"][..], &[][..]),
        ("*.js", &["a.js", "deep/b.js"], &["a.jsx"]),
        ("/build/logs/", &["build/logs/a", "build/logs/x/b"], &["other/build/logs/a", "build/logs"]),
        ("docs/*", &["docs/getting-started.md"], &["docs/build-app/troubleshooting.md", "x/docs/a.md"]),
        ("apps/", &["apps/a", "deep/apps/b/c"], &["apps"]),
        ("/docs/", &["docs/a", "docs/b/c"], &["x/docs/a"]),
        ("**/logs", &["build/logs/a", "logs/b", "deeply/nested/logs/c", "x/logs"], &["logsmith/a"]),
        ("/apps/github", &["apps/github/a", "apps/github"], &["apps/githubber", "x/apps/github"]),
        ("a\\ b/*.md", &["a b/c.md"], &["a/c.md"]),
        ("{a,b}", &["{a,b}", "x/{a,b}"], &["a"]),
    ] {
        let (rules, invalid) = github(&format!("{pattern} @mia"));
        assert_eq!(invalid, 0, "{pattern}");
        for path in inside {
            assert!(owned(&rules, 0, path), "{pattern} should match {path}");
        }
        for path in outside {
            assert!(!owned(&rules, 0, path), "{pattern} should not match {path}");
        }
    }
}

#[test]
fn the_last_rule_decides_and_one_without_owners_takes_them_away() {
    let (rules, _) = github("/apps/ @mia\n/apps/github\n");
    assert!(owned(&rules, 0, "apps/a") && !owned(&rules, 0, "apps/github/a"));
}

#[test]
fn comments_and_inline_comments_name_nobody_on_github() {
    let (rules, invalid) = github("# *.rs @mia\n\n*.js @org/web # ask @ben @org/other first\r\n");
    assert_eq!((rules.len(), invalid), (2, 0));
    assert_eq!((teams(&rules[0]), rules[0].people.len()), (vec!["web"], 0));
}

#[test]
fn what_github_calls_invalid_is_left_out_and_counted() {
    let (rules, invalid) = github("!*.rs @mia\n[ab].rs @mia\n\\#x @mia\n*.go mia\n/ @mia\n*.js @mia\n");
    assert_eq!((rules.len(), invalid), (2, 5), "{rules:?}");
}

#[test]
fn a_login_an_address_and_a_team_are_told_apart_and_a_bot_is_nobody() {
    let mut ids = Identities::default();
    let (rules, _) = parsed("CODEOWNERS", "* @mia mia@harbour.example @org/web @dependabot[bot]", &mut ids);
    assert_eq!(rules[0].people, BTreeSet::from([ids.person("mia"), ids.person("mia@harbour.example")]));
    assert_eq!(teams(&rules[0]), ["web"]);
}

#[test]
fn sections_of_gitlab_decide_each_for_itself() {
    let text = "* @admin\n[README Owners]\nREADME.md @user1 @user2\ninternal/README.md @user4\n\n[readme owners]\n*.txt @user3\n";
    let (rules, _) = parsed("CODEOWNERS", text, &mut Identities::default());
    let of = |section, path| {
        let hit = rules.iter().rfind(|rule| rule.section == section && matches(&rule.pattern, path));
        hit.map(|rule| rule.people.len())
    };
    assert_eq!((of(0, "README.md"), of(1, "README.md"), of(1, "internal/README.md")), (Some(1), Some(2), Some(1)));
    assert_eq!(of(1, "docs/internal/README.md"), Some(1), "without a leading slash at any depth");
    assert_eq!(of(1, "a.txt"), Some(1), "two sections of one name are one");
    assert_eq!(of(2, "a.txt"), None);
}

#[test]
fn a_section_has_owners_for_what_names_nobody_and_an_optional_one_asks_for_nothing() {
    let (rules, _) = gitlab("[Docs][2] @org/writers\ndocs/\nREADME.md @org/all\n^[Go] @org/go\n*.go\n");
    assert_eq!(rules.iter().map(teams).collect::<Vec<_>>(), [["writers"], ["all"]]);
    let (both, _) = gitlab("^[Go] @org/go\n*.go\n[Go]\n*.mod @org/go\n");
    assert_eq!(both.len(), 2, "required where one of the two is");
}

#[test]
fn gitlab_reads_patterns_its_own_way() {
    for (pattern, inside, outside) in [
        ("/docs", &["docs"][..], &["docs/a"][..]),
        ("/docs/", &["docs/a", "docs/b/c"], &["x/docs/a"]),
        ("/docs/**", &["docs/a"], &["docs/b/c"]),
        ("/docs/**/index.md", &["docs/index.md", "docs/a/b/index.md"], &["docs/a/index.mdx"]),
        ("\\#file", &["#file", "x/#file"], &[]),
    ] {
        let (rules, invalid) = gitlab(&format!("{pattern} @org/x"));
        assert_eq!(invalid, 0, "{pattern}");
        assert!(inside.iter().all(|path| owned(&rules, 0, path)), "{pattern} {rules:?}");
        assert!(outside.iter().all(|path| !owned(&rules, 0, path)), "{pattern} {rules:?}");
    }
}

#[test]
fn an_exclusion_of_gitlab_is_kept_as_one() {
    let (rules, _) = gitlab("* @org/x\n!pom.xml\n");
    assert_eq!(
        rules.iter().map(|r| (r.pattern.as_str(), r.excludes)).collect::<Vec<_>>(),
        [("**/*", false), ("**/pom.xml", true)]
    );
}

#[test]
fn a_single_name_on_gitlab_may_be_a_groups_until_it_is_known_as_a_persons() {
    let mut ids = Identities::default();
    let mia = ids.person("mia");
    let (rules, _) = parsed(".gitlab/CODEOWNERS", "* @mia @writers @@maintainer", &mut ids);
    assert!(rules[0].people.contains(&mia));
    assert_eq!(teams(&rules[0]), ["@maintainer", "writers"]);
}

#[test]
fn a_list_beyond_the_limits_is_refused_and_not_cut() {
    let many = "a @mia\n".repeat(MOST_RULES + 1);
    assert!(matches!(parse("CODEOWNERS", &many, &mut Identities::default()), (None, unusable) if unusable.len() == 1));
    let crowd = format!("* {}\n*.js @mia\n", "@mia ".repeat(MOST_OWNERS + 1));
    assert_eq!(github(&crowd).1, 1);
    assert_eq!(github(&format!("{} @mia", "a".repeat(LONGEST_PATTERN + 1))).1, 1);
}

proptest::proptest! {
    #[test]
    fn no_text_stops_the_reader(text in "[ -~\n\\\\#@\\[\\]^!*/é{}]{0,80}") {
        for place in PLACES {
            let _ = parse(place, &text, &mut Identities::default());
        }
    }
}
