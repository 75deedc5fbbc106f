//! Importing a document: its text, or a file.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::{Button, Field, PageHead, TextArea, Trouble, back};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::policy::{ImportPolicy, PolicyView};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Largest file that is sent, in bytes; a document of a hundred pages with pictures stays below.
const MOST: f64 = 11.0 * 1024.0 * 1024.0;

/// A file that was chosen: its name, and its bytes in base 64.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Chosen {
    name: String,
    base64: String,
}

/// The page.
#[component]
pub fn NewPolicy() -> impl IntoView {
    let session = Session::here();
    let act = Act::new();
    let (text, slug) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let file = RwSignal::new(None::<Chosen>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = file.get_untracked();
        let typed = text.get_untracked();
        let body = ImportPolicy {
            slug: Some(slug.get_untracked()).filter(|slug| !slug.trim().is_empty()),
            text: chosen.is_none().then_some(typed),
            file: chosen.map(|chosen| chosen.base64),
        };
        let navigate = navigate.clone();
        act.run(
            async move |client| client.import_policy(&body).await,
            move |view: PolicyView| {
                navigate(&format!("/app/policies/{}/import", view.slug), Default::default());
            },
        );
    };
    let title = Signal::derive(move || session.lang().pick("导入文件", "Import a document").to_owned());
    let line = Signal::derive(move || {
        let said = session.lang().pick(
            "读出标题、文号、日期、措施和责任单位，再对照原文核对；发布前不对外公开。",
            "Title, number, dates, measures and units are read, then checked beside the text; nothing is public before publication.",
        );
        said.to_owned()
    });
    view! {
        {move || back(session, "/app/policies", session.lang().pick("政策与措施", "Policies"))}
        <PageHead title=title line=line/>
        <div class="form-page"><form class="form" on:submit=submit>
            <ActBox act=act/>
            <FilePicker file=file trouble=act.trouble/>
            {move || file.get().is_none().then(|| view! {
                <TextArea label=("或粘贴全文", "Or paste the text") name="text" value=text rows=14 optional=true trouble=act.trouble/>
            })}
            <Field label=("地址名", "Name in addresses") name="slug" value=slug optional=true trouble=act.trouble
                hint=("小写字母、数字和连字符；不填则取自文号，如 2023-24", "Lower-case letters, figures and hyphens; from the document number where left out, such as 2023-24")/>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("读取并核对", "Read and check")}</Button></div>
        </form></div>
    }
}

#[component]
fn FilePicker(file: RwSignal<Option<Chosen>>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let session = Session::here();
    let wrong = Memo::new(move |_| trouble.get().and_then(|trouble| trouble.of_field("file")));
    let choose = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
        let lang = session.lang();
        if chosen.size() > MOST {
            let said = lang.pick(
                "文件超过 11 MiB，改为粘贴文字",
                "The file is larger than 11 MiB; paste its text instead",
            );
            trouble.set(Some(Trouble::said(said)));
            return;
        }
        read(&chosen, move |base64| file.set(Some(Chosen { name: chosen_name(&input), base64 })));
    };
    move || {
        let lang = session.lang();
        let picked = file.get().map(|chosen| {
            view! {
                <p class="button-row"><span>{chosen.name}</span>
                    <button class="button" type="button" data-size="small" on:click=move |_| file.set(None)>{lang.pick("不用这个文件", "Take another")}</button></p>
            }
        });
        let is_picked = picked.is_some();
        view! {
            <div class="field" data-error=move || wrong.get().map(|_| "true")>
                <label for="field-file">{lang.pick("文件", "File")}</label>
                <p class="field__hint" id="field-file-hint">{lang.pick(".docx 或 .txt，最大 11 MiB；PDF 不能读取", ".docx or .txt, at most 11 MiB; PDF cannot be read")}</p>
                {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
                {picked}
                {(!is_picked).then(|| view! {
                    <input class="input" id="field-file" type="file" accept=".docx,.txt" aria-describedby="field-file-hint" on:change=choose/>
                })}
            </div>
        }
    }
}

fn chosen_name(input: &web_sys::HtmlInputElement) -> String {
    input.files().and_then(|files| files.get(0)).map(|file| file.name()).unwrap_or_default()
}

/// Reads a file as base 64 and hands it on.
fn read(file: &web_sys::File, then: impl FnOnce(String) + 'static) {
    let Ok(reader) = web_sys::FileReader::new() else { return };
    let result = reader.clone();
    let done = Closure::once_into_js(move || {
        let address = result.result().ok().and_then(|value| value.as_string()).unwrap_or_default();
        // A data address: the content follows the comma.
        if let Some((_, base64)) = address.split_once(',') {
            then(base64.to_owned());
        }
    });
    reader.set_onload(Some(done.unchecked_ref()));
    drop(reader.read_as_data_url(file));
}
