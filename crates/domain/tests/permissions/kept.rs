//! Who may do what with reminders and the words of mails, with saved views, with exports, and with requests
//! for accounts.

use super::{FIRST, SECOND, actors, cell, check, person};
use ronghe_domain::account::request::{self, AccountRequest};
use ronghe_domain::export::{self, Export};
use ronghe_domain::kernel::{AccountRequestId, Actor, ExportId, Instant, OrgId, Role, Version, ViewId};
use ronghe_domain::message::office;
use ronghe_domain::message::template::Language;
use ronghe_domain::view::{self, List, View};
use std::collections::BTreeMap;
use std::fmt::Write;
use uuid::Uuid;

#[test]
fn rights_on_reminders_and_the_words_of_mails() {
    let mut table = String::from("Reminders, words of mails, counts of mail.\n\n");
    for (name, actor) in actors(&[]) {
        let sees = office::visible(&actor);
        let keeps = cell(sees, office::may_keep(&actor).map_err(|refusal| refusal.kind()));
        let reads = if sees { "reads" } else { "-" };
        writeln!(table, "  {name:<20}{reads:<7}Keep {keeps}").unwrap();
    }
    check("reminder", &table);
}

#[test]
fn rights_on_saved_views() {
    let elsewhere = OrgId(Uuid::from_u128(10));
    let special: [(&str, Actor); 3] = [
        ("Its owner", person(FIRST, Role::NeedUnit)),
        ("Its owner, elsewhere by now", Actor::person(FIRST, elsewhere, [Role::NeedUnit])),
        ("Someone of another organisation", Actor::person(SECOND, elsewhere, [Role::LeadOffice])),
    ];
    let mut table =
        String::from("Saved views: roles make no difference; those named by role are of its organisation.\n");
    for shared in [false, true] {
        writeln!(table, "\n{}", if shared { "Shared" } else { "Own" }).unwrap();
        for (name, actor) in actors(&special) {
            let view = View {
                id: ViewId(Uuid::nil()),
                list: List::Needs,
                owner: FIRST,
                org: OrgId(Uuid::from_u128(9)),
                name: "遴选".into(),
                filters: BTreeMap::new(),
                shared,
                version: Version::FIRST,
            };
            let visible = view::visible(&actor, &view);
            let reads = if visible { "reads" } else { "-" };
            write!(table, "  {name:<34}{reads:<7}").unwrap();
            for action in view::Action::ALL {
                let decided = view::decide(&actor, &view, action).map_err(|refusal| refusal.kind());
                write!(table, "{action:?} {:<5}", cell(visible, decided)).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("view", &table);
}

#[test]
fn rights_on_exports() {
    let elsewhere = OrgId(Uuid::from_u128(10));
    let special: [(&str, Actor); 4] = [
        ("Its owner", person(FIRST, Role::DistrictBureau)),
        ("Its owner, elsewhere by now", Actor::person(FIRST, elsewhere, [Role::DistrictBureau])),
        ("Its owner, in another role", person(FIRST, Role::NeedUnit)),
        ("A colleague in its role", person(SECOND, Role::DistrictBureau)),
    ];
    let mut table = String::from("Taking out a list that one sees, at once or in the background.\n\n");
    for (name, actor) in actors(&[]) {
        let asks = cell(true, export::may_export(&actor).map_err(|refusal| refusal.kind()));
        writeln!(table, "  {name:<34}{asks}").unwrap();
    }
    table.push_str("\nExports in the background, asked for by a district bureau: nobody but their owner.\n");
    for state in export::State::ALL {
        writeln!(table, "\n{state:?}").unwrap();
        for (name, actor) in actors(&special) {
            let export = an_export(state);
            let visible = export::visible(&actor, &export);
            let reads = if visible { "reads" } else { "-" };
            write!(table, "  {name:<34}{reads:<7}").unwrap();
            for action in export::Action::ALL {
                let decided = export::decide(&actor, &export, action, Instant::UNIX_EPOCH);
                let decided = decided.map_err(|refusal| refusal.kind());
                write!(table, "{action:?} {:<9}", cell(visible, decided)).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("export", &table);
}

fn an_export(state: export::State) -> Export {
    Export {
        id: ExportId(Uuid::nil()),
        owner: FIRST,
        org: OrgId(Uuid::from_u128(9)),
        roles: [Role::DistrictBureau].into(),
        form: export::Form::Xlsx,
        language: Language::Zh,
        asked: BTreeMap::new(),
        state,
        rows: 0,
        size: 0,
        hash: String::new(),
        tries: 0,
        asked_at: Instant::UNIX_EPOCH,
        next: None,
        done_at: None,
    }
}

fn a_request(state: request::State) -> AccountRequest {
    AccountRequest {
        id: AccountRequestId(Uuid::nil()),
        org: OrgId(Uuid::from_u128(9)),
        name: "周远".into(),
        mail: "zhou@uni.example".into(),
        asked_by: FIRST,
        asked_at: Instant::UNIX_EPOCH,
        state,
        reason: String::new(),
        done_at: None,
        version: Version::FIRST,
    }
}

#[test]
fn rights_on_requests_for_accounts() {
    let elsewhere = OrgId(Uuid::from_u128(10));
    let special: [(&str, Actor); 4] = [
        ("Who asked", person(FIRST, Role::University)),
        ("Who asked, in another role by now", person(FIRST, Role::Expert)),
        ("Who asked, elsewhere by now", Actor::person(FIRST, elsewhere, [Role::University])),
        ("The system", Actor::System),
    ];
    let mut table = String::from(
        "Requests for accounts: those named by role are of the organisation that asks, and did not ask.\n\nAsking\n",
    );
    for (name, actor) in actors(&special) {
        let asks = cell(true, request::may_ask(&actor).map_err(|refusal| refusal.kind()));
        writeln!(table, "  {name:<36}{asks}").unwrap();
    }
    for state in request::State::ALL {
        writeln!(table, "\n{state:?}").unwrap();
        for (name, actor) in actors(&special) {
            let record = a_request(state);
            let visible = request::visible(&actor, &record);
            write!(table, "  {name:<36}{:<7}", if visible { "reads" } else { "-" }).unwrap();
            for action in request::Action::ALL {
                let decided = request::decide(&actor, &record, action).map_err(|refusal| refusal.kind());
                write!(table, "{action:?} {:<9}", cell(visible, decided)).unwrap();
            }
            let trimmed = table.trim_end().len();
            table.truncate(trimmed);
            table.push('\n');
        }
    }
    check("account-request", &table);
}
