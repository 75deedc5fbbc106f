//! What is loaded when a page of its kind is first opened: the first visit loads what every page needs, and a
//! person who never opens the others never loads them.
//!
//! `cargo xtask web` cuts the WASM file at these functions. What two parts need becomes a part of its own, so there
//! are few of them: four parts make fifteen files at most.

#![expect(non_snake_case, reason = "a part's functions are told apart by the names of their pages")]

use crate::ui::NotLoaded;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::{Lazy, LazyRoute};

/// A route's view that is loaded when it is first opened.
pub fn later<T: LazyRoute>() -> Lazy<T> {
    Lazy::new()
}

/// Pages of one part, each under its component's name.
macro_rules! part {
    ($part:ident: $($kind:ident::{$($page:ident),+ $(,)?}),+ $(,)?) => {$($(
        pub struct $page {}

        impl LazyRoute for $page {
            fn data() -> Self {
                Self {}
            }

            async fn view(_: Self) -> AnyView {
                #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
                fn $page() -> Result<AnyView, SplitLoaderError> {
                    Ok(crate::$kind::$page().into_any())
                }
                $page().await.unwrap_or_else(|_| NotLoaded().into_any())
            }
        }
    )+)+};
}

part!(need:
    need::{Needs, ForwardNeeds, ImportNeeds, RankNeeds, Need, SealedNeed, EditNeed, CheckNeed, RevealNeed, ActOnNeed, Screening, JudgeNeeds, AskOpinions, Screen, Opinions, RemindOffices, GiveOpinion, RemindUnits, ZeroReport, Summaries, Summary},
);

part!(application:
    question::{Questions, ActOnQuestion},
    application::{Applications, Application, EditApplication, CheckApplication, InviteMembers, ActOnApplication, FormalCheck},
);

part!(cycle:
    need_list::{NeedLists, NeedList, ActOnNeedList},
    cycle::{Cycles, NewCycle, Cycle, EditCycle, ActOnCycle},
    sign_off::{SignOffs, SignOff, Chains},
);

part!(office:
    policy::{Policies, NewPolicy, Policy, Import, Decide},
    org::{Organisations, NewOrganisation, ImportOrganisations, Organisation, EditOrganisation, RevealOrganisation, EditProfile},
    account::{Accounts, NewAccount, ImportAccounts, AccountRequests, Account, ActOnOne},
    audit::{Audit},
    export::{Exports},
    message::{Mails, Reminders, EditReminder, Templates, EditTemplate},
);
