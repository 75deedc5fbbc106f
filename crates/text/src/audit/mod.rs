//! The audit chain: what was done, to what, and where the chain does not hold.

mod value;

pub use value::event_value;

use crate::Lang;
use crate::format::instant;
use ronghe_domain::audit::failure::Failure;
use ronghe_domain::audit::{Action, Fault, Subject};
use serde_json::Value;

/// What was done.
#[must_use]
pub const fn event_action(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Create | Action::MakeToken => lang.pick("新建", "Made"),
        Action::Change => lang.pick("更改", "Changed"),
        Action::Import => lang.pick("导入", "Imported"),
        Action::Export => lang.pick("导出", "Exported"),
        Action::Correct => lang.pick("更正", "Corrected"),
        Action::Publish => lang.pick("发布", "Published"),
        Action::Discard | Action::Void => lang.pick("作废", "Voided"),
        Action::Renew => lang.pick("延续", "Renewed"),
        Action::Supersede => lang.pick("废止", "Superseded"),
        Action::Invite => lang.pick("邀请", "Invited"),
        Action::Reset => lang.pick("重设密码", "Password reset"),
        Action::Disable | Action::Enable | Action::Grant | Action::SetPost => of_accounts(lang, action),
        Action::Confirm => lang.pick("确认", "Confirmed"),
        Action::Reject => lang.pick("驳回", "Rejected"),
        Action::SignIn => lang.pick("登录", "Signed in"),
        Action::SignOut => lang.pick("退出", "Signed out"),
        Action::SetPassword => lang.pick("设密码", "Password set"),
        Action::SecondFactorOn => lang.pick("开启两步验证", "Second factor on"),
        Action::SecondFactorOff => lang.pick("关闭两步验证", "Second factor off"),
        Action::EndSession | Action::EndToken => lang.pick("收回", "Ended"),
        Action::Submit => lang.pick("提交", "Submitted"),
        Action::Forward => lang.pick("审核报送", "Forwarded"),
        Action::Return => lang.pick("退回", "Returned"),
        Action::Withdraw => lang.pick("撤回", "Withdrawn"),
        Action::Reveal => lang.pick("显示电话", "Telephone revealed"),
        Action::Screen => lang.pick("进入遴选", "Taken into screening"),
        Action::Unscreen => lang.pick("退出遴选", "Taken out of screening"),
        Action::Enlist => lang.pick("拟列入", "Meant to be listed"),
        Action::Decline => lang.pick("拟不列入", "Meant not to be listed"),
        Action::Merge => lang.pick("拟合并", "Meant to be merged"),
        Action::Reopen => lang.pick("撤销遴选意见", "Verdict taken back"),
        Action::Compose
        | Action::Propose
        | Action::Approve
        | Action::Minute
        | Action::List
        | Action::LeaveOut
        | Action::TakeUp
        | Action::LeaveOpen
        | Action::Carry => of_lists(lang, action),
        Action::Ask => lang.pick("提请", "Asked"),
        Action::Answer | Action::TakeBack | Action::CallOff => of_talks(lang, action),
        Action::Sign => lang.pick("签发", "Signed"),
        Action::Report => lang.pick("零报告", "Reported that there is nothing"),
        Action::Unseal => lang.pick("启封", "Seal opened"),
        Action::Accept => lang.pick("受理", "Accepted"),
        Action::Opine => lang.pick("提意见", "Opinion given"),
        Action::Remind => lang.pick("催办", "Reminded"),
        Action::Open => lang.pick("开始征集", "Opened"),
        Action::Advance | Action::Extend | Action::Back => of_phases(lang, action),
        Action::Revise => lang.pick("修改安排或规则", "Plan or rules changed"),
        Action::SetClock | Action::Finish => of_rehearsals(lang, action),
        Action::Resend | Action::Revert | Action::Delete => of_messages(lang, action),
        Action::CountFailures | Action::Bootstrap | Action::RotateKey | Action::Restore => {
            of_the_server(lang, action)
        }
    }
}

/// What the server did by itself, or was told on its console.
const fn of_the_server(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::CountFailures => lang.pick("汇总失败的尝试", "Failed attempts of an hour"),
        Action::Bootstrap => lang.pick("建首位管理员", "First administrator made"),
        Action::RotateKey => lang.pick("更换服务器密钥", "The server's key changed"),
        _ => lang.pick("从备份恢复", "Restored from a backup"),
    }
}

/// What was done to an account.
const fn of_accounts(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Disable => lang.pick("停用", "Disabled"),
        Action::Enable => lang.pick("启用", "Enabled"),
        Action::SetPost => lang.pick("变更职务", "Post changed"),
        // What is left of them: it has other roles.
        _ => lang.pick("调整角色", "Roles changed"),
    }
}

/// What was done to a rehearsal.
const fn of_rehearsals(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::SetClock => lang.pick("拨动演练时钟", "Clock of a rehearsal set"),
        _ => lang.pick("结束演练", "Rehearsal ended"),
    }
}

/// What was done to mails, their words and saved views.
const fn of_messages(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Resend => lang.pick("重发邮件", "Mail sent again"),
        Action::Revert => lang.pick("恢复默认", "Taken back to the standard"),
        _ => lang.pick("删除", "Deleted"),
    }
}

/// How a cycle was moved.
const fn of_phases(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Advance => lang.pick("进入下一阶段", "Moved on"),
        Action::Extend => lang.pick("延期", "Extended"),
        // What is left of them: it went back.
        _ => lang.pick("退回上一阶段", "Moved back"),
    }
}

/// What was done to a question or a meeting.
const fn of_talks(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Answer => lang.pick("答复", "Answered"),
        Action::TakeBack => lang.pick("撤下", "Taken back"),
        // What is left of them: a meeting was called off.
        _ => lang.pick("取消", "Called off"),
    }
}

/// What was done to a need list, and by it.
const fn of_lists(lang: Lang, action: Action) -> &'static str {
    match action {
        Action::Compose => lang.pick("组成清单", "List composed"),
        Action::Propose => lang.pick("提请审定", "Proposed"),
        Action::Approve => lang.pick("同意", "Approved"),
        Action::Minute => lang.pick("登记会议决定", "Decision of a meeting recorded"),
        Action::List => lang.pick("列入清单", "Listed"),
        Action::Carry => lang.pick("结转到下一周期", "Carried into the next cycle"),
        Action::LeaveOpen => lang.pick("暂无高校承接", "No university has applied"),
        Action::LeaveOut => lang.pick("未列入清单", "Left out of the list"),
        // What is left of them: another need takes it up.
        _ => lang.pick("并入另一条需求", "Taken up by another need"),
    }
}

/// What kind of record it was done to.
#[must_use]
pub const fn event_subject(lang: Lang, subject: Subject) -> &'static str {
    match subject {
        Subject::Organisation => lang.pick("单位", "Organisation"),
        Subject::Profile => lang.pick("高校画像", "University profile"),
        Subject::Group => lang.pick("单位组", "Group"),
        Subject::Account => lang.pick("账号", "Account"),
        Subject::AccountRequest => lang.pick("开户申请", "Request for an account"),
        Subject::Session => lang.pick("会话", "Session"),
        Subject::Token => lang.pick("令牌", "Token"),
        Subject::Policy => lang.pick("政策文件", "Policy"),
        Subject::Cycle => lang.pick("周期", "Cycle"),
        Subject::Need => lang.pick("需求", "Need"),
        Subject::Verdict => lang.pick("遴选意见", "Verdict"),
        Subject::Application => lang.pick("申报", "Application"),
        Subject::UnitOpinion => lang.pick("需求单位意见", "Opinion of the need's unit"),
        Subject::Opinion => lang.pick("责任单位意见", "Opinion"),
        Subject::NeedList => lang.pick("需求清单", "Need list"),
        Subject::Question => lang.pick("答疑", "Question"),
        Subject::Meeting => lang.pick("对接会", "Meeting"),
        Subject::Chain => lang.pick("签发步骤", "Sign-off chain"),
        Subject::SignOff => lang.pick("签发", "Sign-off"),
        Subject::Ranking => lang.pick("需求排序", "Order of needs"),
        Subject::Summary => lang.pick("汇总表", "Summary"),
        Subject::Seal => lang.pick("盖章页", "Sealed page"),
        Subject::Paper => lang.pick("纸质材料", "Copies on paper"),
        Subject::Mail => lang.pick("邮件", "Mail"),
        Subject::Reminder => lang.pick("提醒规则", "Reminder"),
        Subject::Template => lang.pick("邮件模板", "Words of a mail"),
        Subject::View => lang.pick("保存的视图", "Saved view"),
        Subject::Export => lang.pick("后台导出", "Export in the background"),
        Subject::Table => lang.pick("表格", "Table"),
        Subject::Door => lang.pick("登录入口", "The door"),
        Subject::Key => lang.pick("服务器密钥", "The server's key"),
        Subject::Backup => lang.pick("备份", "Backup"),
    }
}

/// What an event says of an act that changed nothing: why something was read, what failed how often.
#[must_use]
pub fn event_said(lang: Lang, action: Action, after: Option<&Value>) -> Option<String> {
    match action {
        Action::Reveal => {
            let reason = after?.get("reason")?.as_str()?;
            Some(format!("{}{reason}", lang.pick("原因：", "Reason: ")))
        }
        Action::CountFailures => {
            let sums = Failure::ALL.into_iter().filter_map(|kind| {
                let count = after?.get(kind.name())?.as_u64()?;
                Some(format!("{} {count}", failure(lang, kind)))
            });
            Some(sums.collect::<Vec<_>>().join(lang.pick("，", ", ")))
        }
        Action::Restore => {
            let last = after?.get("last")?.as_i64()?;
            let at = instant(lang, after?.get("last_at")?.as_str()?.parse().ok()?);
            Some(match lang {
                Lang::Zh => format!("第 {last} 条（{at}）以后到恢复时的变动已丢失"),
                Lang::En => format!("what happened after event {last} ({at}) until the restore is lost"),
            })
        }
        Action::Import | Action::Export => {
            let rows = after?.get("rows")?.as_u64()?;
            Some(match lang {
                Lang::Zh => format!("{rows} 行"),
                Lang::En if rows == 1 => "1 row".to_owned(),
                Lang::En => format!("{rows} rows"),
            })
        }
        _ => None,
    }
}

/// What failed at the door.
const fn failure(lang: Lang, failure: Failure) -> &'static str {
    match failure {
        Failure::SignIn => lang.pick("账号或密码不对", "wrong account or password"),
        Failure::SecondFactor => lang.pick("验证码不对", "wrong code"),
        Failure::TooSoon => lang.pick("试得太勤，没有受理", "tried too soon"),
        Failure::Link => lang.pick("链接无效", "link that does not hold"),
        Failure::Token => lang.pick("令牌无效", "token that does not hold"),
        Failure::CrossSite => lang.pick("别的网站发来的请求", "request from another site"),
    }
}

/// Where the chain does not hold.
#[must_use]
pub fn fault(lang: Lang, fault: &Fault) -> String {
    match (lang, fault) {
        (Lang::Zh, Fault::Gap { expected, found }) => format!("缺第 {expected} 条，其后是第 {found} 条"),
        (Lang::En, Fault::Gap { expected, found }) => {
            format!("event {expected} is missing: {found} follows")
        }
        (Lang::Zh, Fault::Broken { seq }) => format!("第 {seq} 条与前一条不相接"),
        (Lang::En, Fault::Broken { seq }) => format!("event {seq} does not name the one before it"),
        (Lang::Zh, Fault::Altered { seq }) => format!("第 {seq} 条被改过"),
        (Lang::En, Fault::Altered { seq }) => format!("event {seq} was altered"),
        (Lang::Zh, Fault::Time { seq }) => format!("第 {seq} 条早于前一条"),
        (Lang::En, Fault::Time { seq }) => format!("event {seq} is earlier than the one before it"),
        (Lang::Zh, Fault::Detail { seq }) => format!("第 {seq} 条旁的文字被改过"),
        (Lang::En, Fault::Detail { seq }) => format!("the words beside event {seq} were altered"),
        (Lang::Zh, Fault::Truncated { head, found }) => {
            format!("链到第 {found} 条为止，链头记为第 {head} 条")
        }
        (Lang::En, Fault::Truncated { head, found }) => {
            format!("the chain ends at {found}, its head says {head}")
        }
        (Lang::Zh, Fault::File { name, hash }) => format!("文件 {name}（{hash}）不在或被改过"),
        (Lang::En, Fault::File { name, hash }) => format!("file {name} ({hash}) is gone or was altered"),
        (Lang::Zh, Fault::SealedFile { id }) => format!("一个密封的文件（{id}）不在或被改过"),
        (Lang::En, Fault::SealedFile { id }) => format!("a sealed file ({id}) is gone or was altered"),
        (_, Fault::Record { seq, subject, record }) => {
            let subject = event_subject(lang, *subject);
            match lang {
                Lang::Zh => format!("{subject} {record} 与第 {seq} 条所记不符"),
                Lang::En => format!("{subject} {record} does not stand as event {seq} says"),
            }
        }
    }
}
