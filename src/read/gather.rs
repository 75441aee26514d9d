//! Many files, one document: the pages of an issue lie in files of their own, and belong together.
//!
//! ```text
//! 1950-03-01/page1.txt   page 1      one source text, a form feed between the files,
//! 1950-03-01/page2.xml   page 2  ─▶  pages numbered through, places counted from its beginning
//! 1950-03-01/page10.txt  page 3
//! ```

use super::Input;
use crate::error::{Error, ErrorKind};
use crate::page::Page;
use crate::source::{File, LineStart, Source, Span};
use std::cmp::Ordering;
use std::path::Path;

/// What is said of files that differ in format or encoding.
const MIXED: &str = "mixed";

/// Joins the inputs, in their order, into one. `path` is what the document will name as its source,
/// such as the directory that the files lie in.
///
/// Page numbers go on from file to file; line numbers stay within their page. Articles that a file
/// states are those of that file alone. Warnings name the file they are about.
///
/// # Errors
/// Where the texts together are more than 4 GiB.
pub fn gather(inputs: impl IntoIterator<Item = Input>, path: Option<&Path>) -> Result<Input, Error> {
    let mut all: Option<Input> = None;
    let mut articles = 0;
    for mut input in inputs {
        let name = input.source.file.path.as_ref().map(|p| p.display().to_string());
        for warning in &mut input.warnings {
            *warning = name.iter().fold(std::mem::take(warning), |warning, name| format!("{name}: {warning}"));
        }
        all = Some(match all {
            None => input,
            Some(all) => joined(all, input, articles)?,
        });
        articles = all.as_ref().map_or(0, |all| first_free_article(&all.pages, articles));
    }
    let mut all = all.unwrap_or_else(|| blank(None));
    all.source.file.path = path.map(Path::to_path_buf);
    Ok(all)
}

/// What stands for a file that could not be read: one page with nothing on it, so that the pages
/// behind it keep their numbers.
pub fn blank(path: Option<&Path>) -> Input {
    let file = File { path: path.map(Path::to_path_buf), format: super::PLAIN, encoding: "UTF-8" };
    let lines = vec![LineStart { byte: 0, page: 1, number: 1 }];
    Input {
        source: Source { text: String::new(), file, lines },
        pages: vec![Page::empty(1, None)],
        warnings: Vec::new(),
    }
}

/// The order of pages by their names: `page2` before `page10`. No two names are equal in it.
pub fn natural(a: &Path, b: &Path) -> Ordering {
    alphanumeric_sort::compare_path(a, b).then_with(|| a.cmp(b))
}

/// Appends `next`, whose articles are counted from `articles` on.
fn joined(mut all: Input, next: Input, articles: u32) -> Result<Input, Error> {
    let Input { source, pages, warnings } = next;
    let closed = is_closed(&all);
    let text = &mut all.source.text;
    if !closed {
        text.push('\u{c}');
    }
    let bytes = text.len() + source.text.len();
    if bytes >= u32::MAX as usize {
        return Err(Error::new(ErrorKind::TooLarge { bytes }));
    }
    let (byte, before) = (text.len() as u32, all.pages.last().map_or(0, |p| p.number));
    text.push_str(&source.text);
    // What is behind a closing form feed is the beginning of the file that follows.
    while all.source.lines.last().is_some_and(|line| line.byte >= byte) {
        all.source.lines.pop();
    }
    let moved = |line: LineStart| LineStart { byte: line.byte + byte, page: line.page + before, ..line };
    all.source.lines.extend(source.lines.into_iter().map(moved));
    for mut page in pages {
        page.number += before;
        for run in &mut page.runs {
            run.span = Span { start: run.span.start + byte, end: run.span.end + byte };
        }
        for article in page.regions.iter_mut().filter_map(|r| r.article.as_mut()) {
            *article = article.saturating_add(articles);
        }
        all.pages.push(page);
    }
    let file = &mut all.source.file;
    file.format = if file.format == source.file.format { file.format } else { MIXED };
    file.encoding = if file.encoding == source.file.encoding { file.encoding } else { MIXED };
    all.warnings.extend(warnings);
    Ok(all)
}

/// True where the last page ends with a form feed of its own: the next file then needs none before it.
fn is_closed(all: &Input) -> bool {
    let text = &all.source.text;
    let last = all.source.lines.iter().rev().find(|line| (line.byte as usize) < text.len());
    text.ends_with('\u{c}') && last.map(|line| line.page) == all.pages.last().map(|page| page.number)
}

/// The first number that no article of the pages has. Only pages that came last can raise it.
fn first_free_article(pages: &[Page], known: u32) -> u32 {
    let stated = pages.iter().rev().flat_map(|p| &p.regions).filter_map(|r| r.article);
    stated.map(|article| article.saturating_add(1)).fold(known, u32::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::page::Region;
    use std::path::PathBuf;

    fn input(name: &str, text: &str) -> Input {
        super::super::read(text.as_bytes(), Some(Path::new(name)), &Options::default()).unwrap()
    }

    fn lines(input: &Input) -> Vec<(u32, u32, &str)> {
        let runs = input.pages.iter().flat_map(|p| p.runs.iter().map(|r| (p.number, r)));
        runs.map(|(page, r)| (page, r.line, input.source.get(r.span))).collect()
    }

    #[test]
    fn pages_are_numbered_through_and_places_lead_back() {
        let files = [input("d/1", "甲\n\n乙\u{c}丙\u{c}"), blank(None), input("d/3", "丁\n戊\n"), input("d/4", "己")];
        let all = gather(files, Some(Path::new("d"))).unwrap();
        assert_eq!(all.source.text, "甲\n\n乙\u{c}丙\u{c}\u{c}丁\n戊\n\u{c}己");
        assert_eq!(all.source.file.path.as_deref(), Some(Path::new("d")));
        let expected = [(1, 1, "甲"), (1, 3, "乙"), (2, 1, "丙"), (4, 1, "丁"), (4, 2, "戊"), (5, 1, "己")];
        assert_eq!(lines(&all), expected);
        assert_eq!(all.source.text.matches('\u{c}').count(), 4);
        assert_eq!(all.pages.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        let mut locator = all.source.locator();
        for page in &all.pages {
            for run in &page.runs {
                let place = locator.place(run.span.start);
                assert_eq!((place.page, place.line, place.chars), (page.number, run.line, 0));
            }
        }
        assert!(all.source.lines.windows(2).all(|w| w[0].byte < w[1].byte));
        let document = crate::mend(all, &Options::default());
        assert_eq!(crate::audit::audit(&document), Ok(()));
        assert_eq!(document.pages.len(), 5);
    }

    #[test]
    fn a_files_articles_are_its_own() {
        let with = |articles: [u32; 2]| {
            let mut input = input("p", "甲");
            input.pages[0].regions = articles.map(|a| Region { article: Some(a), ..Region::default() }).to_vec();
            input
        };
        let all = gather([with([0, 4]), with([0, 1]), with([3, 0])], None).unwrap();
        let articles = all.pages.iter().flat_map(|p| p.regions.iter().filter_map(|r| r.article));
        assert_eq!(articles.collect::<Vec<_>>(), [0, 4, 5, 6, 10, 7]);
    }

    #[test]
    fn what_differs_is_mixed_and_warnings_name_their_file() {
        let mut other = input("b", "乙");
        other.source.file.format = "umi-ocr";
        other.warnings.push("odd".to_owned());
        let all = gather([input("a", "甲"), other], None).unwrap();
        assert_eq!((all.source.file.format, all.source.file.encoding), (MIXED, "UTF-8"));
        assert_eq!(all.warnings, ["b: odd"]);
    }

    #[test]
    fn pages_are_in_the_order_of_their_numbers() {
        let mut names = ["p10.txt", "p2.txt", "p02.txt", "p1.txt", "第10版", "第9版"].map(PathBuf::from);
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["p1.txt", "p2.txt", "p02.txt", "p10.txt", "第9版", "第10版"].map(PathBuf::from));
    }
}
