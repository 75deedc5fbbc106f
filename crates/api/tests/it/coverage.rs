//! Over all operations that change something: each leaves its events in the chain, or stands among the
//! exceptions with its reason.

use crate::proofs::application::opined::unit_of;
use crate::proofs::application::{PDF, applying, filled, opened, printed};
use base64::Engine;
use ronghe_client::{Client, ListMails, ListNeeds};
use ronghe_contract::account::{ActOnAccount, ActOnAccountRequest, AskForAccounts, ImportAccounts};
use ronghe_contract::application::{ActOnApplication, InviteMembers, StartApplication};
use ronghe_contract::cycle::ActOnCycle;
use ronghe_contract::export::AskExport;
use ronghe_contract::message::{ReadMessages, SetMailTemplate};
use ronghe_contract::need::{
    ActOnNeed, AskOpinions, ForwardNeeds, ImportNeeds, JudgeNeed, JudgeNeeds, RemindOffices, RemindUnits,
    StartNeed,
};
use ronghe_contract::need_list::ActOnNeedList;
use ronghe_contract::org::{ImportOrganisations, Reveal};
use ronghe_contract::policy::{ActOnPolicy, ImportPolicy};
use ronghe_contract::question::ActOnQuestion;
use ronghe_contract::session::{AcceptLink, ChangePassword, NewToken, SignIn};
use ronghe_contract::sign_off::ActOnSignOff;
use ronghe_domain::account::request::AccountRequestDraft;
use ronghe_domain::account::{AccountDraft, Scope};
use ronghe_domain::application::Duty;
use ronghe_domain::application::team::MemberDraft;
use ronghe_domain::audit::Via;
use ronghe_domain::cycle::{CycleDraft, Phase, PlanDraft};
use ronghe_domain::kernel::Role;
use ronghe_domain::message::Kind;
use ronghe_domain::message::choice::ChoiceDraft;
use ronghe_domain::message::reminder::ReminderDraft;
use ronghe_domain::message::template::{Language, Words};
use ronghe_domain::need::{NeedDraft, OpinionDraft, RankingDraft, Stage, Stance};
use ronghe_domain::need_list::ListDraft;
use ronghe_domain::org::{OrgDraft, OrgKind};
use ronghe_domain::profile::ProfileDraft;
use ronghe_domain::question::QuestionDraft;
use ronghe_domain::sign_off::{ChainDraft, Kind as SignOff, Paper, StepDraft};
use ronghe_domain::view::{List, ViewDraft};
use ronghe_testkit::{PASSWORD, TestApp};
use std::collections::BTreeSet;

/// What changes something and leaves no event; the list only shrinks.
const SILENT: &[(&str, &str)] = &[
    ("correct_policy", "a draft saves itself while it is typed; publication fixes it"),
    ("prove", "a session's own proof; what it is asked for leaves its event"),
    ("attach_to_application", "sealed, as its application is"),
    ("attach_file", "part of a draft; submission fixes it"),
    ("detach_from_application", "sealed, as its application is"),
    ("detach_file", "part of a draft; submission fixes it"),
    ("invite_members", "before its seal is opened an application stands outside the chain"),
    ("read_messages", "what one has read is nobody else's"),
    ("save_application", "a draft saves itself while it is typed; submission fixes it"),
    ("save_need", "a draft saves itself while it is typed; submission fixes it"),
    ("seal_application", "sealed, as its application is"),
    ("set_mail_choices", "which mails one gets is nobody else's"),
    ("start_application", "before its seal is opened an application stands outside the chain"),
    ("start_need", "drafts stay outside the chain; submission brings a need into it"),
    ("start_totp", "a seed that waits; switching the second factor on leaves its event"),
    ("verify_chain", "reads"),
];

const TEXT: &str = "某市教育局关于校园阅读的通知\n某教发〔2025〕7号\n一、建好书架。每班一角。（责任单位：基础教育处）\n某市教育局\n2025年2月20日";

/// Counts what each operation adds to the chain.
struct Counted<'a> {
    test: &'a TestApp,
    seen: BTreeSet<&'static str>,
}

impl Counted<'_> {
    async fn events(&self) -> i64 {
        let watcher = ronghe_app::Caller::system(Via::Console, "test");
        let checked = ronghe_app::audit::verify(&self.test.app, &watcher).await.unwrap();
        assert_eq!(checked.faults, []);
        checked.events
    }

    /// Carries an operation out; it adds one event, or none where it is silent.
    async fn adds<T, E: std::fmt::Debug>(
        &mut self,
        name: &'static str,
        call: impl Future<Output = Result<T, E>>,
    ) -> T {
        let expected = i64::from(!SILENT.iter().any(|(silent, _)| *silent == name));
        self.adds_each(name, expected, call).await
    }

    /// The same of an operation that adds one event for each record.
    async fn adds_each<T, E: std::fmt::Debug>(
        &mut self,
        name: &'static str,
        expected: i64,
        call: impl Future<Output = Result<T, E>>,
    ) -> T {
        let before = self.events().await;
        let done = call.await.unwrap();
        assert_eq!(self.events().await - before, expected, "{name}");
        self.seen.insert(name);
        done
    }
}

/// A table of one row.
fn table(cells: &[(&str, &str)]) -> String {
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (column, (head, cell)) in (0_u16..).zip(cells) {
        page.write(0, column, *head).unwrap();
        page.write(1, column, *cell).unwrap();
    }
    base64::engine::general_purpose::STANDARD.encode(book.save_to_buffer().unwrap())
}

#[tokio::test]
async fn every_change_leaves_its_event() {
    let test = TestApp::start().await;
    let mut counted = Counted { test: &test, seen: BTreeSet::new() };
    of_a_session(&test, &mut counted).await;
    of_documents(&test, &mut counted).await;
    of_administration(&test, &mut counted).await;
    of_cycles(&test, &mut counted).await;
    of_needs(&test, &mut counted).await;
    of_applications(&test, &mut counted).await;
    of_keeping(&test, &mut counted).await;

    let (_, document) = ronghe_api::router(test.app.clone());
    let document = serde_json::to_value(&document).unwrap();
    let mut changing = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for (method, operation) in item.as_object().unwrap() {
            if method != "get" {
                changing.insert(operation["operationId"].as_str().unwrap().to_owned());
            }
        }
    }
    let seen: BTreeSet<String> = counted.seen.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(changing, seen, "an operation that changes something is not counted here");
}

async fn of_a_session(test: &TestApp, counted: &mut Counted<'_>) {
    let body = SignIn { login: "wanghaifeng".into(), password: PASSWORD.into(), code: None };
    let (here, there) = (Client::new(&test.server), Client::new(&test.server));
    counted.adds("sign_in", here.sign_in(&body)).await;
    there.sign_in(&body).await.unwrap();
    let other = here.list_sessions().await.unwrap().into_iter().find(|row| !row.current).unwrap();
    counted.adds("end_session", here.end_session(&other.id)).await;
    counted.adds("prove", here.prove(PASSWORD)).await;
    let ask = NewToken { name: "夜间".into(), scopes: vec![Scope::Read], days: None };
    let made = counted.adds("make_token", here.make_token(&ask)).await;
    counted.adds("end_token", here.end_token(&made.row.id)).await;
    let new = "seven cranes over the lake";
    let change = ChangePassword { current: PASSWORD.into(), password: new.into() };
    counted.adds("change_password", here.change_password(&change)).await;
    let setup = counted.adds("start_totp", here.start_totp()).await;
    let secret = totp_rs::Secret::try_from_base32(&setup.secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let code = totp.generate(u64::try_from(test.app.now().as_second()).unwrap()).to_string();
    let recovery = counted.adds("confirm_totp", here.confirm_totp(&code)).await.codes;
    counted.adds("remove_totp", here.remove_totp(&recovery[0])).await;
    counted.adds("sign_out", here.sign_out()).await;
    counted.adds("enter_demo", here.enter_demo("linxiaozhou")).await;
}

async fn of_documents(test: &TestApp, counted: &mut Counted<'_>) {
    let lead = test.entered("zhangmin").await;
    let body = ImportPolicy { slug: Some("reading".into()), text: Some(TEXT.into()), file: None };
    let imported = counted.adds("import_policy", lead.import_policy(&body)).await;
    let draft = imported.import.unwrap().draft;
    let corrected =
        counted.adds("correct_policy", lead.correct_policy("reading", &imported.version, &draft)).await;
    let discard = ActOnPolicy::Discard;
    counted.adds("act_on_policy", lead.act_on_policy("reading", &corrected.version, &discard)).await;
}

async fn of_administration(test: &TestApp, counted: &mut Counted<'_>) {
    let admin = test.entered("wuxiao").await;
    let draft = AccountDraft {
        login: "newcomer".into(),
        name: "新来者".into(),
        org: "lixia".into(),
        roles: [Role::DistrictBureau].into(),
        ..AccountDraft::default()
    };
    let made = counted.adds("create_account", admin.create_account(&draft)).await;
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    let accept = AcceptLink { code, password: "nine cranes over the lake".into() };
    counted.adds("accept_link", test.client.accept_link(&accept)).await;
    let uni = test.entered("linxiaozhou").await;
    let wanted = AccountRequestDraft { name: "周远".into(), mail: "zhou@uni.example".into() };
    let asked = counted.adds("ask_for_account", uni.ask_for_account(&wanted)).await;
    let back = ActOnAccountRequest::TakeBack;
    let back = uni.act_on_account_request(&asked.id, &asked.version, &back);
    counted.adds("act_on_account_request", back).await;
    let two = ["li@uni.example", "wu@uni.example"];
    let people = two.map(|mail| AccountRequestDraft { name: "同事".into(), mail: mail.into() }).into();
    let two = AskForAccounts { people };
    counted.adds_each("ask_for_accounts", 2, uni.ask_for_accounts(&two)).await;
    let version = admin.show_account("newcomer").await.unwrap().version;
    counted.adds("act_on_account", admin.act_on_account("newcomer", &version, &ActOnAccount::Disable)).await;
    let file = table(&[("账号", "hanmei"), ("姓名", "韩梅"), ("单位", "lixia"), ("角色", "区县教体局")]);
    let import = ImportAccounts { file, preview: false };
    counted.adds("import_accounts", admin.import_accounts(&import)).await;
    let mut org = OrgDraft {
        slug: "hubin".into(),
        kind: Some(OrgKind::School),
        name: "湖滨小学".into(),
        parent: "lixia".into(),
        ..OrgDraft::default()
    };
    let made = counted.adds("create_organisation", admin.create_organisation(&org)).await;
    org.name = "湖滨实验小学".into();
    counted.adds("change_organisation", admin.change_organisation("hubin", &made.version, &org)).await;
    let told = admin.show_profile("sdua").await.unwrap();
    let profile = ProfileDraft {
        disciplines: vec!["音乐".into()],
        measures: vec![6],
        stages: vec![Stage::Primary],
        strengths: "合唱指挥".into(),
        ..ProfileDraft::default()
    };
    counted.adds("set_profile", admin.set_profile("sdua", &told.version, &profile)).await;
    let file = table(&[("地址名", "shunhe"), ("类别", "区县教体局"), ("全称", "顺河区教育局")]);
    let import = ImportOrganisations { file, preview: false };
    counted.adds("import_organisations", admin.import_organisations(&import)).await;
    let mail = admin.list_mails(&ListMails::default()).await.unwrap().items.remove(0);
    counted.adds("resend_mail", admin.resend_mail(mail.id)).await;
    let auditor = test.entered("heqing").await;
    counted.adds("verify_chain", auditor.verify_chain()).await;
}

/// What the lead office keeps for everybody, and each for themselves.
async fn of_keeping(test: &TestApp, counted: &mut Counted<'_>) {
    let lead = test.entered("zhangmin").await;
    let row = lead.list_reminders().await.unwrap().items.remove(0);
    let (event, unit, side) = (row.event, row.unit, row.side);
    let mut draft = ReminderDraft { cycle: String::new(), event, days: "7".into(), unit, side, active: true };
    counted.adds("add_reminder", lead.add_reminder(&draft)).await;
    draft.days = "8".into();
    counted.adds("set_reminder", lead.set_reminder(row.id, &row.version, &draft)).await;
    let words = Words { subject: "{what}".into(), body: "{link}".into() };
    let (which, words) = ((Kind::NeedReturned, Language::Zh), SetMailTemplate { words: Some(words) });
    counted.adds("set_mail_template", lead.set_mail_template(which, "\"v0\"", &words)).await;
    let choice = ChoiceDraft::default();
    counted.adds("set_mail_choices", lead.set_mail_choices("\"v0\"", &choice)).await;
    let view = ViewDraft {
        list: List::Needs,
        name: "遴选".into(),
        filters: [("state".into(), "screening".into())].into(),
        shared: true,
    };
    let saved = counted.adds("save_view", lead.save_view(&view)).await;
    counted.adds("change_view", lead.change_view(saved.id, &saved.version, &view)).await;
    counted.adds("delete_view", lead.delete_view(saved.id)).await;
    let asked = counted.adds("ask_export", lead.ask_export(&AskExport::default())).await;
    counted.adds("delete_export", lead.delete_export(asked.id)).await;
}

async fn of_cycles(test: &TestApp, counted: &mut Counted<'_>) {
    let lead = test.entered("zhangmin").await;
    let mut draft = CycleDraft {
        year: "2027".into(),
        title: "专项".into(),
        policy: "jinan-2023-24".into(),
        budget: "1".into(),
        opens: "2027-02-24 09:00".into(),
        units_end: "2027-03-20 17:00".into(),
        plan: vec![PlanDraft {
            phase: Phase::ScreeningNeeds,
            from: "2027-03-30".into(),
            to: "2027-04-10".into(),
        }],
        ..CycleDraft::default()
    };
    let made = counted.adds("create_cycle", lead.create_cycle(&draft)).await;
    draft.budget = "2".into();
    let changed = counted.adds("change_cycle", lead.change_cycle("2027", &made.version, &draft)).await;
    counted.adds("act_on_cycle", lead.act_on_cycle("2027", &changed.version, &ActOnCycle::Open)).await;
    counted.adds("rehearse_cycle", lead.rehearse_cycle("2027")).await;
}

async fn of_needs(test: &TestApp, counted: &mut Counted<'_>) {
    let school = test.entered("wanghaifeng").await;
    let begun = StartNeed { year: "2026".into(), ..StartNeed::default() };
    let begun = counted.adds("start_need", school.start_need(&begun)).await;
    counted.adds("save_need", school.save_need(&begun.row.name, &begun.version, &NeedDraft::default())).await;
    let pdf = b"%PDF-1.7\n%%EOF\n".to_vec().into();
    let file = counted.adds("attach_file", school.attach_file(&begun.row.name, "a.pdf", pdf)).await;
    counted.adds("detach_file", school.detach_file(&begun.row.name, file.id)).await;
    let table = table(&[("序号", "1"), ("标题", "书法社团")]);
    let import = ImportNeeds { file: table, ..ImportNeeds::default() };
    counted.adds("import_needs", school.import_needs(&import)).await;
    let until = ReadMessages { until: test.app.now() };
    counted.adds("read_messages", school.read_messages(&until)).await;
    let district = test.entered("liwenjing").await;
    let waiting = ListNeeds { state: "submitted".into(), ..ListNeeds::default() };
    let row = district.list_needs(&waiting).await.unwrap().items.remove(0);
    let one = ForwardNeeds { needs: vec![row.name.clone()], ..ForwardNeeds::default() };
    // The need, and the version of the summary by which it leaves.
    counted.adds_each("forward_needs", 2, district.forward_needs(&one)).await;
    of_leaving(test, counted).await;
    let lead = test.entered("zhangmin").await;
    let why = Reveal { reason: "核对经费预算".into() };
    counted.adds("reveal_need", lead.reveal_need(&row.name, &why)).await;
    counted.adds("reveal_organisation", lead.reveal_organisation("yanliu", &why)).await;
    let version = lead.show_need(&row.name).await.unwrap().version;
    let back = ActOnNeed::Return { corrections: vec![], remark: "改".into(), until: String::new() };
    counted.adds("act_on_need", lead.act_on_need(&row.name, &version, &back)).await;
    of_screening(test, counted).await;
}

/// What leaves a bureau: chain, order, summary, seal, reminder.
async fn of_leaving(test: &TestApp, counted: &mut Counted<'_>) {
    let (clerk, chief) = (test.entered("liwenjing").await, test.signed_in("renguangyi").await);
    let step =
        StepDraft { post: "分管局长".into(), signers: vec!["renguangyi".into()], ..StepDraft::default() };
    let chain = ChainDraft { steps: vec![step] };
    let new = "\"v0\"";
    counted.adds("set_chain", clerk.set_chain("lixia", SignOff::Need, new, &chain)).await;
    let begun = StartNeed { year: "2026".into(), draft: ronghe_testkit::need_draft() };
    let begun = clerk.start_need(&begun).await.unwrap();
    let name = begun.row.name.clone();
    let round = counted.adds("ask_sign_off", clerk.ask_sign_off(&name, &begun.version)).await;
    // The signature, and the need that leaves by it.
    let (id, sign) = (round.id.to_string(), ActOnSignOff::Sign { remark: String::new() });
    counted.adds_each("act_on_sign_off", 2, chief.act_on_sign_off(&id, &round.version, &sign)).await;
    counted.adds("rank_needs", clerk.rank_needs("2026", new, &RankingDraft::default())).await;
    let pdf = b"%PDF-1.7\n%%EOF\n".to_vec().into();
    counted.adds("add_seal", clerk.add_seal(SignOff::Need, &name, &round.code, "a.pdf", pdf)).await;
    let lead = test.entered("zhangmin").await;
    let paper = Paper { sheets: "2".into(), received: String::new() };
    counted.adds("note_paper", lead.note_paper(SignOff::Need, &name, &paper)).await;
    counted.adds("remind_units", clerk.remind_units("2026", &RemindUnits::default())).await;
    // A bureau that was imported just now has nothing.
    let (login, org, name) = ("duanqing".to_owned(), "shunhe".to_owned(), "段青".to_owned());
    let roles = [Role::DistrictBureau].into();
    let draft = AccountDraft { login, org, name, roles, ..AccountDraft::default() };
    let made = test.entered("wuxiao").await.create_account(&draft).await.unwrap();
    let code = made.link.unwrap().path.rsplit('/').next().unwrap().to_owned();
    test.client.accept_link(&AcceptLink { code, password: PASSWORD.into() }).await.unwrap();
    let empty = test.signed_in("duanqing").await;
    counted.adds("report_zero", empty.report_zero("2026")).await;
}

async fn of_applications(test: &TestApp, counted: &mut Counted<'_>) {
    let needs = applying(test).await;
    let uni = test.entered("linxiaozhou").await;
    let lead = test.entered("zhangmin").await;
    let question = QuestionDraft { question: "可以先到学校看场地吗？".into() };
    let asked = counted.adds("ask_question", uni.ask_question(&needs[0], &question)).await;
    let answer = ActOnQuestion::Answer { answer: "可以。".into() };
    counted.adds("act_on_question", lead.act_on_question(&asked.name, &asked.version, &answer)).await;
    let met = crate::proofs::meeting::draft(crate::proofs::meeting::closes(test).await, 48);
    let met = counted.adds("add_meeting", lead.add_meeting(&needs[0], &met)).await;
    let off = ronghe_contract::meeting::CallOffMeeting { reason: "改期".into() };
    counted.adds("call_off_meeting", lead.call_off_meeting(&met.name, &met.version, &off)).await;
    let start = StartApplication { need: needs[0].clone() };
    let begun = counted.adds("start_application", uni.start_application(&start)).await;
    let name = begun.row.name.clone();
    let draft = filled(&begun);
    let saved = counted.adds("save_application", uni.save_application(&name, &begun.version, &draft)).await;
    let (one, page) = (PDF.to_vec(), PDF.to_vec());
    let file =
        counted.adds("attach_to_application", uni.attach_to_application(&name, "a.pdf", one.into())).await;
    let gone = uni.detach_from_application(&name, file.file.id);
    counted.adds("detach_from_application", gone).await;
    counted
        .adds(
            "seal_application",
            uni.seal_application(&name, &printed(&uni, &name).await, "盖章页.pdf", page.into()),
        )
        .await;
    let lead = MemberDraft { login: "linxiaozhou".into(), duty: Duty::Lead, sections: vec![] };
    let team = InviteMembers { members: vec![lead], ..InviteMembers::default() };
    let invited = counted.adds("invite_members", uni.invite_members(&name, &saved.version, &team)).await;
    let submit = uni.act_on_application(&name, &invited.version, &ActOnApplication::Submit);
    counted.adds_each("act_on_application", 0, submit).await;
    let before = counted.events().await;
    opened(test).await;
    let added = counted.events().await - before;
    let lead = test.entered("zhangmin").await;
    let open = ListNeeds { state: "open".into(), ..ListNeeds::default() };
    let left = lead.list_needs(&open).await.unwrap();
    let said = 1 + i64::try_from(left.total).unwrap();
    assert_eq!(added, said, "the opening brings each into the chain, and leaves needs open");
    let unit = unit_of(test, &needs[1]).await;
    counted.adds("carry_need", unit.carry_need(&needs[1])).await;
    let version = lead.show_application("A2026-0001").await.unwrap().version;
    let accept = lead.act_on_application("A2026-0001", &version, &ActOnApplication::Accept);
    counted.adds("act_on_application", accept).await;
    let unit = unit_of(test, &needs[0]).await;
    let willing = ronghe_domain::application::OpinionDraft {
        stance: Some(ronghe_domain::application::Stance::Willing),
        reason: String::new(),
    };
    counted.adds("give_unit_opinion", unit.give_unit_opinion("A2026-0001", "\"v0\"", &willing)).await;
}

async fn of_screening(test: &TestApp, counted: &mut Counted<'_>) {
    let closes =
        test.entered("zhangmin").await.show_cycle("2026").await.unwrap().row.collecting.districts_end;
    test.app.clock().set(closes);
    let lead = test.entered("zhangmin").await;
    let version = lead.show_cycle("2026").await.unwrap().version;
    lead.act_on_cycle("2026", &version, &ActOnCycle::Advance).await.unwrap();
    let query = ListNeeds { state: "screening".into(), ..ListNeeds::default() };
    let names: Vec<String> =
        lead.list_needs(&query).await.unwrap().items.into_iter().map(|row| row.name).collect();
    let enlist = JudgeNeed::Enlist { remark: String::new() };
    counted.adds("judge_need", lead.judge_need(&names[0], "\"v0\"", &enlist)).await;
    let needs = vec![names[1].clone()];
    let many = JudgeNeeds { needs, verdict: enlist, dry_run: false, skip_refused: false };
    counted.adds("judge_needs", lead.judge_needs(&many)).await;
    of_opinions(test, counted, &lead).await;
    let needs = names[2..].to_vec();
    let rest = JudgeNeeds { needs, verdict: JudgeNeed::Enlist { remark: String::new() }, ..many };
    lead.judge_needs(&rest).await.unwrap();
    let draft = ListDraft::default();
    let list = counted.adds("compose_need_list", lead.compose_need_list("2026", "\"v0\"", &draft)).await;
    let propose = ActOnNeedList::Propose;
    counted.adds("act_on_need_list", lead.act_on_need_list("2026", "v1", &list.version, &propose)).await;
}

/// Each office that is asked or reminded has an event of its own.
async fn of_opinions(test: &TestApp, counted: &mut Counted<'_>, lead: &Client) {
    let office = test.entered("zhaolixin").await;
    let query = ListNeeds { state: "screening".into(), ..ListNeeds::default() };
    let name = office.list_needs(&query).await.unwrap().items.remove(0).name;
    let ask = AskOpinions { needs: vec![name.clone()], ..AskOpinions::default() };
    let dry = AskOpinions { dry_run: true, ..ask.clone() };
    let offices = lead.ask_opinions(&dry).await.unwrap().offices.len();
    let offices = i64::try_from(offices).unwrap();
    counted.adds_each("ask_opinions", offices, lead.ask_opinions(&ask)).await;
    counted.adds_each("remind_offices", offices, lead.remind_offices(&RemindOffices::default())).await;
    let support = OpinionDraft { stance: Some(Stance::Support), reason: String::new() };
    counted.adds("give_opinion", office.give_opinion(&name, "\"v2\"", &support)).await;
}
