//! Which pictures have been read already. Scans often lie beside what an OCR engine made of them, and
//! reading them again would take long, give less, and set every page down twice.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Endings of pictures.
const PICTURES: &[&str] = &["bmp", "gif", "j2k", "jp2", "jpe", "jpeg", "jpg", "png", "tif", "tiff", "webp"];

/// Takes the pictures out of a directory's files that lie beside a file whose name begins with
/// theirs: `p1.png` beside `p1.xml`, `p1.png.txt` or `p1_alto.xml`, but not beside `p10.xml`. Gives
/// their number.
pub fn leave_out_read(files: &mut Vec<PathBuf>) -> usize {
    let all = files.len();
    let others: HashSet<String> =
        files.iter().filter(|f| !is_picture(f)).flat_map(|f| beginnings(&name(f.file_name()))).collect();
    files.retain(|f| !is_picture(f) || !others.contains(&name(f.file_stem())));
    all - files.len()
}

fn is_picture(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_ascii_lowercase();
    PICTURES.iter().any(|p| ending == *p)
}

fn name(name: Option<&OsStr>) -> String {
    name.unwrap_or_default().to_string_lossy().into_owned()
}

/// What the name begins with, up to each mark in it.
fn beginnings(name: &str) -> Vec<String> {
    let marks = name.char_indices().filter(|(_, c)| !c.is_alphanumeric());
    marks.map(|(at, _)| name[..at].to_owned()).chain([name.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scans_of_what_is_there_are_left_out() {
        let names = [
            "1.png",
            "1.xml",
            "10.xml",
            "2.JPG",
            "2_alto.xml",
            "3.tif",
            "3.tif.txt",
            "第4版.png",
            "第4版.pdf",
            "5.png",
        ];
        let mut files: Vec<PathBuf> =
            names.iter().map(|n| Path::new("d").join(n)).chain(["d/p10.png".into()]).collect();
        files.push("d/p1.png".into());
        files.push("d/p100".into());
        assert_eq!(leave_out_read(&mut files), 4);
        let expected =
            ["1.xml", "10.xml", "2_alto.xml", "3.tif.txt", "第4版.pdf", "5.png", "p10.png", "p1.png", "p100"];
        assert_eq!(files, expected.map(|n| Path::new("d").join(n)));
    }
}
