//! 报送情况 in one sentence and one bar, for who oversees what units file; a school's own needs at a glance.

use crate::session::Session;
use crate::ui::Fetch;
use leptos::prelude::*;
use ronghe_contract::cycle::FilingRow;
use ronghe_domain::cycle::Phase;
use ronghe_domain::need::rules::oversees;
use ronghe_text::Lang;

/// Above the tasks, while needs are collected.
#[component]
pub fn Standing() -> impl IntoView {
    let session = Session::here();
    let filing = Fetch::new(move || {
        let sees = oversees(&session.actor());
        async move {
            if !sees {
                return None;
            }
            let found = session
                .call(async |client| {
                    let cycles = client.list_cycles().await?.items;
                    match cycles.into_iter().find(|row| row.phase == Phase::CollectingNeeds && !row.rehearsal)
                    {
                        Some(row) => Ok(Some((row.year.clone(), client.show_filing(&row.year).await?.items))),
                        None => Ok(None),
                    }
                })
                .await;
            found.ok().flatten()
        }
    });
    move || {
        let (year, rows) = filing.get().flatten()?;
        Some(bar(session.lang(), &year, &rows))
    }
}

fn bar(lang: Lang, year: &str, rows: &[FilingRow]) -> impl IntoView + use<> {
    let all = rows.len();
    let forwarded = rows.iter().filter(|row| row.forwarded > 0).count();
    let silent = rows.iter().filter(|row| row.silent).count();
    let waiting = all - forwarded - silent;
    let needs: u64 = rows.iter().map(|row| row.forwarded).sum();
    let share = |count: usize| format!("{}%", (count * 100).checked_div(all).unwrap_or_default());
    let (head, legend, link) = match lang {
        Lang::Zh => (
            format!("报送情况：{all} 个单位中，{silent} 个没有已提交的需求"),
            [
                format!("已报送 {forwarded} 个，{needs} 条"),
                format!("办理中 {waiting} 个"),
                format!("没有提交 {silent} 个"),
            ],
            "看各单位的情况",
        ),
        Lang::En => (
            format!("Filing: {silent} of {all} have no need submitted"),
            [
                format!("Forwarded: {forwarded}, {needs} needs"),
                format!("Under way: {waiting}"),
                format!("None submitted: {silent}"),
            ],
            "See each of them",
        ),
    };
    let label = legend.join(lang.pick("，", ", "));
    let to = format!("/app/cycles/{year}?tab=filing");
    let [first, second, third] = legend;
    let key = |class: &'static str, words: String| {
        view! { <li><svg width="10" height="10" aria-hidden="true"><rect class=class width="10" height="10"/></svg>{words}</li> }
    };
    view! {
        <section class="standing" aria-labelledby="standing"><div><h2 id="standing">{head}</h2>
            <svg class="standing__bar" role="img" aria-label=label><rect class="track" width="100%" height="8"/>
                <rect class="s2" width=share(forwarded + waiting) height="8"/><rect class="s1" width=share(forwarded) height="8"/></svg>
            <ul class="legend">{key("s1", first)}{key("s2", second)}{key("track", third)}</ul></div>
            <p><a href=to>{link}</a></p></section>
    }
}
