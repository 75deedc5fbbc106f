//! The year by the command line, as scripts and people run it: needs are forwarded and screened, offices give their
//! opinions, a list is made of them, approved and published, and anybody reads it. `applying` goes on from there.

use crate::applying;
use crate::run::Person;
use crate::signs;
use crate::work::logged_in;
use ronghe_testkit::{TestApp, sqlite};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The need that the journey follows: of 燕柳中学, on measure 4.
const TITLE: &str = "初中生心理健康工作室结对共建";

/// The year's days, as the demonstration plans them.
const COLLECTING: &str = "2026-03-10T01:00:00Z";
const SCREENING: &str = "2026-03-28T01:00:00Z";
const SCREENED: &str = "2026-04-01T01:00:00Z";
const APPLYING: &str = "2026-04-16T01:00:00Z";
const CLOSED: &str = "2026-06-01T01:00:00Z";

/// A world and those who are logged in.
pub(crate) struct Cast {
    pub(crate) world: TestApp,
    people: RefCell<BTreeMap<String, Rc<Person>>>,
}

impl Cast {
    /// Somebody who logs in where they have not yet.
    pub(crate) fn person(&self, login: &str) -> Rc<Person> {
        let mut people = self.people.borrow_mut();
        let enter = || Rc::new(logged_in(&self.world, login));
        Rc::clone(people.entry(login.to_owned()).or_insert_with(enter))
    }

    /// Anybody: without a log-in.
    pub(crate) fn visitor(&self) -> Person {
        Person::new().with("RONGHE_SERVER", &self.world.server)
    }

    /// One stage of the year, at a time of its own: log-ins have ended by then.
    fn at<T>(&self, time: &str, stage: impl FnOnce() -> T) -> T {
        self.world.app.clock().set(time.parse().unwrap());
        self.people.borrow_mut().clear();
        tokio::task::block_in_place(stage)
    }
}

/// This field of every row.
pub(crate) fn each<'a>(rows: &'a Value, field: &str) -> Vec<&'a str> {
    rows.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_goes_on() {
    let world = TestApp::start_unhurried(sqlite().await).await;
    let cast = Cast { world, people: RefCell::default() };
    let need = cast.at(COLLECTING, || needs_are_forwarded(&cast));
    cast.at(SCREENING, || {
        the_cycle_goes_on_to_screening(&cast);
        offices_are_asked(&cast, &need);
        who_is_to_be_reminded_is_said(&cast);
        an_office_answers(&cast, &need);
    });
    cast.at(SCREENED, || {
        verdicts_are_given(&cast, &need);
        nobody_is_of_both(&cast);
        a_list_is_proposed(&cast, &need);
        it_is_approved(&cast);
        it_is_published(&cast);
        anybody_reads_it(&cast, &need);
    });
    applying::a_colleague_comes(&cast).await;
    cast.at(APPLYING, || {
        applying::the_cycle_goes_on(&cast);
        applying::a_question_is_answered(&cast, &need);
        let draft = applying::it_is_begun(&cast, &need);
        applying::it_is_written(&cast, &draft);
        applying::it_is_signed(&cast, &draft);
        applying::nobody_hears_of_it(&cast, &draft, &need);
    });
    cast.at(CLOSED, || applying::it_is_too_late(&cast));
    assert_eq!(cast.world.open_due().await, 1);
    cast.at(CLOSED, || {
        applying::it_is_returned(&cast);
        applying::it_is_corrected(&cast);
        applying::it_is_accepted(&cast);
        applying::the_unit_says_what_it_thinks(&cast);
        the_auditor_looks(&cast, &need);
        signs::english_is_narrow(&cast.person("zhangmin"), &need);
    });
}

/// A district forwards in one go what its schools have submitted; gives the number of the need that is followed.
fn needs_are_forwarded(cast: &Cast) -> String {
    let district = cast.person("liwenjing");
    let rows = district.json(&["need", "list", "--filter", "state=submitted", "--all"]);
    let numbers = each(&rows, "name");
    let found = rows.as_array().unwrap().iter().find(|row| row["title"] == TITLE).unwrap();
    let need = found["name"].as_str().unwrap().to_owned();
    district.refused(&["need", "show", "N2026-9999"], 1, "没有找到，或者你看不到");
    district.does(&[&["need", "forward"], numbers.as_slice()].concat());
    let school = cast.person("wanghaifeng");
    let shown = school.reads(&["need", "show", &need]);
    assert!(shown.contains(TITLE) && shown.contains("已报送"), "{shown}");
    need
}

fn the_cycle_goes_on_to_screening(cast: &Cast) {
    let lead = cast.person("zhangmin");
    let done = lead.does(&["cycle", "advance", "2026"]);
    assert!(done.out.contains("遴选需求"), "{done:?}");
    let tasks = lead.reads(&["task", "list"]);
    assert!(tasks.contains("遴选"), "{tasks}");
}

/// The offices of every need in screening are asked at once.
fn offices_are_asked(cast: &Cast, need: &str) {
    let lead = cast.person("zhangmin");
    let rows = lead.json(&["need", "screening", "--show", "open"]);
    let names: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["need"]["name"].as_str().unwrap()).collect();
    assert!(names.contains(&need) && names.len() > 2, "{names:?}");
    let list = lead.file("numbers.txt", names.join("\n").as_bytes());
    let asked = ["need", "ask", "--file", list.to_str().unwrap(), "--due", "2026-03-31 17:00"];
    let dry = lead.run(&[asked.as_slice(), &["--dry-run"]].concat());
    assert_eq!((dry.code, dry.err.contains("征求意见")), (0, true), "{dry:?}");
    let done = lead.does(&asked);
    assert!(done.out.contains("思想政治工作处"), "{done:?}");
}

/// What reminding would do: whom it would reach, and where it would be refused.
fn who_is_to_be_reminded_is_said(cast: &Cast) {
    let (lead, auditor) = (cast.person("zhangmin"), cast.person("heqing"));
    let dry = lead.run(&["need", "remind", "--office", "ideology", "--dry-run"]);
    let said = (dry.out.contains("思想政治工作处"), dry.err.contains("可催办 1 个单位"));
    assert_eq!((dry.code, said), (0, (true, true)), "{dry:?}");
    let owes_nothing = lead.run(&["need", "remind", "--office", "lixia", "--dry-run"]);
    assert_eq!(
        (owes_nothing.code, owes_nothing.err.contains("可催办 0 个单位")),
        (0, true),
        "{owes_nothing:?}"
    );
    lead.refused(&["need", "remind", "--office", "no-such", "--dry-run"], 1, "没有“no-such”");
    auditor.refused(&["need", "remind", "--dry-run"], 1, "催办由高校联络服务处在遴选期间办理");
}

/// An office finds what it is asked in its tasks, opposes with a reason only, and changes its mind.
fn an_office_answers(cast: &Cast, need: &str) {
    let office = cast.person("zhaolixin");
    let tasks = office.reads(&["task", "list"]);
    assert!(tasks.contains("意见"), "{tasks}");
    let open = office.csv(&["need", "opinions", "--show", "open", "--columns", "number"]);
    assert!(open.iter().any(|number| number == need), "{open:?}");
    office.refused(&["need", "opine", need, "--stance", "oppose", "--yes"], 1, "原因：未填");
    office.does(&["need", "opine", need, "--stance", "revise", "--reason", "指标宜分学期"]);
    office.does(&["need", "opine", need, "--stance", "support"]);
    let given = office.json(&["need", "opinions", "--show", "given"]);
    assert_eq!(given[0]["opinion"]["stance"], "support", "{given}");
    // Who was not asked has none to give.
    let other = cast.person("wanghaifeng");
    other.refused(&["need", "opine", need, "--stance", "support", "--yes"], 1, "这一步由别的单位办理");
}

/// One need and another are enlisted, the others declined for one reason; whose they are reads nothing of it.
fn verdicts_are_given(cast: &Cast, need: &str) {
    let lead = cast.person("zhangmin");
    let rows = lead.json(&["need", "screening", "--show", "open"]);
    let rows = rows.as_array().unwrap();
    let others: Vec<&str> =
        rows.iter().map(|row| row["need"]["name"].as_str().unwrap()).filter(|name| *name != need).collect();
    let (second, declined) = others.split_first().unwrap();
    lead.does(&["need", "enlist", need, second]);
    let file = lead.file("declined.txt", declined.join("\n").as_bytes());
    let decline = ["need", "decline", "--file", file.to_str().unwrap(), "--why"];
    lead.refused(&[decline.as_slice(), &["too_late", "--yes"]].concat(), 2, "too_vague");
    lead.does(&[decline.as_slice(), &["too_vague"]].concat());
    let decided = lead.csv(&["need", "screening", "--show", "decided", "--columns", "number,verdict"]);
    assert_eq!(decided.len(), 1 + rows.len(), "{decided:?}");
    assert!(decided.contains(&format!("{need},拟列入")), "{decided:?}");
    let school = cast.person("wanghaifeng");
    let shown = school.reads(&["need", "show", need]);
    assert!(shown.contains("遴选中") && !shown.contains("拟列入"), "{shown}");
}

/// Nobody has a place in both: who makes lists is of an office, and the leading group has none of its people there.
fn nobody_is_of_both(cast: &Cast) {
    let grant = ["account", "grant", "zhangmin", "--role", "lead_office", "--role", "leading_group", "--yes"];
    cast.person("wuxiao").refused(&grant, 1, "处室不设工作领导小组这一角色");
}

/// Who composes and proposes does not approve, and the leader waits for the deputy.
fn a_list_is_proposed(cast: &Cast, need: &str) {
    let lead = cast.person("zhangmin");
    lead.refused(&["need-list", "items", "2026", "v1"], 1, "没有找到，或者你看不到");
    lead.does(&["need-list", "compose", "2026", "--order", need]);
    let shown = lead.reads(&["need-list", "show", "2026"]);
    assert!(shown.contains(&format!("2026-001  {need}  {TITLE}")), "{shown}");
    lead.does(&["need-list", "propose", "2026"]);
    lead.refused(&["need-list", "approve", "2026", "--yes"], 1, "清单由高校联络服务处编制、领导小组审定");
    lead.refused(&["need-list", "publish", "2026", "--yes"], 1, "清单待审定，不能这样做");
    let leader = cast.person("chenjianguo");
    leader.refused(&["need-list", "approve", "2026", "--yes"], 1, "现在由分管领导审定");
    leader.refused(&["need-list", "propose", "2026", "--yes"], 1, "清单由高校联络服务处编制、领导小组审定");
}

/// The leading group reads the list, its findings and its hash, and agrees: the deputy, then the leader.
fn it_is_approved(cast: &Cast) {
    let mut hashes = Vec::new();
    for (login, after) in [("fangyun", "proposed"), ("chenjianguo", "approved")] {
        let person = cast.person(login);
        let tasks = person.reads(&["task", "list"]);
        assert!(tasks.contains("审定"), "{tasks}");
        let shown = person.json(&["need-list", "show", "2026"]);
        hashes.push(shown["hash"].as_str().unwrap().to_owned());
        let done = person.json(&["need-list", "approve", "2026", "--reason", "同意", "--yes"]);
        assert_eq!(done["state"], after, "{done}");
    }
    assert_eq!(hashes.first(), hashes.last(), "both agree to the same");
    // What is proposed is for the leading group alone.
    cast.visitor().refused(&["need-list", "show", "2026"], 1, "还没有需求清单");
}

fn it_is_published(cast: &Cast) {
    let lead = cast.person("zhangmin");
    let dry = lead.run(&["need-list", "publish", "2026", "--dry-run"]);
    assert_eq!((dry.code, dry.err.contains("可以")), (0, true), "{dry:?}");
    lead.does(&["need-list", "publish", "2026"]);
    lead.refused(&["need-list", "publish", "2026", "--yes"], 1, "先组成清单");
    let school = cast.person("wanghaifeng");
    let told = school.reads(&["message", "list"]);
    assert!(told.contains("列入"), "{told}");
}

/// Without a log-in: the list to read, as CSV and JSON, what the hash is of, and one need whole.
fn anybody_reads_it(cast: &Cast, need: &str) {
    let person = cast.visitor();
    let lists = person.csv(&["need-list", "list", "--columns", "year,version,state,count"]);
    assert_eq!(lists, ["year,version,state,count", "2026,v1,已发布,2"]);
    let table = person.csv(&["need-list", "items", "2026"]);
    assert_eq!(table[0], "number,need,title,unit,district,measures,budget");
    assert!(table[1].starts_with(&format!("2026-001,{need},{TITLE},")), "{table:?}");
    let rows = person.json(&["need-list", "items", "2026", "v1"]);
    assert_eq!(each(&rows, "number"), ["2026-001", "2026-002"]);
    let document = person.reads(&["need-list", "export", "2026", "v1"]);
    let hash = person.json(&["need-list", "show", "2026"])["hash"].as_str().unwrap().to_owned();
    assert_eq!(ronghe_domain::need_list::document::hash(&document), hash, "byte for byte");
    let shown = person.reads(&["need-list", "item", "2026-1"]);
    assert!(shown.contains(TITLE) && !shown.contains("0531"), "{shown}");
    assert_eq!(person.json(&["need-list", "item", need])["number"], "2026-001");
    person.refused(&["need-list", "item", "2026-999"], 1, "已发布的清单上没有“2026-999”");
    // Needs themselves are for who works on them.
    person.refused(&["need", "list"], 4, "未登录");
}

/// Everything that happened stands in the chain, which is whole.
fn the_auditor_looks(cast: &Cast, need: &str) {
    let auditor = cast.person("heqing");
    for (name, wanted) in [(need, "提意见"), ("2026/v1", "发布"), ("A2026-0001", "启封")] {
        let events = auditor.csv(&["audit", "list", "--search", name, "--columns", "action,name", "--all"]);
        assert!(events.iter().any(|row| row.contains(wanted)), "{name}: {events:?}");
    }
    let ran = auditor.run(&["audit", "verify"]);
    assert_eq!((ran.code, ran.err.ends_with("链完整\n")), (0, true), "{ran:?}");
    let lead = cast.person("zhangmin");
    lead.refused(&["audit", "list"], 1, "没有找到，或者你看不到");
}
