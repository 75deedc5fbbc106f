//! Choosing a file: its limits told before; one that is read into a form in base 64, one that is sent as it is.

mod line;
mod send;

pub use send::FileSender;

use super::field::Both;
use super::load::Trouble;
use crate::session::Session;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Largest file that goes within a form, in bytes; a document of a hundred pages with pictures stays below.
const MOST: f64 = 11.0 * 1024.0 * 1024.0;

/// A file that was chosen: its name, and its bytes in base 64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub name: String,
    pub base64: String,
}

/// A field for a file.
#[component]
pub fn FilePicker(
    file: RwSignal<Option<Chosen>>,
    trouble: RwSignal<Option<Trouble>>,
    /// Endings of names that the browser offers.
    accept: &'static str,
    hint: Both,
) -> impl IntoView {
    let session = Session::here();
    let wrong = Memo::new(move |_| trouble.get().and_then(|trouble| trouble.of_field("file")));
    let choose = move |event: leptos::ev::Event| {
        let Some(chosen) = chosen(&event) else { return };
        let lang = session.lang();
        if chosen.size() > MOST {
            let said = lang.pick(
                "文件超过 11 MiB，换一个小些的",
                "The file is larger than 11 MiB; choose a smaller one",
            );
            trouble.set(Some(Trouble::said(said)));
            return;
        }
        let name = chosen.name();
        read(&chosen, move |base64| file.set(Some(Chosen { name, base64 })));
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
                <p class="field__hint" id="field-file-hint">{lang.pick(hint.0, hint.1)}</p>
                {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
                {picked}
                {(!is_picked).then(|| view! {
                    <input class="input" id="field-file" type="file" accept=accept aria-describedby="field-file-hint" on:change=choose/>
                })}
            </div>
        }
    }
}

/// The file that was chosen in a field.
fn chosen(event: &leptos::ev::Event) -> Option<web_sys::File> {
    let input: web_sys::HtmlInputElement = event_target(event);
    input.files().and_then(|files| files.get(0))
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
