//! What a program that fits the weights asks of the composer: how a page would be read under other
//! weights, and what speaks in a reading of it.

use super::habits::{self, Habits};
use super::lattice::Lattice;
use super::shape::{self, Shape};
use super::state::{Kind, STATES, Single, State};
use super::weigh::Scene;
use crate::evidence::Tally;
use crate::flow::Flow;
use crate::options::Trust;
use crate::press::Press;
use crate::role::Role;
use crate::source::Source;
use crate::text::continuity::{Model, model};
use crate::text::ends::LineEnd;
use crate::text::language::Language;

/// A page to learn from.
pub struct Lesson<'a> {
    flow: &'a Flow,
    shapes: Vec<Shape>,
    habits: Habits,
    language: Language,
    model: &'static Model,
}

/// What a line is, as far as a truth tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Its block's role.
    pub role: Role,
    /// It goes on its block's line right before it.
    pub goes_on: bool,
    /// How much worse than another it is to read it falsely.
    pub weight: f32,
}

/// What each line of a page is; of no use but to be counted.
pub struct Reading(Vec<State>);

impl<'a> Lesson<'a> {
    /// A flow as the composer sees it.
    pub fn of(source: &Source, flow: &'a Flow, press: &Press, language: Language) -> Lesson<'a> {
        let model = model(language, &source.text);
        let shapes = shape::shapes(source, flow, press, language, model);
        Lesson { flow, habits: habits::habits(flow, &shapes), shapes, language, model }
    }

    fn scene(&self) -> Scene<'_> {
        let Lesson { flow, shapes, habits, language, model } = self;
        Scene { flow, shapes, habits: *habits, language: *language, model, trust: Trust::default() }
    }

    /// The best reading by a tally, where each line that is told of is worth `more` if it is read otherwise:
    /// much less than nothing for the best reading that is true, a little for one to be kept away from.
    pub fn read<T: Tally + Default + Into<f32>>(&self, told: &[Option<Told>], more: f32) -> Reading {
        let scene = self.scene();
        let mut lattice = Lattice::of::<T>(&scene, 0..told.len());
        lattice.add(|i, state| match told[i] {
            Some(told) if !is_told(told, state) => more * told.weight,
            _ => 0.0,
        });
        let best = |through: [f32; STATES]| (0..STATES).max_by(|a, b| through[*a].total_cmp(&through[*b]));
        Reading(lattice.through().into_iter().filter_map(best).map(State::at).collect())
    }

    /// Lines of which a reading says what is told.
    pub fn right(&self, reading: &Reading, told: &[Option<Told>]) -> usize {
        let all = reading.0.iter().zip(told);
        all.filter(|(state, told)| told.is_some_and(|t| is_told(t, **state))).count()
    }

    /// What speaks in a reading.
    pub fn count(&self, reading: &Reading, tally: &mut impl Tally) {
        let (scene, states) = (self.scene(), &reading.0);
        for (i, state) in states.iter().enumerate() {
            let before = i.checked_sub(1).map(|a| states[a]);
            match *state {
                State::Goes(kind) => {
                    let first = matches!(before, Some(State::First(_)));
                    scene.joins(kind, i - 1, i, first, tally);
                }
                state => {
                    if let Some(before) = before {
                        leave(&scene, before, i - 1, tally);
                        let finished = self.shapes[i - 1].end == LineEnd::Stop;
                        Scene::follows(before, state, finished, tally);
                    }
                    scene.begins(state, i, tally);
                }
            }
        }
        if let Some(last) = states.last() {
            leave(&scene, *last, states.len() - 1, tally);
        }
    }
}

fn leave(scene: &Scene, state: State, i: usize, tally: &mut impl Tally) {
    if let State::First(kind) | State::Goes(kind) = state {
        scene.ends(kind, i, matches!(state, State::First(_)), tally);
    }
}

fn is_told(told: Told, state: State) -> bool {
    let role = match state {
        State::First(kind) | State::Goes(kind) => match kind {
            Kind::Title => matches!(told.role, Role::Headline | Role::Kicker | Role::Subheadline | Role::Subheading),
            Kind::Body => told.role == Role::Paragraph,
            Kind::Caption => told.role == Role::Caption,
            Kind::List => told.role == Role::List,
            Kind::Footnote => told.role == Role::Footnote,
            Kind::Verse => told.role == Role::Verse,
        },
        State::Single(single) => match single {
            Single::Byline => told.role == Role::Byline,
            Single::Dateline => matches!(told.role, Role::Dateline | Role::Byline),
            Single::Credit => told.role == Role::Credit,
            Single::Jump => told.role == Role::Jump,
            Single::Table => told.role == Role::Table,
            Single::Furniture => told.role.is_furniture(),
        },
    };
    role && state.goes_on() == told.goes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::stage;

    const PAGE: &str = "春风吹过小镇\n\n镇上的人们都说今年的春天来得特别早河边的柳树已经发\n\
        了新芽孩子们在树下放着风筝老人们在桥头说着去年的大雨\n说到天黑才回家。\n第二天又下起了小雨。\n";

    fn taught(lesson: impl FnOnce(&Lesson)) {
        let options = Options::default();
        let input = crate::read(PAGE.as_bytes(), None, &options).unwrap();
        let press = options.press(Language::Chinese);
        let flow = stage::flow(&input.source, &input.pages, Language::Chinese, &press, options.trust);
        lesson(&Lesson::of(&input.source, &flow, &press, Language::Chinese));
    }

    #[test]
    fn what_speaks_in_the_best_reading_is_what_it_is_worth() {
        taught(|lesson| {
            let untold = [None; 5];
            let mut sum = 0f32;
            lesson.count(&lesson.read::<f32>(&untold, 0.0), &mut sum);
            let best = Lattice::of::<f32>(&lesson.scene(), 0..untold.len()).through()[0];
            assert!((sum - best.iter().copied().fold(f32::MIN, f32::max)).abs() < 1e-3, "{sum} {best:?}");
        });
    }

    #[test]
    fn a_true_reading_is_what_is_told_even_where_little_speaks_for_it() {
        taught(|lesson| {
            let told = |role, goes_on| Some(Told { role, goes_on, weight: 1.0 });
            // As nobody would read it.
            let told = [
                told(Role::Paragraph, false),
                told(Role::Paragraph, true),
                None,
                told(Role::Headline, false),
                told(Role::Caption, false),
            ];
            let right = |more| lesson.right(&lesson.read::<f32>(&told, more), &told);
            assert!(right(0.0) < 4);
            assert_eq!(right(-1e4), 4);
        });
    }
}
