//! Files of a need: added one after the other while it is written, given out once it is submitted.

use crate::session::Session;
use crate::ui::Saver;
use crate::ui::act::Act;
use crate::ui::form::{FileField, FileRow, file_links};
use leptos::prelude::*;
use ronghe_client::Client;
use ronghe_contract::need::{AttachmentView, NeedView};
use ronghe_domain::attachment::{ACCEPT, MIB_MOST, MOST};
use ronghe_text::Lang;

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
    let look = move || {
        leptos::task::spawn_local(async move {
            let need = name.get_value();
            if let Ok(view) = session.call(async move |client| client.show_need(&need).await).await {
                files.set(view.attachments);
            }
        });
    };
    let remove = move |id| {
        let need = name.get_value();
        removing.run(
            async move |client| client.detach_file(&need, id).await,
            move |()| files.update(|files| files.retain(|file| file.id != id)),
        );
    };
    let rows = Signal::derive(move || {
        files.get().into_iter().map(|file| FileRow { file, wrong: None }).collect::<Vec<_>>()
    });
    let is_full = Signal::derive(move || files.with(|files| files.len() >= MOST));
    let legend = Signal::derive(move || session.lang().pick("附件（选填）", "Attachments (optional)"));
    let hint = Signal::derive(move || match session.lang() {
        Lang::Zh => format!(
            "PDF、DOCX、XLSX、OFD 或图片，每个最大 {MIB_MOST} MiB，最多 {MOST} 个；不要附学生的个人信息"
        ),
        Lang::En => format!(
            "PDF, DOCX, XLSX, OFD or pictures, {MIB_MOST} MiB each, {MOST} at most; no personal data of pupils"
        ),
    });
    view! {
        <FileField id="field-attachments" name="file" accept=ACCEPT legend=legend hint=hint files=rows is_full=is_full
            removing=removing remove=remove to=to added=add stopped=look/>
    }
}

/// Files that were submitted, to be saved.
pub fn files(lang: Lang, need: &str, files: &[AttachmentView]) -> Option<impl IntoView + use<>> {
    let row =
        |file: &AttachmentView| (None, format!("/api/v1/needs/{need}/attachments/{}", file.id), file.clone());
    file_links(lang, files.iter().map(row).collect())
}
