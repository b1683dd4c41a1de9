use std::os::unix::fs::symlink;

use super::*;
use crate::render::{files, sample};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().display().to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_folder_holds_exactly_the_files_and_no_temporary_one_stays() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("reports/2026-Q3");
    let files = files(&sample::sample()).unwrap();
    write(&folder, &files).unwrap();
    assert_eq!(names(&folder), files.keys().cloned().collect::<Vec<_>>());
    assert_eq!(fs::read(folder.join("report.json")).unwrap(), files["report.json"]);
    assert_eq!(fs::read_dir(folder.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn an_earlier_report_is_replaced_and_what_the_user_added_stays() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("out");
    write(&folder, &files(&sample::sample()).unwrap()).unwrap();
    fs::write(folder.join("letter.txt"), "ours").unwrap();
    let fewer = files(&sample::empty()).unwrap();
    write(&folder, &fewer).unwrap();
    let mut expected: Vec<String> = fewer.keys().cloned().collect();
    expected.push("letter.txt".into());
    expected.sort();
    assert_eq!(names(&folder), expected);
    assert!(!folder.join("tables").exists());
    assert_eq!(fs::read(folder.join("manifest.json")).unwrap(), fewer["manifest.json"]);
}

#[test]
fn a_folder_of_something_else_is_refused_untouched() {
    let place = tempfile::tempdir().unwrap();
    let files = files(&sample::sample()).unwrap();
    for name in ["notes.txt", "manifest.json"] {
        let folder = place.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join(name), "{}").unwrap();
        let problem = write(&folder, &files).unwrap_err();
        assert_eq!(problem.exit_code(), 2);
        assert!(problem.help.is_some());
        assert_eq!(names(&folder), [name]);
    }
}

#[test]
fn links_are_refused_before_anything_changes() {
    let place = tempfile::tempdir().unwrap();
    let files = files(&sample::sample()).unwrap();
    let real = place.path().join("real");
    fs::create_dir(&real).unwrap();
    let link = place.path().join("link");
    symlink(&real, &link).unwrap();
    assert!(write(&link, &files).is_err());
    assert!(names(&real).is_empty());

    let folder = place.path().join("out");
    write(&folder, &files).unwrap();
    fs::remove_dir_all(folder.join("tables")).unwrap();
    symlink(&real, folder.join("tables")).unwrap();
    fs::write(folder.join("report.json"), "old").unwrap();
    assert!(write(&folder, &files).is_err());
    assert_eq!(fs::read_to_string(folder.join("report.json")).unwrap(), "old");
    assert!(names(&real).is_empty());
}

#[test]
fn a_forged_manifest_removes_nothing_outside() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("out");
    let files = files(&sample::sample()).unwrap();
    write(&folder, &files).unwrap();
    fs::write(place.path().join("precious.txt"), "x").unwrap();
    let forged = String::from_utf8(files["manifest.json"].clone()).unwrap();
    fs::write(folder.join("manifest.json"), forged.replace("index.html", "../precious.txt")).unwrap();
    write(&folder, &files).unwrap();
    assert!(place.path().join("precious.txt").exists());
}

#[test]
fn an_empty_folder_is_taken() {
    let place = tempfile::tempdir().unwrap();
    write(place.path().join("a").as_path(), &files(&sample::empty()).unwrap()).unwrap();
    let folder = place.path().join("b");
    fs::create_dir(&folder).unwrap();
    write(&folder, &files(&sample::empty()).unwrap()).unwrap();
    assert!(folder.join("index.html").exists());
}
