//! Why a university may answer a need, in words.

use crate::{Lang, discipline, form, ordinal, stage};
use ronghe_domain::suggestion::{Match, Part, Refusal, Share};

/// Why it is refused.
#[must_use]
pub const fn suggestion_refusal(lang: Lang, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotItsParty => lang.pick(
            "只给需求单位、所在区县教体局和高校联络服务处看",
            "Only the need's unit, its district bureau and the liaison office are told",
        ),
        Refusal::UniversitiesOnly => lang.pick("只推荐给高校", "Needs are suggested to universities only"),
        Refusal::LeadOfficeOnly => lang.pick("由高校联络服务处掌握", "Only the liaison office is told"),
        Refusal::NotListed => lang.pick("需求清单发布后才有", "It comes with the published need list"),
        Refusal::Closed => lang.pick("高校申报已经截止", "The window of applications has closed"),
    }
}

/// What an affinity is made of.
#[must_use]
pub const fn affinity_part(lang: Lang, part: Part) -> &'static str {
    match part {
        Part::Disciplines => lang.pick("学科", "Disciplines"),
        Part::Measures => lang.pick("措施与形式", "Measures and forms"),
        Part::Stages => lang.pick("学段", "School stages"),
        Part::Text => lang.pick("文字", "Texts"),
    }
}

/// What a part adds and why: 学科 40/40：教育学.
#[must_use]
pub fn affinity_share(lang: Lang, share: &Share) -> String {
    let part = affinity_part(lang, share.part);
    let Some(points) = share.points else {
        return match lang {
            Lang::Zh => format!("{part}：需求没有写明，不计"),
            Lang::En => format!("{part}: the need does not say, so it does not count"),
        };
    };
    let why: Vec<String> = share.matches.iter().map(|it| affinity_match(lang, it)).collect();
    let why = if why.is_empty() {
        lang.pick("没有相同的", "nothing in common").to_owned()
    } else {
        why.join(lang.pick("、", ", "))
    };
    format!("{part} {}/{}{}{why}", figure(points), figure(share.most), lang.pick("：", ": "))
}

fn affinity_match(lang: Lang, found: &Match) -> String {
    match found {
        Match::Discipline { wanted, offered, near: false } if wanted == offered => {
            discipline(lang, wanted).to_owned()
        }
        Match::Discipline { wanted, offered, .. } => {
            let (wanted, offered) = (discipline(lang, wanted), discipline(lang, offered));
            match lang {
                Lang::Zh => format!("{wanted}（相近：{offered}）"),
                Lang::En => format!("{wanted} (near: {offered})"),
            }
        }
        Match::Measure { seq } => match lang {
            Lang::Zh => format!("措施（{}）", ordinal(*seq)),
            Lang::En => format!("measure {seq}"),
        },
        Match::Form { form: it } => form(lang, *it).to_owned(),
        Match::Stage { stage: it } => stage(lang, *it).to_owned(),
        Match::Term { term } => format!("“{term}”"),
    }
}

/// Hundredths as a number of at most one decimal, rounded down.
fn figure(hundredths: u16) -> String {
    let (whole, tenth) = (hundredths / 100, hundredths % 100 / 10);
    if tenth == 0 { whole.to_string() } else { format!("{whole}.{tenth}") }
}

#[cfg(test)]
mod tests {
    use super::affinity_share;
    use crate::Lang;
    use ronghe_domain::suggestion::{Match, Part, Share};

    #[test]
    fn shares_say_what_they_add_and_why() {
        let check = |share: Share, zh: &str, en: &str| {
            assert_eq!(
                (affinity_share(Lang::Zh, &share).as_str(), affinity_share(Lang::En, &share).as_str()),
                (zh, en)
            );
        };
        let of = |wanted: &str, offered: &str, near| Match::Discipline {
            wanted: wanted.into(),
            offered: offered.into(),
            near,
        };
        let share = |part, points, most, matches| Share { part, points, most, matches };
        check(
            share(Part::Disciplines, Some(4000), 4000, vec![of("880.47", "880.47", false)]),
            "学科 40/40：学前教育学",
            "Disciplines 40/40: Preschool education",
        );
        check(
            share(Part::Disciplines, Some(2355), 4705, vec![of("880.47", "880", true)]),
            "学科 23.5/47：学前教育学（相近：教育学）",
            "Disciplines 23.5/47: Preschool education (near: Education)",
        );
        check(
            share(Part::Measures, Some(0), 3000, vec![]),
            "措施与形式 0/30：没有相同的",
            "Measures and forms 0/30: nothing in common",
        );
        check(
            share(Part::Measures, Some(1500), 3000, vec![Match::Measure { seq: 6 }]),
            "措施与形式 15/30：措施（六）",
            "Measures and forms 15/30: measure 6",
        );
        check(
            share(Part::Stages, None, 0, vec![]),
            "学段：需求没有写明，不计",
            "School stages: the need does not say, so it does not count",
        );
    }
}
