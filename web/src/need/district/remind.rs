//! 催报: who is told, then once.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Fetch, PageHead, back, loaded};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use ronghe_contract::Page;
use ronghe_contract::cycle::FilingRow;
use ronghe_contract::need::{RemindUnits as Body, RemindedUnits};
use ronghe_text::Lang;

/// The page.
#[component]
pub fn RemindUnits() -> impl IntoView {
    let session = Session::here();
    let (params, query) = (use_params_map(), use_query_map());
    let year = Memo::new(move |_| params.with(|params| params.get("year").unwrap_or_default()));
    let picked = Memo::new(move |_| {
        let picked = query.with(|query| query.get("sel").unwrap_or_default());
        picked.split(',').filter(|slug| !slug.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    let rows = Fetch::new(move || {
        let year = year.get();
        async move { session.call(async |client| client.show_filing(&year).await).await }
    });
    let act = Act::new();
    let done = RwSignal::new(None::<RemindedUnits>);
    view! {
        {move || back(session, &format!("/app/cycles/{}?tab=filing", year.get()), session.lang().pick("报送情况", "Filing"))}
        {move || match done.get() {
            Some(done) => receipt(session, &year.get(), done).into_any(),
            None => loaded(session, rows, move |page: Page<FilingRow>| confirm(session, year.get(), picked.get(), page.items, act, done)).into_any(),
        }}
    }
}

fn confirm(
    session: Session,
    year: String,
    picked: Vec<String>,
    rows: Vec<FilingRow>,
    act: Act,
    done: RwSignal<Option<RemindedUnits>>,
) -> impl IntoView {
    let lang = session.lang();
    let (can, cannot): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .filter(|row| picked.is_empty() && row.can_remind || picked.contains(&row.org.slug))
        .partition(|row| row.can_remind);
    let names = |rows: &[FilingRow]| {
        rows.iter()
            .map(|row| view! { <li>{lang.pick(&row.org.name, &row.org.name_en).to_owned()}</li> })
            .collect_view()
    };
    let left = (!cannot.is_empty()).then(|| {
        let head = lang.pick("这些不催：已报，或今天催过", "Not these: they have filed, or were reminded today");
        view! { <div class="banner"><div><p class="banner__title">{head}</p><ul>{names(&cannot)}</ul></div></div> }
    });
    let count = can.len();
    let words = match lang {
        Lang::Zh => format!("催报 {count} 个单位"),
        Lang::En if count == 1 => "Remind 1 unit".to_owned(),
        Lang::En => format!("Remind {count} units"),
    };
    let home = format!("/app/cycles/{year}?tab=filing");
    let units: Vec<String> = can.iter().map(|row| row.org.slug.clone()).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (year, body) = (year.clone(), Body { units: units.clone() });
        act.run(
            async move |client| client.remind_units(&year, &body).await,
            move |view| done.set(Some(view)),
        );
    };
    let told = lang.pick(
        "每个单位填报需求的人收到一条消息；同一天不会催两次。",
        "Those who file for each unit get one message; nobody is reminded twice a day.",
    );
    let heading = words.clone();
    let button = (count > 0).then(|| view! { <Button primary=true busy=act.busy>{words}</Button> });
    view! {
        <PageHead title=heading/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            {left}
            <ul class="link-list">{names(&can)}</ul>
            <dl class="summary-list"><dt>{lang.pick("谁会收到", "Who is told")}</dt><dd>{told}</dd></dl>
            <div class="form-foot">{button}<a class="button" href=home>{lang.pick("不办了", "Leave it")}</a></div>
        </form></div>
    }
}

fn receipt(session: Session, year: &str, done: RemindedUnits) -> impl IntoView + use<> {
    let lang = session.lang();
    let count = done.units.len();
    let head = match lang {
        Lang::Zh => format!("已催报 {count} 个单位"),
        Lang::En if count == 1 => "1 unit is reminded".to_owned(),
        Lang::En => format!("{count} units are reminded"),
    };
    let home = format!("/app/cycles/{year}?tab=filing");
    view! {
        <PageHead title=head/>
        <div class="button-row section"><a class="button" data-kind="primary" href=home>{lang.pick("看报送情况", "See the filing")}</a></div>
    }
}
