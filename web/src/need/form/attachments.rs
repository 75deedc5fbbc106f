//! Files of a need: added one after the other while it is written, given out once it is submitted.

use crate::session::Session;
use crate::ui::Saver;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::{Chosen, FilePicker};
use leptos::prelude::*;
use ronghe_contract::need::{AttachFile, AttachmentView, NeedView};
use ronghe_domain::attachment::MOST;
use ronghe_text::{Lang, file_size};

/// Endings of names that the browser offers.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.webp";

/// Files at what is written; a bad one spoils no other.
#[component]
pub fn Attachments(saver: Saver<NeedView>) -> impl IntoView {
    let session = Session::here();
    let (adding, removing) = (Act::new(), Act::new());
    let name = StoredValue::new(saver.view.with_untracked(|view| view.row.name.clone()));
    let files = RwSignal::new(saver.view.with_untracked(|view| view.attachments.clone()));
    let chosen = RwSignal::new(None::<Chosen>);
    // What the check shows is what stands here.
    Effect::new(move |_| {
        let files = files.get();
        saver.view.update_untracked(|view| view.attachments = files);
    });
    Effect::new(move |_| {
        let Some(file) = chosen.get() else { return };
        let body = AttachFile { name: file.name, file: file.base64 };
        let need = name.get_value();
        adding.run(
            async move |client| client.attach_file(&need, &body).await,
            move |file: AttachmentView| {
                files.update(|files| files.push(file));
                chosen.set(None);
            },
        );
    });
    let rows = move || {
        let lang = session.lang();
        let remove = move |id| {
            let need = name.get_value();
            removing.run(
                async move |client| client.detach_file(&need, id).await,
                move |()| files.update(|files| files.retain(|file| file.id != id)),
            );
        };
        let row = move |file: AttachmentView| {
            let id = file.id;
            view! {
                <li class="entry"><span>{file.name.clone()}" "<span class="quiet">{file_size(file.size)}</span></span>
                    <button class="button" type="button" data-kind="quiet" data-size="small" on:click=move |_| remove(id)>
                        {lang.pick("删除", "Remove")}<span class="unseen">{file.name}</span></button></li>
            }
        };
        files.get().into_iter().map(row).collect_view()
    };
    let is_full = move || files.with(|files| files.len() >= MOST);
    let busy = move || {
        adding.busy.get().then(
            || view! { <p class="quiet" role="status">{session.lang().pick("正在上传", "Uploading")}</p> },
        )
    };
    view! {
        <fieldset class="field" id="field-attachments" tabindex="-1">
            <legend>{move || session.lang().pick("附件（选填）", "Attachments (optional)")}</legend>
            <p class="field__hint">{move || match session.lang() {
                Lang::Zh => format!("PDF、DOCX、XLSX、OFD 或图片，每个最大 11 MiB，最多 {MOST} 个；不要附学生的个人信息"),
                Lang::En => format!("PDF, DOCX, XLSX, OFD or pictures, 11 MiB each, {MOST} at most; no personal data of pupils"),
            }}</p>
            <ActBox act=removing/>
            <ul>{rows}</ul>
            {busy}
            {move || (!is_full()).then(|| view! {
                <ActBox act=adding/>
                <FilePicker file=chosen trouble=adding.trouble accept=ACCEPT hint=("选好就上传", "It is sent as soon as it is chosen")/>
            })}
        </fieldset>
    }
}

/// Files that were submitted, to be saved.
pub fn files(lang: Lang, need: &str, files: &[AttachmentView]) -> Option<impl IntoView + use<>> {
    let rows = files
        .iter()
        .map(|file| {
            let to = format!("/api/v1/needs/{need}/attachments/{}", file.id);
            view! {
                <li><a href=to rel="external" download=file.name.clone()>{file.name.clone()}</a>" "
                    <span class="quiet">{file_size(file.size)}</span></li>
            }
        })
        .collect_view();
    (!files.is_empty()).then(|| {
        view! { <section><h2>{lang.pick("附件", "Attachments")}</h2><ul class="link-list">{rows}</ul></section> }
    })
}
