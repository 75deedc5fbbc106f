//! A chain that is changed in any way is found out.

use super::{Action, Event, Fault, GENESIS, Subject, Via, Walk};
use crate::kernel::Instant;

type Tamper<'a> = &'a dyn Fn(&mut Vec<(Event, String)>);

fn chain(length: i64) -> Vec<(Event, String)> {
    let mut prev = GENESIS.to_owned();
    (1..=length)
        .map(|seq| {
            let event = Event {
                v: Event::VERSION,
                alg: Event::ALG.into(),
                seq,
                at: Instant::from_second(1_770_000_000 + seq).unwrap(),
                actor: None,
                roles: vec![],
                org: None,
                via: Via::System,
                request: "r".into(),
                address: String::new(),
                action: Action::Create,
                subject: Subject::Policy,
                record: seq.to_string(),
                version: 1,
                refused: false,
                after: "aa".into(),
                detail: "dd".into(),
                prev: prev.clone(),
            };
            prev = event.hash().unwrap();
            (event, prev.clone())
        })
        .collect()
}

fn faults(chain: &[(Event, String)], head: (i64, &str)) -> Vec<Fault> {
    let mut walk = Walk::default();
    for (event, hash) in chain {
        walk.step(event, hash);
    }
    walk.finish(head.0, head.1);
    walk.faults
}

#[test]
fn a_whole_chain_holds_and_every_tampering_is_named() {
    let whole = chain(5);
    let head = whole.last().unwrap().1.clone();
    let check = |tamper: Tamper<'_>, expected: &[Fault]| {
        let mut chain = whole.clone();
        tamper(&mut chain);
        assert_eq!(faults(&chain, (5, &head)), expected);
    };
    check(&|_| {}, &[]);
    check(&|c| c[2].0.record = "x".into(), &[Fault::Altered { seq: 3 }]);
    check(&|c| drop(c.remove(2)), &[Fault::Gap { expected: 3, found: 4 }]);
    check(
        &|c| c.swap(1, 2),
        &[
            Fault::Gap { expected: 2, found: 3 },
            Fault::Gap { expected: 4, found: 2 },
            Fault::Time { seq: 2 },
            Fault::Gap { expected: 3, found: 4 },
        ],
    );
    check(&|c| c.truncate(4), &[Fault::Truncated { head: 5, found: 4 }]);
    check(
        &|c| {
            c[2].0.record = "x".into();
            c[2].1 = c[2].0.hash().unwrap();
        },
        &[Fault::Broken { seq: 4 }],
    );
}
