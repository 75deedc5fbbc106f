//! Worlds of chance before the window closes: some universities have begun applications, written, sealed, handed in,
//! taken back; whoever is of no such university reads to the byte what they read where nothing of it happened.

use super::{Read, World, without_hashes};
use crate::proofs::hand::{Hand, encoded};
use ronghe_app::application::{Act, Typed, invite, start};
use ronghe_app::{App, Caller};
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Application, Duty};
use ronghe_testkit::proofs::{APPLIED_READS, Dice, WORLDS};
use ronghe_testkit::{accepting, act_on, person, sealed_page, sqlite, world};
use std::collections::{BTreeMap, BTreeSet};

/// Who applies in some worlds and not in others; the first two are of one university.
const APPLICANTS: [&str; 7] =
    ["linxiaozhou", "minxuewen", "huojianxin", "shiren", "ruange", "yuexiaoxi", "zhukexin"];
/// Who applies in every world, and learns nothing of the others.
const RIVALS: [&str; 2] = ["gesiqi", "qiyuanhang"];
/// Whoever else reads, one of each role and the public.
const OTHERS: [&str; 11] = [
    "",
    "wuxiao",
    "zhangmin",
    "heqing",
    "wanghaifeng",
    "liwenjing",
    "zhaolixin",
    "zhouqiming",
    "cuiyujie",
    "chenjianguo",
    "luchangyuan",
];
/// Of them so many read each world, beside the rivals.
const READERS: usize = 4;

/// What all worlds have in common.
struct Scene {
    needs: Vec<String>,
    cookies: BTreeMap<&'static str, String>,
}

impl Scene {
    /// A year in which universities apply, two of which have.
    async fn make(app: &App) -> Self {
        let mut needs = accepting(app).await;
        needs.truncate(3);
        for rival in RIVALS {
            let who = person(app, rival).await;
            let sealed = sealed_page(app, &who, &needs[0]).await;
            act_on(app, &who, &sealed, Act::Submit).await.unwrap();
            start(app, &who, &needs[1]).await.unwrap();
        }
        let hand = Hand::of(app);
        let mut cookies = BTreeMap::new();
        let people = OTHERS.iter().chain(&RIVALS).chain(&APPLICANTS);
        for login in people.filter(|login| !login.is_empty()) {
            cookies.insert(*login, hand.signed_in(login).await);
        }
        Self { needs, cookies }
    }
}

/// What happens in one world: so many applications, each as far as chance will have it; their names.
async fn happen(app: &App, scene: &Scene, dice: &mut Dice) -> Vec<String> {
    let mut there = BTreeSet::new();
    let mut names = Vec::new();
    for _ in 0..3 + dice.below(5) {
        let (login, need) = (*dice.one(&APPLICANTS), dice.one(&scene.needs));
        let who = person(app, login).await;
        if there.insert((who.actor.org(), need.clone())) {
            names.push(lived(app, &who, need, dice).await.name().to_string());
        }
    }
    names
}

async fn lived(app: &App, who: &Caller, need: &str, dice: &mut Dice) -> Application {
    let acts: &[Act] = match dice.below(8) {
        0 => return start(app, who, need).await.unwrap().application,
        1 => &[],
        2 => &[Act::Withdraw],
        3 => &[Act::Submit, Act::Reopen],
        4 => &[Act::Submit, Act::Withdraw],
        5 => &[Act::Submit, Act::Reopen, Act::Submit],
        _ => &[Act::Submit],
    };
    let mut application = sealed_page(app, who, need).await;
    if dice.below(2) == 0 {
        application = with_colleagues(app, who, &application).await;
    }
    for act in acts {
        application = act_on(app, who, &application, act.clone()).await.unwrap();
    }
    application
}

/// Everybody of the university has a part in it: they are told, and nobody else is.
async fn with_colleagues(app: &App, who: &Caller, application: &Application) -> Application {
    let people = ronghe_app::application::people(app, who).await.unwrap();
    let own = who.actor.account();
    let part = |duty, login: &str| MemberDraft { login: login.to_owned(), duty, sections: Vec::new() };
    let team: Vec<_> = people
        .iter()
        .map(|it| part(if Some(it.id) == own { Duty::Lead } else { Duty::Signatory }, &it.login))
        .collect();
    let name = application.name().to_string();
    let team = Typed { members: team, awaited: Vec::new() };
    invite(app, who, &name, &team, application.version).await.unwrap().application
}

/// Every operation that reads, each hole of its path filled by what is there and by what must not be seen. An export
/// is an event itself and comes last.
fn paths(hand: &Hand, scene: &Scene, hidden: &[String]) -> Vec<String> {
    let own = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<String>>();
    let mut paths = Vec::new();
    for operation in hand.operations().into_iter().filter(|it| it.method == "GET") {
        let section = operation.path.split('/').nth(3).unwrap_or_default().to_owned();
        let names = match section.as_str() {
            _ if !operation.path.contains('{') => own(&[""]),
            "applications" | "sealed" => hidden.iter().take(2).cloned().chain(own(&["A2026-0001"])).collect(),
            "needs" => scene.needs.clone(),
            "cycles" | "need-lists" => own(&["2026"]),
            "policies" => own(&["jinan-2023-24"]),
            "accounts" => own(&["linxiaozhou"]),
            "organisations" => own(&["sdnu", "yanliu"]),
            "summaries" => own(&["2026-lixia-v1"]),
            _ => own(&["00000000-0000-0000-0000-000000000001"]),
        };
        paths.extend(names.iter().map(|name| filled(&operation.path, name)));
    }
    for need in &scene.needs {
        paths.push(format!("/api/v1/applications?need={need}"));
    }
    for query in ["university=sdnu", "state=submitted", "state=draft", "sort=number", "cycle=2026"] {
        paths.push(format!("/api/v1/applications?{query}"));
    }
    for list in ["applications", "needs", "accounts", "organisations", "measures", "audit"] {
        paths.push(format!("/api/v1/{list}?q={}", encoded("驻校心理支持")));
    }
    for name in hidden.iter().take(2) {
        paths.push(format!("/api/v1/audit?q={name}"));
        paths.push(format!("/api/v1/applications?q={name}"));
    }
    paths.sort_by_key(|path| path.contains("/export"));
    paths
}

/// The path with `name` in its hole for a name, and something plain in the others.
fn filled(path: &str, name: &str) -> String {
    let part = |part: &str| match part {
        "{name}" | "{login}" | "{slug}" | "{year}" | "{code}" | "{id}" => name.to_owned(),
        "{kind}" => "application".to_owned(),
        "{edition}" => "v1".to_owned(),
        "{after}" => "2".to_owned(),
        part if part.starts_with('{') => "1".to_owned(),
        part => part.to_owned(),
    };
    let mut named = false;
    let parts = path.split('/').map(|it| match it {
        // A second name is that of something within.
        "{id}" if named => "00000000-0000-0000-0000-000000000001".to_owned(),
        it => {
            named |= it.starts_with('{') && it != "{kind}";
            part(it)
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn read(world: &World, scene: &Scene, paths: &[String], login: &str) -> Read {
    let cookie = scene.cookies.get(login).map(String::as_str).unwrap_or_default();
    // The register is read into memory once.
    world.hand.get("/api/v1/groups", "").await;
    let mut read = Vec::new();
    for path in paths {
        world.statements.lock().unwrap().clear();
        let mut answer = world.hand.get(path, cookie).await;
        answer.body = without_hashes(&answer.text()).into_bytes();
        let statements = world.statements.lock().unwrap().clone();
        read.push((path.clone(), answer, statements));
    }
    read
}

#[tokio::test]
async fn what_is_applied_for_in_a_world_of_chance_is_nobody_elses_business() {
    let db = sqlite().await;
    let app = world(&db).await;
    let scene = Scene::make(&app).await;
    let (mut compared, mut faults) = (0, Vec::new());
    for seed in 1..=WORLDS.least {
        let mut dice = Dice::of(u64::try_from(seed).unwrap());
        let other = World::beside(&app, &db).await;
        let hidden = happen(&other.app, &scene, &mut dice).await;
        assert!(!hidden.is_empty());
        let plain = World::beside(&app, &db).await;
        let paths = paths(&plain.hand, &scene, &hidden);
        let mut readers: Vec<&str> = RIVALS.to_vec();
        readers.extend((0..READERS).map(|nth| OTHERS[(seed * READERS + nth) % OTHERS.len()]));
        for login in readers {
            let first = read(&plain, &scene, &paths, login).await;
            let second = read(&other, &scene, &paths, login).await;
            for ((path, a, sql_a), (_, b, sql_b)) in first.iter().zip(&second) {
                compared += 1;
                if a != b {
                    faults.push(format!("world {seed} as {login:?}: {path}\n  {}\n  {}", a.text(), b.text()));
                } else if sql_a != sql_b {
                    faults.push(format!("world {seed} as {login:?}: {path}\n  {sql_a:?}\n  {sql_b:?}"));
                }
            }
        }
        is_seen_at_home(&other, &plain, &scene).await;
    }
    assert!(faults.is_empty(), "{} differences:\n{:.12000}", faults.len(), faults.join("\n"));
    APPLIED_READS.reached(compared);
    WORLDS.reached(WORLDS.least);
}

/// The worlds do differ, for whoever is at home where it happened.
async fn is_seen_at_home(other: &World, plain: &World, scene: &Scene) {
    let mut differs = false;
    for login in APPLICANTS {
        let cookie = &scene.cookies[login];
        let path = "/api/v1/applications";
        differs |= other.hand.get(path, cookie).await != plain.hand.get(path, cookie).await;
    }
    assert!(differs, "nobody sees what happened");
}
