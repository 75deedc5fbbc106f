//! Doing something that counts: once, with a fresh proof of identity where the server wants one.

use super::field::Field;
use super::load::{Trouble, TroubleBox};
use super::{PageHead, back};
use crate::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;
use ronghe_client::{Client, Error};
use std::pin::Pin;

/// What is done once it is carried out.
type After = Box<dyn FnOnce()>;
/// How it is carried out.
type Call = Box<dyn FnOnce(Client) -> Pin<Box<dyn Future<Output = Result<After, Error>>>>>;

/// An act on its way: whether it is at work, what went wrong, whether a proof is wanted.
#[derive(Clone, Copy)]
pub struct Act {
    session: Session,
    pub busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<Trouble>>,
    wants_proof: RwSignal<bool>,
    proof: RwSignal<String>,
    /// Names the attempt, so that a repeated one does nothing twice.
    key: StoredValue<ronghe_client::IdempotencyKey>,
}

impl Act {
    /// An act that has not begun.
    pub fn new() -> Self {
        Self {
            session: Session::here(),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            wants_proof: RwSignal::new(false),
            proof: RwSignal::new(String::new()),
            key: StoredValue::new(Client::new_key()),
        }
    }

    /// Carries it out; `then` gets what came of it. A double click does nothing.
    pub fn run<T: 'static>(
        self,
        call: impl AsyncFnOnce(Client) -> Result<T, Error> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        self.carry_out(Box::new(move |client| {
            Box::pin(async move {
                let value = call(client).await?;
                let after: After = Box::new(move || then(value));
                Ok(after)
            })
        }));
    }

    /// The same for every kind of answer, compiled once.
    fn carry_out(self, call: Call) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let done = match self.prove().await {
                Ok(()) => {
                    let key = self.key.get_value();
                    self.session.call(async |client: Client| call(client.retrying(key)).await).await
                }
                Err(trouble) => Err(trouble),
            };
            self.busy.set(false);
            match done {
                Ok(after) => {
                    self.trouble.set(None);
                    self.wants_proof.set(false);
                    self.key.set_value(Client::new_key());
                    after();
                }
                Err(trouble) if trouble.kind == "proof" && !self.wants_proof.get_untracked() => {
                    self.trouble.set(None);
                    self.wants_proof.set(true);
                }
                Err(trouble) => {
                    // What was refused may be mended and sent again: under another name, for it is another request.
                    // Where the server may have gone on after it gave up, it is the same one.
                    if trouble.status.is_some_and(|status| status < 500) {
                        self.key.set_value(Client::new_key());
                    }
                    self.trouble.set(Some(trouble));
                }
            }
        });
    }

    async fn prove(self) -> Result<(), Trouble> {
        let word = self.proof.get_untracked();
        if !self.wants_proof.get_untracked() {
            return Ok(());
        }
        self.session.call(async |client: Client| client.prove(&word).await).await?;
        self.proof.set(String::new());
        self.wants_proof.set(false);
        Ok(())
    }
}

/// What went wrong with an act, and the field for a proof where one is wanted.
#[component]
pub fn ActBox(act: Act) -> impl IntoView {
    let session = Session::here();
    let has_factor = Memo::new(move |_| session.me().is_some_and(|me| me.second_factor));
    move || {
        let trouble = view! { <TroubleBox trouble=act.trouble/> };
        let proof = act.wants_proof.get().then(|| {
            let (label, kind) = if has_factor.get() {
                (("验证码", "Code"), "text")
            } else {
                (("你的密码", "Your password"), "password")
            };
            let name = if has_factor.get() { "code" } else { "password" };
            view! {
                <div class="banner" data-turn="yours">
                    <div class="stack">
                        <p class="banner__title">{session.lang().pick("再验证一次身份", "Prove once more who you are")}</p>
                        <Field label=label name=name kind=kind value=act.proof autocomplete="off" focus=true trouble=act.trouble/>
                    </div>
                </div>
            }
        });
        (trouble, proof)
    }
}

/// The page of one action on a record: its head and `form`, or why the action is not offered.
///
/// `refused` is what the record's offers say of it: nothing where it is not among them, else why it is barred.
pub fn act_page(
    session: Session,
    home: &str,
    name: &str,
    words: &str,
    refused: Option<Option<String>>,
    form: impl FnOnce() -> AnyView,
) -> AnyView {
    let lang = session.lang();
    let head = format!("{words}{}{name}", lang.pick("：", ": "));
    let elsewhere = lang
        .pick("这件事不由你办理，或者记录已经变动", "This is not yours to do, or the record has moved on");
    let content = match refused.unwrap_or_else(|| Some(elsewhere.to_owned())) {
        Some(reason) => view! {
            <div class="banner"><div><p class="banner__title">{lang.pick("现在不能这样做", "This cannot be done now")}</p><p>{reason}</p></div></div>
        }
        .into_any(),
        None => form(),
    };
    view! {
        {back(session, home, name)}
        <PageHead title=head/>
        <div class="form-page">{content}</div>
    }
    .into_any()
}
