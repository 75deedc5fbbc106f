//! Every name that the directory does not know, gathered: one choice holds wherever the name stands.

use super::directory::Meant;
use crate::policy::import::desk::Saver;
use crate::policy::import::edit;
use crate::policy::import::rows::measure_name;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_domain::org::Target;
use ronghe_domain::policy::PolicyDraft;
use ronghe_domain::policy::correct::UnknownName;
use ronghe_text::Lang;

/// Most places of a name that are told one by one.
const PLACES: usize = 6;

/// What was chosen last, to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    name: String,
    target: Target,
    /// What the directory calls them.
    meant: String,
    places: usize,
}

/// The card above text and fields; there is none while every name is known.
#[component]
pub fn Unknown(saver: Saver, on_show: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let names = Memo::new(move |_| {
        let mut names = saver.draft.with(PolicyDraft::unknown_names);
        // A name that is being typed is looked up first: it may well be known.
        names.retain(|name| saver.beside.nearest.with(|asked| asked.contains_key(&name.name)));
        names
    });
    let last = RwSignal::new(None::<Chosen>);
    let shown = Memo::new(move |_| last.with(Option::is_some) || names.with(|names| !names.is_empty()));
    move || shown.get().then(|| view! { <Card saver=saver names=names last=last on_show=on_show/> })
}

#[component]
fn Card(
    saver: Saver,
    names: Memo<Vec<UnknownName>>,
    last: RwSignal<Option<Chosen>>,
    on_show: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let head = move || match (session.lang(), names.with(Vec::len)) {
        (Lang::Zh, 0) => "单位名称都已对应".to_owned(),
        (Lang::Zh, count) => format!("{count} 个单位名称不在单位名录中"),
        (Lang::En, 0) => "Every name of a unit is known".to_owned(),
        (Lang::En, 1) => "1 name of a unit is not in the directory".to_owned(),
        (Lang::En, count) => format!("{count} names of units are not in the directory"),
    };
    // Names come and go; the field of one keeps its own id meanwhile.
    let made = StoredValue::new(0_usize);
    view! {
        <section class="card stack section" data-gap="small" aria-labelledby="unknown">
            <div><h2 id="unknown" tabindex="-1">{head}</h2>
                {move || (!names.with(Vec::is_empty)).then(|| view! {
                    <p class="quiet">{session.lang().pick(
                        "每个名称选一次，全文同名的都照此对应。",
                        "Choose once for each name: it holds wherever the name stands.",
                    )}</p>
                })}</div>
            <LastChosen saver=saver last=last/>
            <For each=move || names.get() key=|name| name.name.clone() children=move |name| {
                let at = made.get_value();
                made.set_value(at + 1);
                view! { <OneName saver=saver name=name.name id=format!("field-unknown-{at}") names=names last=last on_show=on_show/> }
            }/>
        </section>
    }
}

/// What was chosen last, and the way back.
#[component]
fn LastChosen(saver: Saver, last: RwSignal<Option<Chosen>>) -> impl IntoView {
    let session = Session::here();
    let said = move || {
        last.get().map(|it| match session.lang() {
            Lang::Zh => format!("“{}”对应{}，{} 处", it.name, it.meant, it.places),
            Lang::En if it.places == 1 => format!("“{}” means {}, in 1 place", it.name, it.meant),
            Lang::En => format!("“{}” means {}, in {} places", it.name, it.meant, it.places),
        })
    };
    let take_back = move |_| {
        if let Some(it) = last.get_untracked() {
            saver.edit(|draft| draft.unsettle_name(&it.name, it.target));
            last.set(None);
            crate::ui::focus("unknown");
        }
    };
    view! {
        <div class="button-row">
            <p role="status">{said}</p>
            {move || last.with(Option::is_some).then(|| view! {
                <button class="button" type="button" data-size="small" on:click=take_back>{session.lang().pick("撤销", "Take it back")}</button>
            })}
        </div>
    }
}

/// One name: where it stands, and whom it may mean.
#[component]
fn OneName(
    saver: Saver,
    name: String,
    id: String,
    names: Memo<Vec<UnknownName>>,
    last: RwSignal<Option<Chosen>>,
    on_show: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    let name = StoredValue::new(name);
    let paths = Memo::new(move |_| {
        let found = |names: &Vec<UnknownName>| {
            name.with_value(|name| names.iter().find(|one| one.name == *name).map(|one| one.paths.clone()))
        };
        names.with(found).unwrap_or_default()
    });
    let legend = move || {
        let lang = session.lang();
        let places = paths.with(|paths| saver.draft.with(|draft| places(lang, draft, paths)));
        name.with_value(|name| format!("“{name}”{}{places}", lang.pick("，", ", ")))
    };
    let choose = move |target: Target, meant: String| {
        let chosen = Chosen { name: name.get_value(), target, meant, places: paths.with_untracked(Vec::len) };
        saver.edit(|draft| draft.settle_name(&chosen.name, target));
        last.set(Some(chosen));
        // The question goes away: the focus goes to what is left of them.
        crate::ui::focus("unknown");
    };
    let show = move |_| {
        if let Some(path) = paths.with_untracked(|paths| paths.first().cloned()) {
            on_show();
            edit::go_to(&path);
        }
    };
    let printed = Signal::derive(move || name.get_value());
    view! {
        <fieldset class="field unit-row">
            <legend>{legend}</legend>
            <Meant saver=saver name=printed id=id on_choose=choose/>
            <p><button class="button" type="button" data-kind="link" on:click=show>{move || session.lang().pick("看它所在的措施", "See the measure")}</button></p>
        </fieldset>
    }
}

/// The measures of these units: 措施（二）、措施（四）.
fn places(lang: Lang, draft: &PolicyDraft, paths: &[String]) -> String {
    let mut measures: Vec<String> = Vec::new();
    for path in paths {
        let measure = edit::measure_at(draft, path).map(|measure| measure_name(lang, measure));
        measures.extend(measure.filter(|name| !measures.contains(name)));
    }
    let rest = measures.len().saturating_sub(PLACES);
    measures.truncate(PLACES);
    let said = measures.join(lang.pick("、", ", "));
    match (lang, rest) {
        (_, 0) => said,
        (Lang::Zh, _) => format!("{said}等 {} 条", measures.len() + rest),
        (Lang::En, _) => format!("{said} and {rest} more"),
    }
}
