//! The cycles, newest year first, rehearsals behind them.

use super::{phase_tag, title};
use crate::session::Session;
use crate::ui::{Empty, Fetch, PageHead, deadline, loaded, rehearsed};
use leptos::prelude::*;
use ronghe_contract::Page;
use ronghe_contract::cycle::CycleRow;
use ronghe_domain::cycle::Phase;
use ronghe_domain::cycle::rules::may_make;
use ronghe_domain::message::office::visible as keeping;
use ronghe_text::yuan;

/// The page.
#[component]
pub fn Cycles() -> impl IntoView {
    let session = Session::here();
    let cycles =
        Fetch::new(move || async move { session.call(async |client| client.list_cycles().await).await });
    let heading = Signal::derive(move || session.lang().pick("周期", "Cycles").to_owned());
    view! {
        <PageHead title=heading><div class="button-row">
            {move || keeping(&session.actor()).then(|| view! {
                <a class="button" href="/app/reminders">{session.lang().pick("提醒与邮件", "Reminders and mails")}</a>
            })}
            {move || may_make(&session.actor()).is_ok().then(|| view! {
                <a class="button" data-kind="primary" href="/app/cycles/new">{session.lang().pick("新建周期", "Make a cycle")}</a>
            })}</div></PageHead>
        {loaded(session, cycles, move |page: Page<CycleRow>| table(session, page))}
    }
}

fn table(session: Session, page: Page<CycleRow>) -> AnyView {
    let lang = session.lang();
    if page.items.is_empty() {
        let title = lang.pick("还没有周期", "There is no cycle yet");
        let words = lang.pick(
            "高校联络服务处建好并开始征集以后，周期列在这里。",
            "A cycle stands here once the liaison office has made and opened it.",
        );
        return view! { <Empty title=title words=words/> }.into_any();
    }
    let head = |zh: &'static str, en: &'static str| view! { <th scope="col">{lang.pick(zh, en)}</th> };
    let rows = page.items.into_iter().map(|row| {
        let until = (row.phase == Phase::CollectingNeeds)
            .then(|| (deadline(session, row.collecting.units_end, row.ahead), deadline(session, row.collecting.districts_end, row.ahead)));
        let (units, districts) = until.unzip();
        view! {
            <tr>
                <th scope="row"><span class="table__no">{row.year.clone()}</span><a href=format!("/app/cycles/{}", row.year)>{title(lang, &row)}</a></th>
                <td data-label=lang.pick("阶段", "Phase")>{phase_tag(lang, row.phase)}{row.rehearsal.then(|| view! { " "{rehearsed(lang)} })}</td>
                <td data-label=lang.pick("学校截止", "Schools' end")>{units}</td>
                <td data-label=lang.pick("区县截止", "Districts' end")>{districts}</td>
                <td class="number" data-label=lang.pick("经费预算", "Budget")>{yuan(lang, row.budget)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-frame"><table class="table" data-head="sticky" data-narrow="cards">
            <caption class="unseen">{lang.pick("周期，新的在前", "Cycles, newest first")}</caption>
            <thead><tr>{head("周期", "Cycle")}{head("阶段", "Phase")}{head("学校截止", "Schools' end")}{head("区县截止", "Districts' end")}
                <th scope="col" class="number">{lang.pick("经费预算", "Budget")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}
