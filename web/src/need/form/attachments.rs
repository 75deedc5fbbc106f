//! Files of a need: added one after the other while it is written, given out once it is submitted.

use crate::session::Session;
use crate::ui::Saver;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::FileSender;
use leptos::prelude::*;
use ronghe_client::Client;
use ronghe_contract::need::{AttachmentView, NeedView};
use ronghe_domain::attachment::{MIB_MOST, MOST};
use ronghe_text::{Lang, file_size};

/// Endings of names that the browser offers.
const ACCEPT: &str = ".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.webp";

/// Files at what is written; a bad one spoils no other.
#[component]
pub fn Attachments(saver: Saver<NeedView>) -> impl IntoView {
    let session = Session::here();
    let removing = Act::new();
    let name = StoredValue::new(saver.view.with_untracked(|view| view.row.name.clone()));
    let files = RwSignal::new(saver.view.with_untracked(|view| view.attachments.clone()));
    // What the check shows is what stands here.
    Effect::new(move |_| {
        let files = files.get();
        saver.view.update_untracked(|view| view.attachments = files);
    });
    let add = move |file: AttachmentView| {
        // The file may come after this section was left; what is written stays.
        saver.view.update_untracked(|view| view.attachments.push(file.clone()));
        let _ = files.try_update(|files| files.push(file));
    };
    let to = move |client: &Client, file: &str| client.attach_by_hand(&name.get_value(), file);
    // Whether it was added before it was stopped, the server knows.
    let look = move || {
        leptos::task::spawn_local(async move {
            let need = name.get_value();
            if let Ok(view) = session.call(async move |client| client.show_need(&need).await).await {
                files.set(view.attachments);
            }
        });
    };
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
    let is_full = Memo::new(move |_| files.with(|files| files.len() >= MOST));
    view! {
        <fieldset class="field" id="field-attachments" tabindex="-1">
            <legend>{move || session.lang().pick("附件（选填）", "Attachments (optional)")}</legend>
            <p class="field__hint">{move || match session.lang() {
                Lang::Zh => format!("PDF、DOCX、XLSX、OFD 或图片，每个最大 {MIB_MOST} MiB，最多 {MOST} 个；不要附学生的个人信息"),
                Lang::En => format!("PDF, DOCX, XLSX, OFD or pictures, {MIB_MOST} MiB each, {MOST} at most; no personal data of pupils"),
            }}</p>
            <ActBox act=removing/>
            <ul>{rows}</ul>
            {move || (!is_full.get()).then(|| view! {
                <FileSender accept=ACCEPT hint=("选好就上传", "It is sent as soon as it is chosen") to=to
                    added=add stopped=look/>
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
