//! Comparing every need of a list with every university that has a profile: pure.

use ronghe_decision::affinity::{self, Corpus, Discipline, Profile as Side, Reason};
use ronghe_domain::cycle::Weights;
use ronghe_domain::kernel::{OrgId, PolicyId};
use ronghe_domain::need::Stage;
use ronghe_domain::need_list::document::Listed;
use ronghe_domain::policy::forms::Form;
use ronghe_domain::profile::{Profile, discipline};
use ronghe_domain::suggestion::{Affinity, LEAST, MOST, Match, Part, Share};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What came of it: whom to suggest for each need, what to suggest to each university. Needs are named by their places
/// on the list.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    pub by_need: Vec<Suited>,
    pub by_university: BTreeMap<OrgId, Vec<(usize, Affinity)>>,
}

/// Of one need.
#[derive(Clone, Debug, Default)]
pub struct Suited {
    /// The best first, as far as they are suggested.
    pub universities: Vec<(OrgId, Affinity)>,
    /// The best of all, though it be too little to suggest.
    pub best: Option<(OrgId, u8)>,
}

/// Compares them: time in proportion to needs × universities, and to what each pair says. The order of neither makes a
/// difference; equals go by the need's place, and by the university's id.
#[must_use]
pub fn compare(needs: &[Listed], policy: PolicyId, of: Weights, profiles: &[&Profile]) -> Matches {
    let texts = needs.iter().map(said).chain(profiles.iter().map(|it| offered_words(it)));
    let texts: Vec<String> = texts.collect();
    let corpus = Corpus::of(texts.iter().map(String::as_str));
    let offered: Vec<(OrgId, Side)> =
        profiles.iter().map(|it| (it.org, offering(it, policy, &corpus))).collect();
    let weights = weights(of);
    let mut matches = Matches::default();
    for (at, need) in needs.iter().enumerate() {
        let wanted = wanting(need, &corpus);
        let mut suited = Suited::default();
        for (org, side) in &offered {
            let found = affinity::affinity(&weights, &wanted, side);
            let is_better = suited
                .best
                .is_none_or(|(other, score)| (Reverse(found.total), *org) < (Reverse(score), other));
            if is_better {
                suited.best = Some((*org, found.total));
            }
            if found.total >= LEAST {
                let told = told(found);
                matches.by_university.entry(*org).or_default().push((at, told.clone()));
                suited.universities.push((*org, told));
            }
        }
        suited.universities.sort_by_key(|(org, it)| (Reverse(it.score), *org));
        suited.universities.truncate(MOST);
        matches.by_need.push(suited);
    }
    for needs in matches.by_university.values_mut() {
        needs.sort_by_key(|(at, it)| (Reverse(it.score), *at));
        needs.truncate(MOST);
    }
    matches
}

fn weights(of: Weights) -> affinity::Weights {
    affinity::Weights {
        disciplines: of.disciplines.into(),
        measures: of.measures.into(),
        stages: of.stages.into(),
        text: of.text.into(),
    }
}

fn said(need: &Listed) -> String {
    [&need.title, &need.background, &need.goals, &need.benefit, &need.discipline, &need.other_form]
        .map(String::as_str)
        .join("\n")
}

/// Its strengths, and the names of its disciplines.
fn offered_words(profile: &Profile) -> String {
    let names = profile.content.disciplines.iter().filter_map(|code| discipline::named(code));
    names.map(|it| it.name).chain([profile.content.strengths.as_str()]).collect::<Vec<_>>().join("\n")
}

fn wanting(need: &Listed, corpus: &Corpus) -> Side {
    let codes = discipline::meant(&need.discipline).into_iter();
    let measures = need.measures.iter().map(|it| Named::Measure(it.seq));
    // 其他 says nothing that could be compared.
    let forms = need.forms.iter().filter(|it| **it != Form::Other).map(|it| Named::Form(*it));
    Side {
        disciplines: codes.filter_map(code).collect(),
        measures: measures.chain(forms).map(Named::text).collect(),
        stages: need.stages.iter().map(|it| Named::Stage(*it).text()).collect(),
        text: corpus.vector(&said(need)),
    }
}

/// Running numbers of another document name other measures.
fn offering(profile: &Profile, policy: PolicyId, corpus: &Corpus) -> Side {
    let content = &profile.content;
    let measures = content.measures.iter().filter(|_| content.policy == policy);
    let measures = measures.map(|seq| Named::Measure(*seq));
    let forms = content.forms.iter().map(|it| Named::Form(*it));
    Side {
        disciplines: content.disciplines.iter().filter_map(|it| code(it)).collect(),
        measures: measures.chain(forms).map(Named::text).collect(),
        stages: content.stages.iter().map(|it| Named::Stage(*it).text()).collect(),
        text: corpus.vector(&offered_words(profile)),
    }
}

/// Whoever names a first level alone means it as a whole: that agrees with itself like a second level does. The standard
/// has no second level 00.
const WHOLE: &str = ".00";

fn code(code: &str) -> Option<Discipline> {
    if code.contains('.') { code.parse().ok() } else { format!("{code}{WHOLE}").parse().ok() }
}

/// The code as it is written.
fn written(of: Discipline) -> String {
    let text = of.to_string();
    text.strip_suffix(WHOLE).map_or(text.clone(), str::to_owned)
}

/// What is compared by its name.
#[derive(Clone, Copy)]
enum Named {
    Measure(u32),
    Form(Form),
    Stage(Stage),
}

impl Named {
    fn text(self) -> String {
        let place = |at: Option<usize>| at.unwrap_or_default();
        match self {
            Self::Measure(seq) => format!("m{seq}"),
            Self::Form(form) => format!("f{}", place(Form::ALL.iter().position(|it| *it == form))),
            Self::Stage(stage) => format!("s{}", place(Stage::ALL.iter().position(|it| *it == stage))),
        }
    }

    fn read(text: &str) -> Option<Match> {
        let (kind, number) = text.split_at_checked(1)?;
        match kind {
            "m" => Some(Match::Measure { seq: number.parse().ok()? }),
            "f" => Some(Match::Form { form: *Form::ALL.get(number.parse::<usize>().ok()?)? }),
            _ => Some(Match::Stage { stage: *Stage::ALL.get(number.parse::<usize>().ok()?)? }),
        }
    }
}

/// An affinity as it is told: with what each part could add, and what both sides name.
fn told(found: affinity::Affinity) -> Affinity {
    let counted = found.shares.iter().filter(|it| it.share.is_some()).map(|it| u32::from(it.weight));
    let all = counted.sum::<u32>().max(1);
    let share = |it: &affinity::Share| {
        let part = part(it.part);
        let most = if it.share.is_some() { u32::from(it.weight) * 10_000 / all } else { 0 };
        Share {
            part,
            points: it.share.map(|_| it.hundredths),
            most: u16::try_from(most).unwrap_or(u16::MAX),
            matches: found
                .reasons
                .iter()
                .filter_map(matched)
                .filter(|(of, _)| *of == part)
                .map(|(_, it)| it)
                .collect(),
        }
    };
    Affinity { score: found.total, shares: found.shares.iter().map(share).collect() }
}

const fn part(of: affinity::Part) -> Part {
    match of {
        affinity::Part::Disciplines => Part::Disciplines,
        affinity::Part::Measures => Part::Measures,
        affinity::Part::Stages => Part::Stages,
        affinity::Part::Text => Part::Text,
    }
}

fn matched(reason: &Reason) -> Option<(Part, Match)> {
    match reason {
        Reason::Discipline { wanted, offered, level } => {
            let near = *level == affinity::Level::First;
            let (wanted, offered) = (written(*wanted), written(*offered));
            Some((Part::Disciplines, Match::Discipline { wanted, offered, near }))
        }
        Reason::Measure(name) => Some((Part::Measures, Named::read(name)?)),
        Reason::Stage(name) => Some((Part::Stages, Named::read(name)?)),
        Reason::Term(shared) => Some((Part::Text, Match::Term { term: shared.term.clone() })),
        Reason::NotWanted(_) | Reason::NotOffered(_) => None,
    }
}
