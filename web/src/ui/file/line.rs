//! The line that a file goes over: the browser tells how much has gone to `XMLHttpRequest` only.

use js_sys::Promise;
use leptos::prelude::*;
use ronghe_client::{ByHand, Error};
use ronghe_contract::need::AttachmentView;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, XmlHttpRequest};

/// Milliseconds before each further try where the line broke.
const PAUSES: [i32; 2] = [1_000, 4_000];

/// A line, and how much has gone over it.
#[derive(Clone, Copy)]
pub struct Line {
    /// In bytes.
    pub gone: RwSignal<u64>,
    pub size: RwSignal<u64>,
    request: StoredValue<Option<XmlHttpRequest>, LocalStorage>,
    is_stopped: StoredValue<bool>,
}

impl Line {
    /// A line on which nothing goes.
    pub fn new() -> Self {
        Self {
            gone: RwSignal::new(0),
            size: RwSignal::new(0),
            request: StoredValue::new_local(None),
            is_stopped: StoredValue::new(false),
        }
    }

    /// Sends a file, and again where the line broke: the call's key lets it be added once. Nothing where the
    /// person stopped it.
    pub async fn send(self, call: &ByHand, file: &web_sys::File) -> Result<Option<AttachmentView>, Error> {
        self.is_stopped.set_value(false);
        let mut pauses = PAUSES.into_iter();
        loop {
            self.tell(0.0, file.size());
            let answer = self.send_once(call, file).await;
            // Where its page was left, it goes on.
            if self.is_stopped.try_get_value().unwrap_or_default() {
                return Ok(None);
            }
            match (answer, pauses.next()) {
                (Err(Error::CutOff), Some(pause)) => rest(pause).await,
                (answer, _) => return answer.map(Some),
            }
        }
    }

    /// Stops what is going.
    pub fn stop(self) {
        self.is_stopped.set_value(true);
        self.request.with_value(|request| {
            if let Some(request) = request {
                drop(request.abort());
            }
        });
    }

    fn tell(self, gone: f64, size: f64) {
        let _ = (self.gone.try_set(whole(gone)), self.size.try_set(whole(size)));
    }

    async fn send_once(self, call: &ByHand, file: &web_sys::File) -> Result<AttachmentView, Error> {
        let broken = |_: JsValue| Error::CutOff;
        let request = XmlHttpRequest::new().map_err(broken)?;
        request.open("POST", &call.url).map_err(broken)?;
        for (name, value) in &call.headers {
            request.set_request_header(name, value).map_err(broken)?;
        }
        let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            self.tell(event.loaded(), event.total());
        });
        request.upload().map_err(broken)?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        // It ends with an answer, a broken line, or because it was stopped.
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        request.send_with_opt_blob(Some(file)).map_err(broken)?;
        self.request.set_value(Some(request.clone()));
        let done = JsFuture::from(ended).await.map_err(broken);
        self.request.set_value(None);
        done?;
        let body = request.response_text().map_err(broken)?.unwrap_or_default();
        ByHand::answer(request.status().unwrap_or_default(), &body)
    }
}

/// Waits for so many milliseconds.
async fn rest(pause: i32) {
    let over = Promise::new(&mut |resolve, _| {
        drop(window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, pause));
    });
    drop(JsFuture::from(over).await);
}

/// A size that JavaScript gives, which counts in floating point.
fn whole(size: f64) -> u64 {
    format!("{size:.0}").parse().unwrap_or_default()
}
