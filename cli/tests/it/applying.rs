//! A university answers a listed need by the command line: its people write, one of them signs, nobody else hears of
//! it until the window has closed; then it is returned, corrected and accepted, and the need's unit says what it thinks.

use crate::run::Person;
use crate::year::{Cast, each};
use ronghe_contract::session::AcceptLink;
use ronghe_domain::application::ApplicationDraft;
use ronghe_testkit::{PASSWORD, filled};
use serde_json::Value;

const SCAN: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// An administrator makes an account for somebody of the university, who sets a password by the link.
pub(crate) async fn a_colleague_comes(cast: &Cast) {
    let path = tokio::task::block_in_place(|| {
        let create =
            ["account", "create", "xuyan", "--name", "徐岩", "--org", "sdnu", "--role", "university"];
        cast.person("wuxiao").does(&create).out
    });
    let code = path.trim().rsplit('/').next().unwrap().to_owned();
    cast.world.client.accept_link(&AcceptLink { code, password: PASSWORD.into() }).await.unwrap();
}

pub(crate) fn the_cycle_goes_on(cast: &Cast) {
    let lead = cast.person("zhangmin");
    let done = lead.does(&["cycle", "advance", "2026"]);
    assert!(done.out.contains("高校申报"), "{done:?}");
}

/// Asked by a university, answered by the need's unit, read by everybody who reads the need.
pub(crate) fn a_question_is_answered(cast: &Cast, need: &str) {
    let (university, school) = (cast.person("linxiaozhou"), cast.person("wanghaifeng"));
    school.refused(&["question", "ask", need, "--text", "可以吗？", "--yes"], 1, "高校");
    let ask = ["question", "ask", need, "--text", "驻校时间能否集中在秋季学期？", "--yes"];
    let asked = university.json(&ask);
    let name = asked["name"].as_str().unwrap();
    let waits = school.json(&["question", "list"]);
    assert_eq!(each(&waits, "name"), [name]);
    assert!(!waits.to_string().contains("山东师范大学"), "{waits}");
    school.does(&["question", "answer", name, "--text", "可以，寒假前完成即可。"]);
    let read = cast.person("qiyuanhang").csv(&["question", "list", need, "--columns", "state,answer"]);
    assert_eq!(read[1..], ["已答复,可以，寒假前完成即可。"]);
}

/// Who begins it leads it: sets who signs for the university, and gives a colleague a part.
pub(crate) fn it_is_begun(cast: &Cast, need: &str) -> String {
    let lead = cast.person("linxiaozhou");
    let listed = lead.json(&["need", "list", "--filter", "state=listed"]);
    assert!(each(&listed, "name").contains(&need), "{listed}");
    lead.does(&["sign-off", "set-chain", "sdnu", "application", "--step", "院系=minxuewen"]);
    let can = lead.run(&["application", "create", need, "--dry-run"]);
    assert_eq!((can.code, can.err.contains("可以申报")), (0, true), "{can:?}");
    let begun = lead.json(&["application", "create", need, "--yes"]);
    let draft = begun["name"].as_str().unwrap().to_owned();
    lead.refused(&["application", "create", need, "--yes"], 1, "已经");
    let colleagues = lead.csv(&["application", "colleagues", "--columns", "login"]);
    assert!(
        ["xuyan", "minxuewen"].iter().all(|login| colleagues.contains(&(*login).to_owned())),
        "{colleagues:?}"
    );
    let invite = ["application", "invite", &draft, "--member", "linxiaozhou=lead", "--member"];
    lead.refused(&[invite.as_slice(), &["xuyan=colour", "--yes"]].concat(), 2, "plan");
    lead.does(&[invite.as_slice(), &["xuyan=plan", "--member", "minxuewen=signatory"]].concat());
    draft
}

/// The draft as it stands, with what `change` makes of it.
fn edit(person: &Person, name: &str, change: impl FnOnce(&mut Value)) -> crate::run::Ran {
    let mut draft = person.json(&["application", "show", name])["draft"].clone();
    change(&mut draft);
    let file = person.file("application.json", draft.to_string().as_bytes());
    person.run(&["application", "edit", name, "--file", file.to_str().unwrap(), "--yes"])
}

/// A member writes the section that is theirs and no other, the lead the rest.
pub(crate) fn it_is_written(cast: &Cast, name: &str) {
    let member = cast.person("xuyan");
    let list = member.csv(&["application", "list", "--columns", "number,state"]);
    assert_eq!(list[1..], [format!("{name},草稿")]);
    let other = edit(&member, name, |draft| draft["title"] = "驻校支持".into());
    assert_eq!((other.code, other.err.contains("这一部分由团队里别的人填写")), (1, true), "{other:?}");
    let own = edit(&member, name, |draft| {
        draft["work_plan"] = "先调研，再驻校，最后移交。".into();
        draft["risk"] = "寒暑假改为线上。".into();
    });
    assert_eq!((own.code, own.err.contains("已保存")), (0, true), "{own:?}");

    let lead = cast.person("linxiaozhou");
    lead.refused(&["application", "submit", name, "--yes"], 1, "指标承诺 3 目标值：未填");
    let written = edit(&lead, name, |draft| {
        let begun: ApplicationDraft = serde_json::from_value(draft.clone()).unwrap();
        let (plan, risk) = (begun.work_plan.clone(), begun.risk.clone());
        let whole = ApplicationDraft { work_plan: plan, risk, ..filled(begun) };
        *draft = serde_json::to_value(whole).unwrap();
    });
    assert_eq!((written.code, written.err.contains("还有 1 处")), (0, true), "{written:?}");
    let shown = lead.reads(&["application", "show", name]);
    assert!(shown.contains("先调研，再驻校") && shown.contains("盖章页"), "{shown}");
    assert!(shown.contains("已声明，人工核对"), "{shown}");
    seal(&lead, name, "盖章页.pdf");
}

/// Adds the scan of the sealed page.
fn seal(person: &Person, name: &str, called: &str) {
    let scan = person.file(called, SCAN);
    let code = person.json(&["application", "show", name])["print_code"].as_str().unwrap().to_owned();
    let attach = ["application", "attach", name, scan.to_str().unwrap(), "--sealed-page"];
    let old = person.run(&[attach.as_slice(), &["7K3QZ0M9XAAB", "--yes"]].concat());
    assert_eq!((old.code, old.err.contains("重新打印")), (1, true), "{old:?}");
    person.does(&[attach.as_slice(), &[code.as_str()]].concat());
}

/// Who wrote in it does not sign; who signs hands it in, and its lead has the receipt.
pub(crate) fn it_is_signed(cast: &Cast, name: &str) {
    let lead = cast.person("linxiaozhou");
    let asked = lead.json(&["application", "submit", name, "--yes"]);
    assert_eq!(asked["state"], "signing", "{asked}");
    let signatory = cast.person("minxuewen");
    let tasks = signatory.reads(&["task", "list"]);
    assert!(tasks.contains("签发"), "{tasks}");
    sign(&lead, &signatory);
    let shown = lead.json(&["application", "show", name]);
    assert_eq!((&shown["state"], shown["receipt"]["n"].as_u64()), (&"submitted".into(), Some(1)), "{shown}");
    let read = lead.reads(&["application", "show", name]);
    assert!(read.contains("回执码"), "{read}");
}

/// The signatory signs the one round that runs; who prepared it cannot.
fn sign(lead: &Person, signatory: &Person) {
    let rounds = signatory.json(&["sign-off", "list", "--state", "signing"]);
    let ids = each(&rounds, "id");
    assert_eq!(ids.len(), 1, "{rounds}");
    lead.refused(&["sign-off", "sign", ids[0], "--yes"], 1, "经办");
    signatory.does(&["sign-off", "sign", ids[0], "--remark", "同意报送"]);
}

/// Before the opening nobody beyond the university finds it, nor reads a count that it makes.
pub(crate) fn nobody_hears_of_it(cast: &Cast, name: &str, need: &str) {
    for login in ["zhangmin", "heqing", "wanghaifeng", "qiyuanhang"] {
        let other = cast.person(login);
        other.refused(&["application", "show", name], 1, "没有找到，或者你看不到");
        let list = other.run(&["application", "list"]);
        assert_eq!((list.code, list.out.lines().count(), list.err.trim()), (0, 1, "✓ 0 条"), "{list:?}");
    }
    cast.visitor().refused(&["application", "list"], 4, "未登录");
    let lead = cast.person("zhangmin");
    let reached = lead.csv(&["cycle", "progress", "2026", "--columns", "phase,figure,count"]);
    let applying: Vec<&String> = reached.iter().filter(|row| row.starts_with("高校申报,")).collect();
    assert_eq!(applying, ["高校申报,待答复的提问,0"]);
    // Another university begins one for the same need, and lets it lie.
    let other = cast.person("qiyuanhang");
    other.does(&["application", "create", need]);
}

/// The window has closed: what was not handed in stays where it is.
pub(crate) fn it_is_too_late(cast: &Cast) {
    let late = cast.person("qiyuanhang");
    let rows = late.json(&["application", "list"]);
    let name = each(&rows, "name")[0].to_owned();
    late.refused(&["application", "submit", &name, "--yes"], 1, "截止");
}

/// The formal check: one section comes back, and everything else stays closed.
pub(crate) fn it_is_returned(cast: &Cast) {
    let lead = cast.person("zhangmin");
    let queue = lead.csv(&[
        "application",
        "list",
        "--filter",
        "state=formal_check",
        "--columns",
        "number,title,university",
    ]);
    assert_eq!(queue[1..], ["A2026-0001,驻校心理支持,山东师范大学"]);
    let back = ["application", "return", "A2026-0001", "--correct"];
    lead.refused(&[back.as_slice(), &["plan=对应目标", "--yes"]].concat(), 2, "SECTION:FLAW=REMARK");
    lead.does(&[back.as_slice(), &["plan:beside_need=对应需求的目标"]].concat());
}

/// The university reads what is wrong, corrects it, has it signed and hands it in anew.
pub(crate) fn it_is_corrected(cast: &Cast) {
    let name = "A2026-0001";
    let lead = cast.person("linxiaozhou");
    let tasks = lead.reads(&["task", "list"]);
    assert!(tasks.lines().any(|line| line.contains("补正") && line.contains(name)), "{tasks}");
    let shown = lead.reads(&["application", "show", name]);
    assert!(shown.contains("对应需求的目标"), "{shown}");
    let closed = edit(&lead, name, |draft| draft["benefit"] = "更多。".into());
    assert_eq!((closed.code, closed.err.contains("预期效益：")), (1, true), "{closed:?}");
    let mended = edit(&lead, name, |draft| draft["work_plan"] = "两周内面谈，逐项对应目标。".into());
    assert_eq!(mended.code, 0, "{mended:?}");
    seal(&lead, name, "补正后的盖章页.pdf");
    lead.does(&["application", "submit", name]);
    sign(&lead, &cast.person("minxuewen"));
    let versions = lead.csv(&["application", "versions", name, "--columns", "version,changed"]);
    assert!(versions.len() == 3 && versions.iter().any(|row| row.contains("盖章页")), "{versions:?}");
}

/// The lead office reads what changed, and accepts it.
pub(crate) fn it_is_accepted(cast: &Cast) {
    let name = "A2026-0001";
    let lead = cast.person("zhangmin");
    let changed = lead.reads(&["application", "diff", name, "1", "2"]);
    assert!(changed.contains("+ 两周内面谈，逐项对应目标。"), "{changed}");
    let done = lead.json(&["application", "accept", name, "--yes"]);
    assert_eq!(done["state"], "accepted", "{done}");
    lead.refused(&["application", "accept", name, "--yes"], 1, "申报已受理，不能这样做");
    let events = lead.csv(&["application", "events", name, "--columns", "who,action"]);
    assert!(events.iter().any(|row| row.starts_with("张敏,")), "{events:?}");
}

/// The need's unit reads what is offered, and says what it thinks; the university reads nothing of that.
pub(crate) fn the_unit_says_what_it_thinks(cast: &Cast) {
    let name = "A2026-0001";
    let school = cast.person("wanghaifeng");
    let tasks = school.reads(&["task", "list"]);
    assert!(tasks.lines().any(|line| line.contains("意见") && line.contains(name)), "{tasks}");
    let offered = school.reads(&["application", "show", name]);
    assert!(offered.contains("驻校心理支持") && !offered.contains("0531-00000002"), "{offered}");
    let opinion = ["application", "opinion", name, "--stance"];
    school.refused(&[opinion.as_slice(), &["to_discuss", "--yes"]].concat(), 1, "未填");
    let reason = "驻校时间要和课表对一对。";
    school.does(&[opinion.as_slice(), &["to_discuss", "--reason", reason]].concat());
    let read = cast.person("zhangmin").reads(&["application", "show", name]);
    assert!(read.contains(reason), "{read}");
    let university = cast.person("linxiaozhou").reads(&["application", "show", name]);
    assert!(!university.contains(reason), "{university}");
}
