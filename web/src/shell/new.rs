//! 新建: everything that the person may make, by the rules that let it pass.

use crate::need::StartButton;
use crate::session::Session;
use crate::ui::{Empty, PageHead};
use leptos::prelude::*;
use ronghe_domain::account::request::may_ask as asks_for_accounts;
use ronghe_domain::account::rules::may_administer as administers_accounts;
use ronghe_domain::application::rules::applies;
use ronghe_domain::cycle::rules::may_make;
use ronghe_domain::kernel::Actor;
use ronghe_domain::need::rules::files;
use ronghe_domain::org::rules::may_administer as administers_organisations;
use ronghe_domain::policy::rules::may_import;
use ronghe_text::Lang;

/// Whether there is anything that `actor` may make.
pub(super) fn makes(actor: &Actor) -> bool {
    files(actor) || !ways(Lang::Zh, actor).is_empty()
}

/// What `actor` may make but needs, which have a button of their own, and where it begins.
fn ways(lang: Lang, actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let all = [
        (
            applies(actor),
            "/app/needs?state=listed",
            lang.pick("申报清单上的需求", "Apply for a need on the list"),
        ),
        (may_make(actor).is_ok(), "/app/cycles/new", lang.pick("新建周期", "Make a cycle")),
        (may_import(actor).is_ok(), "/app/policies/new", lang.pick("导入文件", "Import a document")),
        (
            administers_organisations(actor).is_ok(),
            "/app/organisations/new",
            lang.pick("新建单位", "Make an organisation"),
        ),
        (
            asks_for_accounts(actor).is_ok(),
            "/app/accounts/requests",
            lang.pick("为本校的人申请账号", "Ask for accounts of colleagues"),
        ),
        (administers_accounts(actor).is_ok(), "/app/accounts/new", lang.pick("新建账号", "Make an account")),
    ];
    all.into_iter().filter(|(may, ..)| *may).map(|(_, to, words)| (to, words)).collect()
}

/// The page.
#[component]
pub fn New() -> impl IntoView {
    let session = Session::here();
    let title = Signal::derive(move || session.lang().pick("新建", "New").to_owned());
    view! {
        <PageHead title=title/>
        <div class="button-row"><StartButton/></div>
        {move || {
            let (lang, actor) = (session.lang(), session.actor());
            if !makes(&actor) {
                let words = lang.pick("要你办的事在“待办”里。", "What waits for you stands under Tasks.");
                return view! { <Empty title=lang.pick("没有你能新建的", "There is nothing for you to make") words=words>
                    <a class="button" href="/app">{lang.pick("回到待办", "Back to your tasks")}</a></Empty> }.into_any();
            }
            let links = ways(lang, &actor).into_iter().map(|(to, words)| view! { <li><a href=to>{words}</a></li> });
            view! { <ul class="link-list section">{links.collect_view()}</ul> }.into_any()
        }}
    }
}
