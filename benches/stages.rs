//! Each stage and the whole, on the first sample's page repeated to 1, 10 and 100 pages, so that
//! growth shows; beside the floor, which is decoding the bytes and splitting them into lines. All in
//! one run, since only ratios within a run mean anything.

use divan::{Bencher, counter::BytesCount};
use pagemend::flow::{Composed, Flow};
use pagemend::options::Trust;
use pagemend::press::Press;
use pagemend::text::language::Language;
use pagemend::{Input, Options, stage};

const PAGE: &str = include_str!("../samples/newspaper/beibei-2020-03.txt");
const PAGES: &[usize] = &[1, 10, 100];

fn main() {
    divan::main();
}

fn text(pages: usize) -> String {
    vec![PAGE; pages].join("\u{c}")
}

fn input(pages: usize) -> Input {
    pagemend::read(text(pages).as_bytes(), None, &Options::default()).expect("the sample is text")
}

#[divan::bench(args = PAGES)]
fn floor_decode_and_split(bencher: Bencher, pages: usize) {
    let text = text(pages);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let text = std::str::from_utf8(divan::black_box(text.as_bytes())).expect("the sample is text").to_owned();
        text.lines().map(str::len).sum::<usize>()
    });
}

#[divan::bench(args = PAGES)]
fn read(bencher: Bencher, pages: usize) {
    let text = text(pages);
    bencher.counter(BytesCount::of_str(&text)).bench(|| input_of(&text));
}

fn input_of(text: &str) -> Input {
    pagemend::read(text.as_bytes(), None, &Options::default()).expect("the sample is text")
}

/// The flow as it stands before a stage.
fn flow(input: &Input) -> Flow {
    let lines = stage::columns::columns(&input.source, &input.pages, Language::Chinese, &Press::of(Language::Chinese));
    stage::measure::measure(&input.source, stage::order::order(lines, Trust::default()), Language::Chinese)
}

#[divan::bench(args = PAGES)]
fn columns(bencher: Bencher, pages: usize) {
    let input = input(pages);
    let press = Press::of(Language::Chinese);
    bencher.bench(|| stage::columns::columns(&input.source, &input.pages, Language::Chinese, &press));
}

#[divan::bench(args = PAGES)]
fn measure(bencher: Bencher, pages: usize) {
    let input = input(pages);
    let flow = flow(&input);
    bencher.bench(|| stage::measure::measure(&input.source, flow.clone(), Language::Chinese));
}

#[divan::bench(args = PAGES)]
fn clean(bencher: Bencher, pages: usize) {
    let input = input(pages);
    let flow = flow(&input);
    bencher.bench(|| stage::clean::clean(&input.source, &flow, Language::Chinese));
}

fn composed(input: &Input, press: &Press) -> Composed {
    stage::compose::compose(
        &input.source,
        flow(input),
        press,
        Language::Chinese,
        Trust::default(),
        &mut Default::default(),
    )
}

#[divan::bench(args = PAGES)]
fn compose(bencher: Bencher, pages: usize) {
    let input = input(pages);
    let (flow, press) = (flow(&input), Options::default().press(Language::Chinese));
    bencher.bench(|| {
        stage::compose::compose(
            &input.source,
            flow.clone(),
            &press,
            Language::Chinese,
            Trust::default(),
            &mut Default::default(),
        )
    });
}

#[divan::bench(args = PAGES)]
fn articles(bencher: Bencher, pages: usize) {
    let input = input(pages);
    let press = Options::default().press(Language::Chinese);
    let composed = composed(&input, &press);
    bencher.bench(|| {
        stage::articles::articles(&input.source, &composed, &press, Trust::default(), &mut Default::default())
    });
}

#[divan::bench(args = PAGES)]
fn whole(bencher: Bencher, pages: usize) {
    let text = text(pages);
    bencher.counter(BytesCount::of_str(&text)).bench(|| pagemend::mend(input_of(&text), &Options::default()));
}
