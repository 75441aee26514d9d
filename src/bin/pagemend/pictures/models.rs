//! Which of tesseract's models read a page.

use pagemend::Error;
use pagemend::error::ErrorKind;
use pagemend::text::language::Language;

/// The models for horizontal lines. Chinese has one for each of its scripts, and a page's language
/// does not say which it is in.
const MODELS: [(Language, &str); 4] = [
    (Language::Chinese, "chi_sim"),
    (Language::Chinese, "chi_tra"),
    (Language::Japanese, "jpn"),
    (Language::Korean, "kor"),
];

/// What the name of a model for vertical lines ends with.
pub const VERTICAL: &str = "_vert";

/// How one comes by what is missing.
pub const HOW_TO_INSTALL: &str = "on Debian and Ubuntu `apt install tesseract-ocr` and the languages of your pages, \
     such as tesseract-ocr-jpn and tesseract-ocr-jpn-vert (chi-sim, chi-tra, kor, and their -vert); \
     on macOS `brew install tesseract tesseract-lang`";

/// The models that are installed.
#[derive(Debug)]
pub struct Installed(Vec<String>);

impl Installed {
    /// Reads what `tesseract --list-langs` says: a headline, which has spaces, and a name a line.
    pub fn of(list: &str) -> Installed {
        let names = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains(' '));
        Installed(names.map(str::to_owned).collect())
    }

    /// The models to read a page with that is in this language, or in any: those that are installed,
    /// joined as `-l` takes them.
    ///
    /// Where nobody says what language a page is in, all are asked, and tesseract keeps for each word
    /// the reading it is surest of. That errs more than the right model alone, but a model reads
    /// nothing at all of a page in another language, and says so to nobody.
    ///
    /// # Errors
    /// Where none is installed.
    pub fn models(&self, language: Option<Language>) -> Result<String, Error> {
        let meant: Vec<&str> =
            MODELS.iter().filter(|(of, _)| language.is_none_or(|language| language == *of)).map(|(_, m)| *m).collect();
        let found: Vec<String> =
            meant.iter().filter_map(|m| [(*m).to_owned(), vertical(m)].into_iter().find(|m| self.has(m))).collect();
        if found.is_empty() {
            let (meant, here) = (meant.join(" or "), self.0.join(", "));
            return Err(Error::new(ErrorKind::Engine(format!(
                "tesseract needs a model for this picture: {meant}; it has {}; {HOW_TO_INSTALL}",
                if here.is_empty() { "none" } else { &here }
            ))));
        }
        Ok(found.join("+"))
    }

    /// The vertical models of these, and the names of those that are not installed.
    pub fn vertical(&self, models: &str) -> (String, Vec<String>) {
        let all = models.split('+').map(|m| if m.ends_with(VERTICAL) { m.to_owned() } else { vertical(m) });
        let (found, missing): (Vec<String>, Vec<String>) = all.partition(|m| self.has(m));
        (found.join("+"), missing)
    }

    fn has(&self, model: &str) -> bool {
        self.0.iter().any(|name| name == model)
    }
}

fn vertical(model: &str) -> String {
    format!("{model}{VERTICAL}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "List of available languages in \"/usr/share/tessdata/\" (6):\nchi_sim\neng\njpn\njpn_vert\nkor_vert\nosd\n";

    #[test]
    fn what_is_installed_is_taken() {
        let here = Installed::of(LIST);
        assert_eq!(here.models(None).unwrap(), "chi_sim+jpn+kor_vert");
        assert_eq!(here.models(Some(Language::Japanese)).unwrap(), "jpn");
        assert_eq!(here.models(Some(Language::Chinese)).unwrap(), "chi_sim");
        assert_eq!(here.vertical("jpn"), ("jpn_vert".to_owned(), vec![]));
        assert_eq!(
            here.vertical("chi_sim+jpn+kor_vert"),
            ("jpn_vert+kor_vert".to_owned(), vec!["chi_sim_vert".to_owned()])
        );
    }

    #[test]
    fn where_there_is_none_it_is_said_which() {
        let error = Installed::of("List (2):\neng\nosd").models(Some(Language::Chinese)).unwrap_err().to_string();
        assert!(error.contains("chi_sim or chi_tra; it has eng, osd; on Debian"), "{error}");
        assert!(Installed::of("").models(None).unwrap_err().to_string().contains("it has none"));
    }
}
