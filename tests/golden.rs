//! Every sample of the repository against its golden file, through the same code as
//! `pagemend check`: one test a sample. `pagemend check --bless` makes new golden files.

use libtest_mimic::{Arguments, Failed, Trial};
use pagemend::compare::{self, DiffLine, Outcome, Part, Sample};
use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples =
        compare::samples(&root.join("samples"), &root.join("golden"), None).expect("the samples can be listed");
    assert!(samples.len() > 10, "the samples are missing");
    let trial = |sample: Sample| Trial::test(sample.name.display().to_string(), move || run(&sample));
    libtest_mimic::run(&Arguments::from_args(), samples.into_iter().map(trial).collect()).exit();
}

fn run(sample: &Sample) -> Result<(), Failed> {
    let report = compare::check(std::slice::from_ref(sample)).remove(0);
    match report.outcome {
        Outcome::Same => Ok(()),
        Outcome::Different(diff) => {
            let lines: Vec<String> = diff.lines.iter().map(line).collect();
            Err(format!("differs from {}:\n{}", sample.golden.display(), lines.join("\n")).into())
        }
        Outcome::Failed(error) => Err(error.to_string().into()),
        Outcome::NoGolden => Err("there is no golden file".into()),
        Outcome::NoSample => Err("there is a golden file and no sample".into()),
    }
}

fn line(line: &DiffLine) -> String {
    let marked = |parts: &[Part]| -> String {
        parts.iter().map(|p| if p.changed { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    };
    match line {
        DiffLine::Same(number, text) => format!("{number:>5}   {text}"),
        DiffLine::Missing(number, parts) => format!("{number:>5} - {}", marked(parts)),
        DiffLine::Extra(number, parts) => format!("{number:>5} + {}", marked(parts)),
        DiffLine::Gap => "    …".to_owned(),
    }
}
