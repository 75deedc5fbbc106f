//! Importing a document: its text, or a file.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::{Chosen, FilePicker};
use crate::ui::{Button, Field, PageHead, TextArea, back};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use ronghe_contract::policy::{ImportPolicy, PolicyView};

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
            <FilePicker file=file trouble=act.trouble accept=".docx,.txt"
                hint=(".docx 或 .txt，最大 11 MiB；PDF 不能读取", ".docx or .txt, at most 11 MiB; PDF cannot be read")/>
            {move || file.get().is_none().then(|| view! {
                <TextArea label=("或粘贴全文", "Or paste the text") name="text" value=text rows=14 optional=true trouble=act.trouble/>
            })}
            <Field label=("地址名", "Name in addresses") name="slug" value=slug optional=true trouble=act.trouble
                hint=("小写字母、数字和连字符；不填则取自文号，如 2023-24", "Lower-case letters, figures and hyphens; from the document number where left out, such as 2023-24")/>
            <div class="form-foot"><Button primary=true busy=act.busy>{move || session.lang().pick("读取并核对", "Read and check")}</Button></div>
        </form></div>
    }
}
