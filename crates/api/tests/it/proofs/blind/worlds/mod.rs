//! Worlds of chance before the window closes: some universities have begun applications, written, sealed, handed in,
//! taken back; whoever is of no such university reads to the byte what they read where nothing of it happened. Then
//! they do all that there is to do, days go by with their reminders, and they read and are written the same again.

mod commands;
mod days;
mod paths;
mod portal;

use super::{Read, World, without_hashes};
use crate::proofs::hand::Hand;
use jiff::SignedDuration;
use paths::{news, paths};
use ronghe_app::application::{Act, Typed, invite, start};
use ronghe_app::{App, Caller};
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::application::{Application, Duty};
use ronghe_testkit::proofs::{APPLIED_READS, COMMANDS_TRIED, Dice, MAILS, PAGES, WORLDS};
use ronghe_testkit::{TestDb, accepting, act_on, db_test, person, sealed_page, world};
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
/// Of them so many read each world, beside one of the rivals.
const READERS: usize = 6;

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
        days::leaves(app).await;
        Self { needs, cookies }
    }

    /// Everybody of a university that may have applied: they are told of what is their own.
    async fn home(&self, app: &App) -> BTreeSet<String> {
        let mut home = BTreeSet::new();
        for login in APPLICANTS {
            let who = person(app, login).await;
            home.insert(login.to_owned());
            let people = ronghe_app::application::people(app, &who).await.unwrap();
            home.extend(people.into_iter().map(|it| it.login));
        }
        home
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

db_test!(what_is_applied_for_in_a_world_of_chance_is_nobody_elses_business, |db: TestDb| async move {
    let app = world(&db).await;
    let scene = Scene::make(&app).await;
    let mut found = Found::default();
    // Other worlds on the other database.
    let first = if db.url().starts_with("sqlite:") { 0 } else { WORLDS.least };
    for seed in first..first + WORLDS.least {
        let mut dice = Dice::of(u64::try_from(seed).unwrap());
        let other = World::beside(&app, &db).await;
        let hidden = happen(&other.app, &scene, &mut dice).await;
        assert!(!hidden.is_empty());
        let plain = World::beside(&app, &db).await;
        let mut readers = vec![RIVALS[seed % RIVALS.len()]];
        readers.extend((0..READERS).map(|nth| OTHERS[(seed * READERS + nth) % OTHERS.len()]));
        let worlds = Beside { plain, other, scene: &scene, hidden, readers, seed };
        worlds.is_seen_at_home().await;
        worlds.read_alike(&mut found).await;
        worlds.answer_alike(&mut found, &mut dice).await;
        worlds.go_on_alike(&mut found).await;
        worlds.show_alike(&mut found).await;
    }
    found.is_nothing();
});

/// What was compared, and what differed.
#[derive(Default)]
struct Found {
    read: usize,
    tried: usize,
    mails: usize,
    pages: usize,
    faults: Vec<String>,
}

impl Found {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, plain: &T, other: &T) {
        if plain != other {
            self.faults.push(format!("{what}\n  {plain:.3000?}\n  {other:.3000?}"));
        }
    }

    fn is_nothing(&self) {
        assert!(
            self.faults.is_empty(),
            "{} differences:\n{:.20000}",
            self.faults.len(),
            self.faults.join("\n")
        );
        APPLIED_READS.reached(self.read);
        COMMANDS_TRIED.reached(self.tried);
        MAILS.reached(self.mails);
        PAGES.reached(self.pages);
    }
}

/// Two worlds that were one: in the one nobody of those applied, in the other some did.
struct Beside<'a> {
    plain: World,
    other: World,
    scene: &'a Scene,
    hidden: Vec<String>,
    readers: Vec<&'static str>,
    seed: usize,
}

impl Beside<'_> {
    /// The worlds do differ, for whoever is at home where it happened.
    async fn is_seen_at_home(&self) {
        let mut differs = false;
        for login in APPLICANTS {
            let cookie = &self.scene.cookies[login];
            let path = "/api/v1/applications";
            differs |= self.other.hand.get(path, cookie).await != self.plain.hand.get(path, cookie).await;
        }
        assert!(differs, "nobody sees what happened");
    }

    /// What is read is the same to the byte, under the same heads, by the same statements.
    async fn read_alike(&self, found: &mut Found) {
        let paths = paths(&self.plain.hand, self.scene, &self.hidden);
        for login in &self.readers {
            let first = read(&self.plain, self.scene, &paths, login).await;
            let second = read(&self.other, self.scene, &paths, login).await;
            for ((path, a, sql_a), (_, b, sql_b)) in first.iter().zip(&second) {
                found.read += 1;
                let what = format!("world {} as {login:?}: {path}", self.seed);
                found.compare(&what, a, b);
                found.compare(&what, sql_a, sql_b);
            }
        }
    }

    /// Whatever they try is answered the same.
    async fn answer_alike(&self, found: &mut Found, dice: &mut Dice) {
        for login in self.readers.iter().copied().filter(|login| !login.is_empty()) {
            let cookie = &self.scene.cookies[login];
            for command in commands::commands(&self.plain.hand, self.scene, &self.hidden, login, dice) {
                let seen = command.seen(&self.plain.hand, cookie).await;
                let mut said = Vec::new();
                for world in [&self.plain, &self.other] {
                    // Each has its own time, and with it its place in every order.
                    world.app.clock().set(world.app.now() + SignedDuration::from_millis(10));
                    said.push(commands::said(&command.tried(&world.hand, cookie, &seen).await));
                }
                found.tried += 1;
                let what = format!("world {} as {login:?}: {}", self.seed, command.what);
                found.compare(&what, &said[0], &said[1]);
            }
        }
    }

    /// The days until applying ends tell the others nothing, in the system and by mail.
    async fn go_on_alike(&self, found: &mut Found) {
        let home = self.scene.home(&self.plain.app).await;
        let mut told = 0;
        for world in [&self.plain, &self.other] {
            for morning in days::days(&world.app).await {
                told += days::passes(&world.app, morning).await;
            }
        }
        assert!(told > 0, "nobody is reminded of anything");
        let mails = [&self.plain, &self.other].map(|world| days::mails(&world.db, &home));
        found.mails += mails[0].len();
        found.compare(&format!("mails of world {}", self.seed), &mails[0], &mails[1]);
        let paths = news(&self.plain.hand, self.scene);
        for login in self.readers.iter().copied().filter(|login| !login.is_empty()) {
            let mut read = Vec::new();
            for world in [&self.plain, &self.other] {
                // Sessions have ended with the days.
                let cookie = world.hand.signed_in(login).await;
                let mut said = Vec::new();
                for path in &paths {
                    said.push(commands::said(&world.hand.get(path, &cookie).await));
                }
                read.push(said);
            }
            for (path, (a, b)) in paths.iter().zip(read[0].iter().zip(&read[1])) {
                found.read += 1;
                found.compare(&format!("world {} as {login:?}, at last: {path}", self.seed), a, b);
            }
        }
    }

    /// Every page of the portal is the same.
    async fn show_alike(&self, found: &mut Found) {
        let plain = portal::pages(&self.plain.app).await;
        let other = portal::pages(&self.other.app).await;
        found.pages += plain.len();
        found.compare(
            &format!("pages of world {}", self.seed),
            &plain.keys().collect::<Vec<_>>(),
            &other.keys().collect::<Vec<_>>(),
        );
        for (path, page) in &plain {
            found.compare(&format!("world {}: {path}", self.seed), page, &other[path]);
        }
    }
}
