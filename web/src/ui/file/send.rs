//! Sending a file as it is: with its progress, a way to stop it, and again by itself where the line broke.

use super::super::act::{Act, ActBox};
use super::super::field::Both;
use super::super::load::Trouble;
use super::chosen;
use super::line::Line;
use crate::session::Session;
use leptos::prelude::*;
use ronghe_client::{ByHand, Client, Error, IdempotencyKey};
use ronghe_contract::need::AttachmentView;
use ronghe_domain::attachment::{MIB_MOST, SIZE_MOST};
use ronghe_text::{Lang, file_size};

/// A file that was chosen. Its key stays with it, so that sending it again adds it once.
#[derive(Clone)]
struct Picked {
    file: web_sys::File,
    key: IdempotencyKey,
}

/// A field for a file that is sent as soon as it is chosen.
#[component]
pub fn FileSender(
    /// Endings of names that the browser offers.
    accept: &'static str,
    hint: Both,
    /// How a file of this name is posted.
    to: impl Fn(&Client, &str) -> Result<ByHand, Error> + Copy + Send + 'static,
    /// It has been added.
    added: impl Fn(AttachmentView) + Copy + Send + 'static,
    /// The person stopped it, and nobody knows whether it was added by then.
    stopped: impl Fn() + Copy + Send + 'static,
    /// Tells two such fields of one page apart.
    #[prop(default = "file")]
    name: &'static str,
) -> impl IntoView {
    let (id, hint_id) = (format!("field-{name}"), format!("field-{name}-hint"));
    let (for_id, described) = (id.clone(), hint_id.clone());
    let session = Session::here();
    let act = Act::new();
    let line = Line::new();
    let picked = RwSignal::new_local(None::<Picked>);
    let send = move || {
        let Some(Picked { file, key }) = picked.get_untracked() else { return };
        act.run(
            async move |client| {
                let call = to(&client.retrying(key), &file.name())?;
                line.send(&call, &file).await
            },
            move |answer| {
                picked.set(None);
                match answer {
                    Some(file) => added(file),
                    None => stopped(),
                }
            },
        );
    };
    // What the server refuses is not sent again; another file may be chosen.
    Effect::new(move |_| {
        if act.trouble.with(|it| it.as_ref().is_some_and(|trouble| trouble.status.is_some())) {
            picked.set(None);
        }
    });
    let choose = move |event: leptos::ev::Event| {
        let Some(file) = chosen(&event) else { return };
        act.trouble.set(too_large(session.lang(), file.size()));
        if act.trouble.with_untracked(Option::is_none) {
            picked.set(Some(Picked { file, key: Client::new_key() }));
            send();
        }
    };
    let wrong = Memo::new(move |_| act.trouble.get().and_then(|trouble| trouble.of_field("file")));
    let body = move || {
        let lang = session.lang();
        let name = picked.with(|picked| picked.as_ref().map(|picked| picked.file.name()));
        match name {
            None => view! {
                <input class="input" id=id.clone() type="file" accept=accept aria-describedby=described.clone() on:change=choose/>
            }
            .into_any(),
            Some(name) if act.busy.get() => view! { <Going name=name line=line/> }.into_any(),
            Some(name) => view! {
                <p class="button-row"><span>{name}</span>
                    <button class="button" type="button" data-size="small" on:click=move |_| send()>{lang.pick("重新上传", "Send again")}</button>
                    <button class="button" type="button" data-kind="quiet" data-size="small" on:click=move |_| picked.set(None)>{lang.pick("不用这个文件", "Take another")}</button></p>
            }
            .into_any(),
        }
    };
    view! {
        <ActBox act=act/>
        <div class="field" data-error=move || wrong.get().map(|_| "true")>
            <label for=for_id>{move || session.lang().pick("文件", "File")}</label>
            <p class="field__hint" id=hint_id>{move || session.lang().pick(hint.0, hint.1)}</p>
            {move || wrong.get().map(|said| view! { <p class="field__error">{said}</p> })}
            {body}
        </div>
    }
}

/// A file on its way: how much has gone, and a button that stops it. Whoever listens hears of each quarter.
#[component]
fn Going(name: String, line: Line) -> impl IntoView {
    let session = Session::here();
    let percent = Memo::new(move |_| line.gone.get() * 100 / line.size.get().max(1));
    let quarter = Memo::new(move |_| percent.get() / 25 * 25);
    let far = move || {
        let gone =
            format!("{} % · {} / {}", percent.get(), file_size(line.gone.get()), file_size(line.size.get()));
        let checks = session.lang().pick("，正在检查文件", "; being checked");
        if percent.get() == 100 { format!("{gone}{checks}") } else { gone }
    };
    let heard = move || match (session.lang(), quarter.get()) {
        (Lang::Zh, 100) => "已上传，正在检查文件".to_owned(),
        (Lang::En, 100) => "Sent; being checked".to_owned(),
        (Lang::Zh, percent) => format!("正在上传，{percent} %"),
        (Lang::En, percent) => format!("Sending, {percent} %"),
    };
    view! {
        <div class="going">
            <p>{name.clone()}</p>
            <progress aria-label=name max="100" value=move || percent.get()></progress>
            <p class="button-row"><span class="quiet">{far}</span>
                <button class="button" type="button" data-size="small" on:click=move |_| line.stop()>{move || session.lang().pick("取消", "Cancel")}</button></p>
            <p class="unseen" role="status">{heard}</p>
        </div>
    }
}

/// What is said before a file is sent that no server would take.
fn too_large(lang: Lang, size: f64) -> Option<Trouble> {
    let most = u32::try_from(SIZE_MOST).map_or(f64::INFINITY, f64::from);
    let said = match lang {
        Lang::Zh => format!("文件超过 {MIB_MOST} MiB，换一个小些的"),
        Lang::En => format!("The file is larger than {MIB_MOST} MiB; choose a smaller one"),
    };
    (size > most).then(|| Trouble::said(&said))
}
