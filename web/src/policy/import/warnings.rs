//! What the reader noticed beyond the fields: each leads to where it is put right, or is dealt with by a person.

use super::desk::Saver;
use super::edit;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_domain::policy::PolicyDraft;
use ronghe_domain::policy::draft::Warning;
use ronghe_text::{Lang, warning};

/// The card above text and fields; there is none while nothing warns.
#[component]
pub fn Warnings(saver: Saver, on_show: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let standing = Memo::new(move |_| saver.draft.with(PolicyDraft::standing_warnings));
    // What a person dealt with on this page, to be put back.
    let dealt = RwSignal::new(Vec::<Warning>::new());
    let shown = Memo::new(move |_| !(standing.with(Vec::is_empty) && dealt.with(Vec::is_empty)));
    move || shown.get().then(|| view! { <Card saver=saver standing=standing dealt=dealt on_show=on_show/> })
}

#[component]
fn Card(
    saver: Saver,
    standing: Memo<Vec<Warning>>,
    dealt: RwSignal<Vec<Warning>>,
    on_show: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let head = move || match (session.lang(), standing.with(Vec::len)) {
        (Lang::Zh, 0) => "没有要留意的了".to_owned(),
        (Lang::Zh, count) => format!("{count} 处要留意"),
        (Lang::En, 0) => "Nothing more to look at".to_owned(),
        (Lang::En, 1) => "1 thing to look at".to_owned(),
        (Lang::En, count) => format!("{count} things to look at"),
    };
    let put_back = move |_| {
        saver.edit(|draft| draft.warnings.extend(dealt.get_untracked()));
        dealt.set(Vec::new());
        crate::ui::focus("warnings");
    };
    view! {
        <section class="card stack section" data-gap="small" aria-labelledby="warnings">
            <h2 id="warnings" tabindex="-1">{head}</h2>
            {move || {
                let rows = standing.get().into_iter().map(|found| row(session, saver, found, dealt, on_show));
                view! { <ul>{rows.collect_view()}</ul> }
            }}
            {move || {
                let count = dealt.with(Vec::len);
                let lang = session.lang();
                let said = match lang {
                    Lang::Zh => format!("已处理 {count} 处"),
                    Lang::En => format!("{count} dealt with"),
                };
                (count > 0).then(|| view! {
                    <p class="button-row"><span class="quiet">{said}</span>
                        <button class="button" type="button" data-size="small" on:click=put_back>{lang.pick("放回", "Put back")}</button></p>
                })
            }}
        </section>
    }
}

fn row(
    session: Session,
    saver: Saver,
    found: Warning,
    dealt: RwSignal<Vec<Warning>>,
    on_show: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let lang = session.lang();
    let said = warning(lang, &found);
    let path = saver.draft.with_untracked(|draft| draft.field_of(&found));
    let see = path.map(|path| {
        let see = move |_| {
            on_show();
            edit::go_to(&path);
        };
        view! { <button class="button" type="button" data-size="small" data-kind="quiet" on:click=see>{lang.pick("去看", "See it")}</button> }
    });
    let deal = move |_| {
        saver.edit(|draft| draft.dismiss(&found));
        dealt.update(|dealt| dealt.push(found.clone()));
        // Its row goes away: the focus goes to what is left of them.
        crate::ui::focus("warnings");
    };
    view! {
        <li class="entry"><span>{said}</span>
            <span class="button-row">{see}
                <button class="button" type="button" data-size="small" on:click=deal>{lang.pick("已处理", "Dealt with")}</button></span></li>
    }
}
