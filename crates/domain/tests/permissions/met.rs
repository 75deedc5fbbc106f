//! Who enters and calls off meetings on needs.

use super::{DISTRICT, SCHOOL, SECOND, a_cycle, actors, cell, check};
use ronghe_domain::cycle::Phase;
use ronghe_domain::kernel::{Actor, Instant, Role};
use ronghe_domain::meeting::rules::{Facts, RULES, decide, may_add};
use ronghe_domain::meeting::{Action, State};
use std::fmt::Write;

#[test]
fn rights_on_meetings() {
    let special = [
        ("Of the need's unit", Actor::person(SECOND, SCHOOL, [Role::NeedUnit])),
        ("Of the need's unit, another role", Actor::person(SECOND, SCHOOL, [Role::Expert])),
        ("Of the district above it", Actor::person(SECOND, DISTRICT, [Role::DistrictBureau])),
    ];
    let mut table =
        String::from("Meetings on needs of the published list. Everybody reads them, the public too.\n");
    let instant = |text: &str| -> Instant { text.parse().unwrap() };
    let facts = Facts {
        opens: Some(Instant::UNIX_EPOCH),
        closes: Some(instant("2026-05-31T09:00:01Z")),
        ..Facts::of(&a_cycle(Phase::AcceptingApplications), SCHOOL, true)
    };
    let start = instant("2026-05-20T06:00:00Z");
    for (when, now) in [
        ("Before it begins", "2026-05-10T00:00:00Z"),
        ("Once it has begun", "2026-05-20T06:00:00Z"),
        ("Once applications are closed", "2026-06-01T00:00:00Z"),
    ] {
        for state in State::ALL {
            writeln!(table, "\n{when}: {state:?}").unwrap();
            for (name, actor) in actors(&special) {
                let adds = may_add(&actor, &facts, 0, instant(now)).map_err(|refusal| refusal.kind());
                write!(table, "  {name:<33}Add {:<9}", cell(true, adds)).unwrap();
                for action in Action::ALL {
                    let decided = decide(&actor, (state, start), &facts, action, instant(now));
                    write!(table, "{action:?} {:<9}", cell(true, decided.map_err(|r| r.kind()))).unwrap();
                }
                let trimmed = table.trim_end().len();
                table.truncate(trimmed);
                table.push('\n');
            }
        }
    }
    table.push_str("\nHow a meeting moves.\n");
    for rule in RULES {
        writeln!(table, "  {:?} --{:?}-> {:?}  {:?}", rule.from, rule.action, rule.to, rule.parties).unwrap();
    }
    check("meeting", &table);
}
