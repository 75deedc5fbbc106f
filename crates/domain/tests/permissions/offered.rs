//! What the unit of a need reads of applications, and what is said of them.

use super::{DISTRICT, FIRST, SCHOOL, SECOND, actors, cell, check};
use ronghe_domain::application::opinion::{Action, Reading, decide, reads};
use ronghe_domain::application::sight::{Place, reads_offer_only, visible};
use ronghe_domain::application::{self, State};
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::{Actor, OrgId, Role};
use std::fmt::Write;
use uuid::Uuid;

const UNIVERSITY: OrgId = OrgId(Uuid::from_u128(40));

/// Who reads what of an application, and of its unit's opinion, and who gives that.
#[test]
fn rights_on_opinions_of_units() {
    let at = |org, role| Actor::person(SECOND, org, [role]);
    let special = [
        ("Of the need's unit", at(SCHOOL, Role::NeedUnit)),
        ("Of the need's unit, a bureau", at(SCHOOL, Role::DistrictBureau)),
        ("Of the need's unit, another role", at(SCHOOL, Role::Expert)),
        ("Of the district above it", at(DISTRICT, Role::DistrictBureau)),
        ("Of the university that applies", at(UNIVERSITY, Role::University)),
        ("Of it, LeadOffice", at(UNIVERSITY, Role::LeadOffice)),
        ("Of another university", Actor::person(FIRST, OrgId(Uuid::from_u128(41)), [Role::University])),
        ("The system", Actor::System),
    ];
    let mut table = String::from(
        "What is read of an application: the whole, or what it offers; of the opinion of its need's unit: all that was \
         said, or the last word. Opine is to say it. Roles without a relation are those of another organisation.\n",
    );
    for phase in [Phase::AcceptingApplications, Phase::Reviewing, Phase::Selecting] {
        for state in State::ALL {
            let sealed = matches!(state, State::Draft | State::Signing | State::Submitted | State::Withdrawn);
            writeln!(table, "\n{phase:?}: {state:?}, {}", if sealed { "sealed" } else { "opened" }).unwrap();
            let place = Place { university: UNIVERSITY, unit: SCHOOL, state, opened: !sealed };
            for (name, actor) in actors(&special) {
                let sees = visible(&actor, place);
                let sight = match (sees, reads_offer_only(&actor, place)) {
                    (false, _) => "404",
                    (true, true) => "offer",
                    (true, false) => "whole",
                };
                let opinion = match reads(&actor, place) {
                    None => "-",
                    Some(Reading::Last) => "last",
                    Some(Reading::All) => "all",
                };
                let says = decide(&actor, place, phase).map_err(application::Refusal::kind);
                let says = cell(sees, says);
                writeln!(table, "  {name:<33}Reads {sight:<7}Opinion {opinion:<6}{:?} {says}", Action::Opine)
                    .unwrap();
            }
        }
    }
    check("application-opinion", &table);
}
