//! Files of an application: the sealed page, bound to what it was printed from, and attachments.

use super::fields::Desk;
use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::FileSender;
use leptos::prelude::*;
use ronghe_client::Client;
use ronghe_contract::application::FiledView;
use ronghe_contract::need::AttachmentView;
use ronghe_domain::application::draft::Purpose;
use ronghe_domain::attachment::{MIB_MOST, MOST};
use ronghe_text::{Lang, file_purpose, file_size};

/// Endings of names that the browser offers.
const ANY: &str = ".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.webp";

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
    let to = move |client: &Client, file: &str| {
        client.attach_to_application_by_hand(&name.get_value(), purpose, file)
    };
    let rows = move || {
        let lang = session.lang();
        let row = move |it: FiledView| {
            let id = it.file.id;
            let remove = move |_| {
                let of = name.get_value();
                removing
                    .run(async move |client| client.detach_from_application(&of, id).await, move |()| look());
            };
            let voided = it.voided.then(|| {
                let words = lang.pick(
                    "已失效：内容在打印之后改过，重新打印盖章后上传",
                    "Voided: it was changed after this was printed; print, seal and upload it anew",
                );
                view! { <p class="field__error">{words}</p> }
            });
            view! {
                <li class="entry"><span>{it.file.name.clone()}" "<span class="quiet">{file_size(it.file.size)}</span>{voided}</span>
                    <button class="button" type="button" data-kind="quiet" data-size="small" on:click=remove>
                        {lang.pick("删除", "Remove")}<span class="unseen">{it.file.name}</span></button></li>
            }
        };
        files.get().into_iter().map(row).collect_view()
    };
    let is_full = Memo::new(move |_| purpose == Purpose::Other && files.with(|files| files.len() >= MOST));
    let (id, own, accept) = match purpose {
        Purpose::SealedPage => ("field-sealed_page", "sealed_file", ".pdf"),
        Purpose::Other => ("field-attachments", "file", ANY),
    };
    view! {
        <fieldset class="field" id=id tabindex="-1">
            <legend>{move || file_purpose(session.lang(), purpose)}</legend>
            <p class="field__hint">{move || hint(session.lang(), purpose)}</p>
            {move || (purpose == Purpose::SealedPage).then(|| print_link(session, saver))}
            <ActBox act=removing/>
            <ul>{rows}</ul>
            {move || (!is_full.get()).then(|| view! {
                <FileSender accept=accept hint=("选好就上传", "It is sent as soon as it is chosen") to=to added=add stopped=look name=own/>
            })}
        </fieldset>
    }
}

fn hint(lang: Lang, purpose: Purpose) -> String {
    match (purpose, lang) {
        (Purpose::SealedPage, Lang::Zh) => {
            format!(
                "写完以后打印、签字、盖章，扫描成 PDF 上传，最大 {MIB_MOST} MiB；之后再改内容，盖章页失效"
            )
        }
        (Purpose::SealedPage, Lang::En) => format!(
            "Once it is written: print, sign, seal, scan to PDF, {MIB_MOST} MiB at most; a change afterwards voids it"
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
    let rows = files
        .iter()
        .map(|it| {
            let to = format!("/api/v1/applications/{name}/attachments/{}", it.file.id);
            view! {
                <li>{file_purpose(lang, it.purpose)}" "<a href=to rel="external" download=it.file.name.clone()>{it.file.name.clone()}</a>" "
                    <span class="quiet">{file_size(it.file.size)}</span></li>
            }
        })
        .collect_view();
    (!files.is_empty()).then(|| {
        view! { <section><h2>{lang.pick("附件", "Files")}</h2><ul class="link-list">{rows}</ul></section> }
    })
}
