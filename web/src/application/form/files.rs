//! Files of an application: the sealed page, bound to what it was printed from, and attachments.

use super::fields::Desk;
use crate::session::Session;
use crate::ui::act::Act;
use crate::ui::form::{FileField, FileRow, file_links};
use leptos::prelude::*;
use ronghe_client::Client;
use ronghe_contract::application::FiledView;
use ronghe_contract::need::AttachmentView;
use ronghe_domain::application::draft::Purpose;
use ronghe_domain::attachment::{ACCEPT, MIB_MOST, MOST};
use ronghe_text::{Lang, file_purpose};

/// Files of one purpose at what is written; a bad one spoils no other.
#[component]
pub(super) fn Files(saver: Desk, purpose: Purpose) -> impl IntoView {
    let session = Session::here();
    let removing = Act::new();
    let name = StoredValue::new(saver.view.with_untracked(|view| view.row.name.clone()));
    let files = Memo::new(move |_| {
        let all = saver.view.with(|view| view.files.clone());
        all.into_iter().filter(|it| it.purpose == purpose).collect::<Vec<FiledView>>()
    });
    // Whether it was added, what it is bound to and what holds now, the server knows.
    let look = move || {
        leptos::task::spawn_local(async move {
            let of = name.get_value();
            if let Ok(view) = session.call(async move |client| client.show_application(&of).await).await {
                saver.view.set(view);
            }
        });
    };
    let add = move |_: AttachmentView| look();
    let to = move |client: &Client, file: &str| match purpose {
        Purpose::Other => client.attach_to_application_by_hand(&name.get_value(), file),
        // Bound to the version whose code stands above, whatever a colleague writes meanwhile.
        Purpose::SealedPage => {
            let code = saver.view.with_untracked(|view| view.print_code.clone()).unwrap_or_default();
            client.seal_application_by_hand(&name.get_value(), &code, file)
        }
    };
    let remove = move |id| {
        let of = name.get_value();
        removing.run(async move |client| client.detach_from_application(&of, id).await, move |()| look());
    };
    let rows = Signal::derive(move || {
        let words = session.lang().pick(
            "已失效：内容在打印之后改过，重新打印盖章后上传",
            "Voided: it was changed after this was printed; print, seal and upload it anew",
        );
        let row = |it: FiledView| FileRow { file: it.file, wrong: it.voided.then_some(words) };
        files.get().into_iter().map(row).collect::<Vec<_>>()
    });
    let is_full =
        Signal::derive(move || purpose == Purpose::Other && files.with(|files| files.len() >= MOST));
    let (id, own, accept) = match purpose {
        Purpose::SealedPage => ("field-sealed_page", "sealed_file", ".pdf"),
        Purpose::Other => ("field-attachments", "file", ACCEPT),
    };
    let legend = Signal::derive(move || file_purpose(session.lang(), purpose));
    let hint = Signal::derive(move || hint(session.lang(), purpose));
    let above = move || (purpose == Purpose::SealedPage).then(|| print_link(session, saver));
    view! {
        <FileField id=id name=own accept=accept legend=legend hint=hint files=rows is_full=is_full removing=removing
            remove=remove to=to added=add stopped=look above=move || view! { {above} }/>
    }
}

fn hint(lang: Lang, purpose: Purpose) -> String {
    match (purpose, lang) {
        (Purpose::SealedPage, Lang::Zh) => {
            format!(
                "写完以后打印、签字、盖章，扫描成 PDF 上传，最大 {MIB_MOST} MiB；盖章页上的版本码要与下面的相同，之后再改内容，盖章页失效"
            )
        }
        (Purpose::SealedPage, Lang::En) => format!(
            "Once it is written: print, sign, seal, scan to PDF, {MIB_MOST} MiB at most; the code on it must be the one below, and a change afterwards voids it"
        ),
        (Purpose::Other, Lang::Zh) => {
            format!("选填；PDF、DOCX、XLSX、OFD 或图片，每个最大 {MIB_MOST} MiB，最多 {MOST} 个")
        }
        (Purpose::Other, Lang::En) => {
            format!("Optional; PDF, DOCX, XLSX, OFD or pictures, {MIB_MOST} MiB each, {MOST} at most")
        }
    }
}

/// The way to the printable copy, and the code that it bears now.
fn print_link(session: Session, saver: Desk) -> impl IntoView {
    let lang = session.lang();
    let (name, code) =
        saver.view.with(|view| (view.row.name.clone(), view.print_code.clone().unwrap_or_default()));
    let to = format!("/app/applications/{name}?print=1");
    view! {
        <p><a href=to>{lang.pick("打印用的副本", "Copy to be printed")}</a>
            " "<span class="quiet">{lang.pick("版本码 ", "Code ")}{code}</span></p>
    }
}

/// Files that were submitted, to be saved.
pub fn submitted(lang: Lang, name: &str, files: &[FiledView]) -> Option<impl IntoView + use<>> {
    let row = |it: &FiledView| {
        let to = format!("/api/v1/applications/{name}/attachments/{}", it.file.id);
        (Some(file_purpose(lang, it.purpose)), to, it.file.clone())
    };
    file_links(lang, files.iter().map(row).collect())
}
