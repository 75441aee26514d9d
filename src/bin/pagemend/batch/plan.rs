//! What becomes of the files of one directory: which belong together, and where each output goes.
//!
//! The outputs of a directory's files lie beside each other, so one directory is enough to see which
//! would fall on one another.

use super::walk::Folder;
use pagemend::read::natural;
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// One document to make.
#[derive(Debug, PartialEq, Eq)]
pub struct Task {
    /// How the manifest names it: the place of its input below the output directory.
    pub name: PathBuf,
    /// Its files, in the order of their pages.
    pub pages: Vec<PathBuf>,
    /// Its output, below the output directory.
    pub output: PathBuf,
}

/// The tasks of a directory, one for each file, or one for all together.
pub fn tasks(folder: Folder, ending: &str, together: bool) -> Vec<Task> {
    if together { document(folder, ending).into_iter().collect() } else { pages(folder, ending) }
}

fn document(folder: Folder, ending: &str) -> Option<Task> {
    let mut pages = folder.files;
    pages.sort_by(|a, b| natural(a, b));
    let name = folder.title.map_or(folder.place, PathBuf::from);
    let output = name.with_file_name(with_ending(name.file_name()?, ending));
    (!pages.is_empty()).then_some(Task { name, pages, output })
}

fn pages(folder: Folder, ending: &str) -> Vec<Task> {
    let names: Vec<&OsStr> = folder.files.iter().map(|f| f.file_name().unwrap_or_default()).collect();
    let outputs = outputs(&names, &folder.folders, ending);
    let task = |(file, output): (&PathBuf, OsString)| Task {
        name: folder.place.join(file.file_name().unwrap_or_default()),
        pages: vec![file.clone()],
        output: folder.place.join(output),
    };
    folder.files.iter().zip(outputs).map(task).collect()
}

/// The names of the outputs, none of them twice: the ending is changed where that gives a name of
/// its own, and added otherwise.
fn outputs(names: &[&OsStr], folders: &[OsString], ending: &str) -> Vec<OsString> {
    let changed: Vec<OsString> =
        names.iter().map(|n| with_ending(Path::new(n).file_stem().unwrap_or_default(), ending)).collect();
    let mut taken: HashSet<Vec<u8>> = folders.iter().map(|f| key(f)).collect();
    let mut wanted: HashMap<Vec<u8>, usize> = HashMap::new();
    changed.iter().for_each(|name| *wanted.entry(key(name)).or_default() += 1);
    let own: Vec<bool> = changed.iter().map(|name| wanted[&key(name)] == 1 && taken.insert(key(name))).collect();
    let tell_apart = |((name, changed), own): ((&&OsStr, OsString), bool)| {
        if own {
            return changed;
        }
        let numbered = (2..).map(|n| format!("-{n}.{ending}"));
        let mut endings = std::iter::once(format!(".{ending}")).chain(numbered);
        let name = endings.find_map(|ending| {
            let mut name = OsString::from(*name);
            name.push(ending);
            taken.insert(key(&name)).then_some(name)
        });
        name.expect("there are more numbers than names")
    };
    names.iter().zip(changed).zip(own).map(tell_apart).collect()
}

fn with_ending(stem: &OsStr, ending: &str) -> OsString {
    let mut name = stem.to_owned();
    name.push(".");
    name.push(ending);
    name
}

/// By what names are compared: some file systems hold `Page` and `page` for one.
fn key(name: &OsStr) -> Vec<u8> {
    name.to_str().map_or_else(|| name.as_encoded_bytes().to_vec(), |name| name.to_lowercase().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str], folders: &[&str]) -> Vec<String> {
        let names: Vec<&OsStr> = names.iter().map(OsStr::new).collect();
        let folders: Vec<OsString> = folders.iter().map(OsString::from).collect();
        outputs(&names, &folders, "txt").into_iter().map(|n| n.into_string().unwrap()).collect()
    }

    #[test]
    fn outputs_are_told_apart() {
        assert_eq!(named(&["a.xml", "b.txt", "c"], &[]), ["a.txt", "b.txt", "c.txt"]);
        assert_eq!(named(&["a.json", "a.xml", "b"], &[]), ["a.json.txt", "a.xml.txt", "b.txt"]);
        assert_eq!(named(&["A.txt", "a.txt"], &[]), ["A.txt.txt", "a.txt-2.txt"]);
        assert_eq!(named(&["a.json", "a.xml", "a.xml.xml"], &[]), ["a.json.txt", "a.xml-2.txt", "a.xml.txt"]);
        assert_eq!(named(&["a.json"], &["a.txt"]), ["a.json.txt"]);
        assert_eq!(named(&["第1.5版", "第1.6版"], &[]), ["第1.5版.txt", "第1.6版.txt"]);
    }

    #[test]
    fn a_directory_is_one_document() {
        let files = ["d/p10.txt", "d/p9.txt"].map(PathBuf::from).to_vec();
        let folder = |place: &str, title: Option<&str>| Folder {
            place: place.into(),
            title: title.map(OsString::from),
            files: files.clone(),
            ..Folder::default()
        };
        let task = |folder| tasks(folder, "md", true).remove(0);
        let inner = task(folder("1950/03.01", None));
        assert_eq!((inner.name, inner.output), ("1950/03.01".into(), "1950/03.01.md".into()));
        assert_eq!(inner.pages, ["d/p9.txt", "d/p10.txt"].map(PathBuf::from));
        assert_eq!(task(folder("", Some("d"))).output, Path::new("d.md"));
        assert_eq!(tasks(Folder { files: Vec::new(), ..folder("x", None) }, "md", true), []);
    }
}
