//! Suggestions: `ronghe need suggest`, `ronghe need universities`, `ronghe cycle unanswered`.

use crate::context::Context;
use crate::exit::{Failure, done};
use crate::output::{Column, Format};
use ronghe_contract::suggestion::{ListedRef, SuggestedNeed, SuggestedUniversity, UnansweredNeed};
use ronghe_text::{Lang, measure_numbers, semicolon};

const UNIVERSITIES: &[Column] = &[
    Column { name: "score", zh: "契合度", en: "Affinity" },
    Column { name: "slug", zh: "地址名", en: "Slug" },
    Column { name: "university", zh: "高校", en: "University" },
    Column { name: "reasons", zh: "理由", en: "Reasons" },
];

const NEEDS: &[Column] = &[
    Column { name: "score", zh: "契合度", en: "Affinity" },
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "unit", zh: "单位", en: "Unit" },
    Column { name: "reasons", zh: "理由", en: "Reasons" },
];

const UNANSWERED: &[Column] = &[
    Column { name: "number", zh: "编号", en: "Number" },
    Column { name: "title", zh: "标题", en: "Title" },
    Column { name: "unit", zh: "单位", en: "Unit" },
    Column { name: "measures", zh: "措施", en: "Measures" },
    Column { name: "score", zh: "最高契合度", en: "Best affinity" },
    Column { name: "best", zh: "最接近的高校", en: "Nearest university" },
];

/// Universities that may answer a need.
pub(crate) async fn universities(context: &Context, need: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.suggest_universities(need).await?.items;
    context.output.rows(UNIVERSITIES, &found, |it| university(lang, it))?;
    if found.is_empty() && context.output.format == Format::Table {
        done(context, lang.pick("没有可能合适的高校", "no university may answer it"));
    }
    Ok(())
}

fn university(lang: Lang, it: &SuggestedUniversity) -> Vec<String> {
    let name = lang.pick(&it.university.name, &it.university.name_en).to_owned();
    vec![it.score.to_string(), it.university.slug.clone(), name, it.words.join(semicolon(lang))]
}

/// Needs that one's own university may answer.
pub(crate) async fn needs(context: &Context) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.suggest_needs().await?;
    context.output.rows(NEEDS, &found.needs, |it| need(lang, it))?;
    if found.needs.is_empty() && context.output.format == Format::Table {
        let why = match (&found.year, found.profiled) {
            (None, _) => lang.pick("现在没有可以申报的需求清单", "no need list is open for applications"),
            (_, false) => lang.pick("本校画像还没有填写", "your university has not written its profile yet"),
            (_, true) => lang.pick("没有可能合适的需求", "no listed need may suit"),
        };
        done(context, why);
    }
    Ok(())
}

fn need(lang: Lang, it: &SuggestedNeed) -> Vec<String> {
    let [name, title, unit] = named(lang, &it.need);
    vec![it.score.to_string(), name, title, unit, it.words.join(semicolon(lang))]
}

/// Needs that are likely to stay unanswered.
pub(crate) async fn unanswered(context: &Context, year: &str) -> Result<(), Failure> {
    let lang = context.lang;
    let found = context.client()?.show_unanswered(year).await?;
    context.output.rows(UNANSWERED, &found.needs, |it| gap(lang, it))?;
    if found.needs.is_empty() && context.output.format == Format::Table {
        done(
            context,
            lang.pick("每条需求都有契合度较高的高校", "every need has a university that may answer it"),
        );
    }
    Ok(())
}

fn gap(lang: Lang, it: &UnansweredNeed) -> Vec<String> {
    let [name, title, unit] = named(lang, &it.need);
    let measures = measure_numbers(lang, &it.measures);
    let best = it.best.as_ref().map(|org| lang.pick(&org.name, &org.name_en).to_owned());
    vec![name, title, unit, measures, it.score.to_string(), best.unwrap_or_default()]
}

fn named(lang: Lang, need: &ListedRef) -> [String; 3] {
    let title = if need.title_en.is_empty() { &need.title } else { lang.pick(&need.title, &need.title_en) };
    [need.name.clone(), title.to_owned(), lang.pick(&need.unit, &need.unit_en).to_owned()]
}
