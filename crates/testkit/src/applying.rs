//! What tests of applications stand on: a year in which universities apply, applications that hold, and ones that
//! others do not see.

use crate::{TODAY, person};
use ronghe_app::application::{Act, Attach, attach, save, start};
use ronghe_app::files::Incoming;
use ronghe_app::need::{self, Bulk, Judgement};
use ronghe_app::{App, Caller, cycle, need_list};
use ronghe_domain::application::draft::{DeliverableDraft, MilestoneDraft};
use ronghe_domain::application::{Application, ApplicationDraft, Category, LineDraft, Source, State};
use ronghe_domain::cycle::{Cycle, CycleYear, Phase};
use ronghe_domain::kernel::{ApplicationId, Instant, Version};
use ronghe_domain::need::rules::Scope;
use ronghe_domain::need::verdict::VerdictDraft;
use ronghe_domain::need::{Action as Verdict, Name, State as NeedState};
use ronghe_domain::need_list::{ListDraft, NeedList};
use ronghe_domain::policy::forms::Form;
use ronghe_store::{Envelope, Error};

/// The year of the world, as it stands.
pub async fn this_year(app: &App) -> Cycle {
    let year = CycleYear::of(TODAY.year());
    ronghe_store::cycle::get(app.db().reader(), year).await.expect("the year of the world")
}

/// Moves the world's year on at `at`.
async fn advance(app: &App, at: Instant) {
    app.clock().set(at);
    let lead = person(app, "zhangmin").await;
    let cycle = this_year(app).await;
    let done = cycle::act(app, &lead, &cycle.name(), cycle::Act::Advance, cycle.version).await;
    done.expect("the next phase");
}

/// Brings the year to 高校申报, with every need that has arrived on its list, and the clock to its beginning; says
/// what the needs are called.
pub async fn accepting(app: &App) -> Vec<String> {
    let year = this_year(app).await;
    advance(app, year.content.collecting.districts_end).await;
    let lead = person(app, "zhangmin").await;
    let filter = need::Filter {
        cycle: Some(year.id),
        states: vec![NeedState::Screening],
        sort: need::Sort::Number,
        limit: 200,
        ..need::Filter::default()
    };
    let (rows, _) = need::list(app, &lead, &filter).await.expect("needs");
    let names: Vec<String> = rows.iter().map(|row| row.name().to_string()).collect();
    let bulk = Bulk { names: names.clone(), ..Bulk::default() };
    let verdict = Judgement { action: Verdict::Enlist, draft: VerdictDraft::default() };
    need::judge_all(app, &lead, &bulk, &verdict).await.expect("verdicts");
    publish(app, &lead, &year.name()).await;
    advance(app, year.content.closes(Phase::ScreeningNeeds).expect("a plan")).await;
    app.clock().set(year.content.opens(Phase::AcceptingApplications).expect("a plan"));
    names
}

/// Has the year's list composed, agreed to by both seats, and published.
async fn publish(app: &App, lead: &Caller, year: &str) {
    let made = need_list::compose(app, lead, year, &ListDraft::default(), NeedList::NONE).await;
    let mut seen = made.expect("a list").list.version;
    for (login, act) in [
        ("zhangmin", need_list::Act::Propose),
        ("fangyun", need_list::Act::Approve(String::new())),
        ("chenjianguo", need_list::Act::Approve(String::new())),
        ("zhangmin", need_list::Act::Publish),
    ] {
        let who = person(app, login).await;
        let done = need_list::act(app, &who, year, "v1", act, seen).await;
        seen = done.expect("a step of the list").list.version;
    }
}

/// An application for `need` that holds, its page sealed: it waits to be handed in.
pub async fn sealed_page(app: &App, who: &Caller, need: &str) -> Application {
    let begun = start(app, who, need).await.expect("an application").application;
    let name = begun.name().to_string();
    let saved = save(app, who, &name, &filled(begun.draft.clone()), begun.version).await;
    let saved = saved.expect("a draft").application;
    let mut file = Incoming::begin(app).await.expect("a file");
    file.take(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n").await.expect("bytes");
    let file = file.end().await.expect("a file that has arrived");
    let code = saved.draft.code();
    attach(app, who, &name, (Attach::SealedPage(&code), "盖章页.pdf"), file).await.expect("a sealed page");
    saved
}

/// Does something with an application as it was seen.
///
/// # Errors
/// What the use case says.
pub async fn act_on(
    app: &App,
    who: &Caller,
    application: &Application,
    act: Act,
) -> Result<Application, ronghe_app::Error> {
    let name = application.name().to_string();
    let done = ronghe_app::application::act(app, who, &name, act, application.version).await;
    done.map(|shown| shown.application)
}

/// A draft that holds, but for its sealed page.
#[must_use]
pub fn filled(begun: ApplicationDraft) -> ApplicationDraft {
    let mut promises = begun.promises.clone();
    for promise in &mut promises {
        promise.target = "60".into();
        promise.how = "每周两次驻校。".into();
    }
    let line = |category, source, amount: &str| LineDraft {
        category: Some(category),
        source: Some(source),
        amount: amount.into(),
        note: String::new(),
    };
    ApplicationDraft {
        title: "驻校心理支持".into(),
        person_name: "李静".into(),
        person_title: "教授".into(),
        person_phone: "0531-00000002".into(),
        unsupported: true,
        work_plan: "分三步。".into(),
        risk: "寒暑假。".into(),
        deliverables: vec![DeliverableDraft {
            form: Some(Form::Other),
            other: "驻校服务".into(),
            count: "1".into(),
            unit: "项".into(),
            due: "2026-12-20".into(),
        }],
        milestones: vec![MilestoneDraft { due: "2026-10-01".into(), what: "挂牌".into() }],
        benefit: "两周内都能面谈。".into(),
        asked: "65000".into(),
        matched: "20000".into(),
        lines: vec![
            line(Category::Consulting, Source::Programme, "65000"),
            line(Category::Labour, Source::Own, "20000"),
        ],
        basis: "已有两个基地。".into(),
        promises,
        ..begun
    }
}

/// Lies there as it is: none of those who ask opens it.
struct Bare;

impl Envelope for Bare {
    fn seal(&self, text: &str) -> Result<String, Error> {
        Ok(text.to_owned())
    }

    fn open(&self, sealed: &str) -> Result<String, Error> {
        Ok(sealed.to_owned())
    }
}

/// A draft of `university` for the need of this name, which nobody else sees; what it is called.
pub async fn hidden_application(app: &App, university: &str, need: &str) -> String {
    let db = app.db();
    let register = app.register().await.expect("the register");
    let university = register.directory.org_by_slug(university).expect("a university").id;
    let number = Name::parse(need).expect("a name of a need");
    let need =
        ronghe_store::need::get(db.reader(), &app.sealer(), &[Scope::All], number).await.expect("a need");
    let draft = Application {
        id: ApplicationId(uuid::Uuid::from_u128(77)),
        cycle: need.cycle,
        cycle_name: need.year.to_string(),
        seq: None,
        need: need.id,
        university,
        state: State::Draft,
        draft: ApplicationDraft::default(),
        content: None,
        submissions: 0,
        members: Vec::new(),
        awaited: Vec::new(),
        writers: Vec::new(),
        returned: None,
        changed_at: app.now(),
        submitted_at: None,
        opened_at: None,
        accepted_at: None,
        version: Version::FIRST,
    };
    let tx = db.begin().await.expect("a transaction");
    ronghe_store::application::insert(&tx, &Bare, &draft).await.expect("an application");
    tx.commit().await.expect("a commit");
    draft.name().to_string()
}
