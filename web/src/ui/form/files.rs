//! Files at what is written: each sent as soon as it is chosen, a bad one spoils no other.

use crate::session::Session;
use crate::ui::act::{Act, ActBox};
use crate::ui::file::FileSender;
use leptos::prelude::*;
use ronghe_client::{ByHand, Client, Error};
use ronghe_contract::need::AttachmentView;
use ronghe_domain::kernel::AttachmentId;
use ronghe_text::{Lang, file_size};

/// A file that is there.
#[derive(Clone, PartialEq, Eq)]
pub struct FileRow {
    pub file: AttachmentView,
    /// Why it does not count.
    pub wrong: Option<&'static str>,
}

/// The field.
#[component]
pub fn FileField(
    /// Of the fieldset, so that errors lead to it.
    id: &'static str,
    /// Of the chooser.
    name: &'static str,
    /// Endings of names that the browser offers.
    accept: &'static str,
    legend: Signal<&'static str>,
    hint: Signal<String>,
    files: Signal<Vec<FileRow>>,
    is_full: Signal<bool>,
    removing: Act,
    #[prop(into)] remove: Callback<AttachmentId>,
    /// How a file of this name is posted.
    to: impl Fn(&Client, &str) -> Result<ByHand, Error> + Copy + Send + Sync + 'static,
    added: impl Fn(AttachmentView) + Copy + Send + Sync + 'static,
    /// Looks what is there: whether a file was added before it was stopped, the server knows.
    stopped: impl Fn() + Copy + Send + Sync + 'static,
    /// What stands above the files.
    #[prop(optional, into)]
    above: ViewFn,
) -> impl IntoView {
    let session = Session::here();
    let row = move |it: FileRow| {
        let id = it.file.id;
        let wrong = it.wrong.map(|wrong| view! { <p class="field__error">{wrong}</p> });
        view! {
            <li class="entry"><span>{it.file.name.clone()}" "<span class="quiet">{file_size(it.file.size)}</span>{wrong}</span>
                <button class="button" type="button" data-kind="quiet" data-size="small" on:click=move |_| remove.run(id)>
                    {move || session.lang().pick("删除", "Remove")}<span class="unseen">{it.file.name}</span></button></li>
        }
    };
    view! {
        <fieldset class="field" id=id tabindex="-1">
            <legend>{legend}</legend>
            <p class="field__hint">{hint}</p>
            {above.run()}
            <ActBox act=removing/>
            <ul>{move || files.get().into_iter().map(row).collect_view()}</ul>
            {move || (!is_full.get()).then(|| view! {
                <FileSender accept=accept hint=("选好就上传", "It is sent as soon as it is chosen") to=to added=added stopped=stopped name=name/>
            })}
        </fieldset>
    }
}

/// Files that were submitted, to be saved: what each is, its address, itself.
pub fn file_links(
    lang: Lang,
    rows: Vec<(Option<&'static str>, String, AttachmentView)>,
) -> Option<impl IntoView + use<>> {
    let is_empty = rows.is_empty();
    let row = |(what, to, file): (Option<&'static str>, String, AttachmentView)| {
        let what = what.map(|what| view! { {what}" " });
        view! {
            <li>{what}<a href=to rel="external" download=file.name.clone()>{file.name.clone()}</a>" "
                <span class="quiet">{file_size(file.size)}</span></li>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    (!is_empty).then(|| {
        view! { <section><h2>{lang.pick("附件", "Attachments")}</h2><ul class="link-list">{rows}</ul></section> }
    })
}
