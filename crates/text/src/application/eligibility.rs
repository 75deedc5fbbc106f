//! 参加条件: a condition, how it is checked, what an application shows of it.

use super::application_section;
use crate::Lang;
use crate::format::yuan;
use ronghe_domain::application::eligible::Finding;
use ronghe_domain::cycle::Condition;
use ronghe_domain::cycle::eligibility::Check;

/// A condition in words: the Chinese ones where there are no English ones.
#[must_use]
pub fn condition_text(lang: Lang, condition: &Condition) -> &str {
    match lang {
        Lang::En if !condition.text_en.is_empty() => &condition.text_en,
        Lang::Zh | Lang::En => &condition.text,
    }
}

/// How a condition is checked.
#[must_use]
pub const fn eligibility_check(lang: Lang, check: Option<Check>) -> &'static str {
    match check {
        None => lang.pick("人工审核", "By hand"),
        Some(Check::Lands) => lang.pick("成果落在需求单位", "Results land with the unit of the need"),
        Some(Check::ServesSchools) => {
            lang.pick("成果服务师生，不是单纯调研", "Results serve pupils or teachers, not research alone")
        }
        Some(Check::Unsupported) => {
            lang.pick("负责人声明不在支持期内", "The responsible person declares to be unsupported")
        }
        Some(Check::OwnFunds) => lang.pick("有自筹或配套资金", "Own or matching funds"),
    }
}

/// What an application shows of a condition.
#[must_use]
pub fn eligibility_finding(lang: Lang, check: Option<Check>, finding: Finding) -> String {
    let say = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match finding {
        Finding::Met => match check {
            Some(Check::Lands) => {
                say("符合：成果用于需求单位", "Met: the results are for the unit of the need")
            }
            Some(Check::ServesSchools) => {
                say("符合：有直接服务师生的成果", "Met: a result serves pupils or teachers")
            }
            Some(Check::Unsupported | Check::OwnFunds) | None => say("符合", "Met"),
        },
        Finding::NotMet { section } => {
            let (why, place) = (unmet(lang, check), application_section(lang, section));
            match lang {
                Lang::Zh => format!("未满足：{why}，见“{place}”"),
                Lang::En => format!("Not met: {why}; see “{place}”"),
            }
        }
        Finding::Declared => say("已声明，人工核对", "Declared; checked by hand"),
        Finding::InFavour { amount, percent } => match lang {
            Lang::Zh => format!("优先：自筹与配套 {}，占总预算 {percent}%", yuan(lang, amount)),
            Lang::En => format!(
                "In favour: {} of own and matching funds, {percent}% of the budget",
                yuan(lang, amount)
            ),
        },
        Finding::NotInFavour => {
            say("没有自筹或配套资金，不影响申报", "No own or matching funds; that bars nothing")
        }
        Finding::ByHand => say("人工审核", "Checked by hand"),
    }
}

const fn unmet(lang: Lang, check: Option<Check>) -> &'static str {
    match check {
        Some(Check::Lands) => lang.pick("还没有填成果", "no result is promised yet"),
        Some(Check::ServesSchools) => {
            lang.pick("没有直接服务师生的成果", "no result serves pupils or teachers")
        }
        Some(Check::Unsupported) => {
            lang.pick("负责人还没有声明", "the responsible person has not declared it yet")
        }
        Some(Check::OwnFunds) | None => lang.pick("还不符合", "it does not hold yet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ronghe_domain::application::Section;
    use ronghe_domain::kernel::Fen;

    #[test]
    fn findings_say_why_and_where() {
        let check = |lang, check, finding, said: &str| {
            assert_eq!(eligibility_finding(lang, check, finding), said);
        };
        let undone = Finding::NotMet { section: Section::Team };
        check(Lang::Zh, Some(Check::Unsupported), undone, "未满足：负责人还没有声明，见“负责人与团队”");
        let favour = Finding::InFavour { amount: Fen::yuan(20_000), percent: 23 };
        let said = "In favour: CNY 20,000.00 of own and matching funds, 23% of the budget";
        check(Lang::En, Some(Check::OwnFunds), favour, said);
        check(Lang::Zh, None, Finding::ByHand, "人工审核");
    }

    #[test]
    fn a_condition_without_english_words_shows_the_chinese_ones() {
        let both = Condition { text: "甲".into(), text_en: "A".into(), check: None };
        let one = Condition { text: "甲".into(), ..Condition::default() };
        assert_eq!((condition_text(Lang::En, &both), condition_text(Lang::En, &one)), ("A", "甲"));
        assert_eq!(condition_text(Lang::Zh, &both), "甲");
    }
}
