//! Names of fields, and what is wrong with one.

use crate::Lang;
use crate::format::yuan;
use ronghe_domain::kernel::{Fen, FieldProblem};

/// What is wrong with a field, and how to mend it.
#[must_use]
pub fn field_problem(lang: Lang, problem: &FieldProblem) -> String {
    match lang {
        Lang::Zh => zh(problem),
        Lang::En => en(problem),
    }
}

fn zh(problem: &FieldProblem) -> String {
    match problem {
        FieldProblem::Required => "未填".to_owned(),
        FieldProblem::TooLong { max, got } => format!("最多 {max} 字，现为 {got} 字"),
        FieldProblem::TooShort { min, got } => format!("至少 {min} 字，现为 {got} 字"),
        FieldProblem::NotADate { got } => format!("应为日期，如 2026-03-10，现为“{got}”"),
        FieldProblem::NotANumber { min, max, got } => format!("应为 {min}～{max} 的整数，现为“{got}”"),
        FieldProblem::NotAMinute { got } => format!("应为日期和时间，如 2026-03-10 17:00，现为“{got}”"),
        FieldProblem::NotAnAmount { got } => format!("应为以元为单位的金额，如 12500.00，现为“{got}”"),
        FieldProblem::NotAFigure { got } => format!("应为数字，最多两位小数，现为“{got}”"),
        FieldProblem::Before { other } => format!("不能早于{}", field_label(Lang::Zh, other)),
        FieldProblem::After { other } => format!("不能晚于{}", field_label(Lang::Zh, other)),
        FieldProblem::MoreThan { other } => format!("不能多于{}", field_label(Lang::Zh, other)),
        FieldProblem::NotTheSum { should, got } => format!("合计应为 {should}，现为 {got}"),
        FieldProblem::SameAs { other } => format!("不能与{}相同", field_label(Lang::Zh, other)),
        FieldProblem::NoneWith { other } => format!("本项和{}至少填一项", field_label(Lang::Zh, other)),
        FieldProblem::NotOpen => "退回时没有要求修改这一项".to_owned(),
        FieldProblem::Unknown { got, nearest } if nearest.is_empty() => format!("没有“{got}”"),
        FieldProblem::Unknown { got, nearest } => format!("没有“{got}”，相近的有：{}", nearest.join("、")),
        FieldProblem::Unchecked => "读得不确定，核对后确认".to_owned(),
        FieldProblem::Twice { got } => format!("“{got}”已经有了"),
        FieldProblem::BadCharacter { got } => format!("不能用“{got}”"),
        FieldProblem::WeakPassword => "密码太容易猜到，换一个更长的".to_owned(),
        FieldProblem::CommonPassword => "密码是常用的，或含有姓名、单位，换一个".to_owned(),
        FieldProblem::Unreadable => "文件不能读取".to_owned(),
        FieldProblem::Infected => "文件没有通过病毒扫描，换一个文件".to_owned(),
        FieldProblem::TooMany { max } => format!("最多 {max} 个，先删除一个"),
        FieldProblem::DoesNotFit { other } => format!("与{}不符", field_label(Lang::Zh, other)),
        FieldProblem::NotTheLines { total, lines } => off_lines(Lang::Zh, *total, *lines),
        FieldProblem::Missing { what } => format!("缺少“{what}”"),
        FieldProblem::Voided => "内容在打印之后改过，重新打印盖章后上传".to_owned(),
        FieldProblem::NoLead => "要有一个人牵头".to_owned(),
        FieldProblem::OthersPart => "这一部分由团队里别的人填写".to_owned(),
        FieldProblem::OneAtATime => "一次增加或去掉一位：先保存，再改下一位".to_owned(),
        FieldProblem::Bound => "不能关闭".to_owned(),
    }
}

fn en(problem: &FieldProblem) -> String {
    let of = |other: &str| field_label(Lang::En, other).to_lowercase();
    match problem {
        FieldProblem::Required => "Not filled in".to_owned(),
        FieldProblem::TooLong { max, got } => format!("At most {max} characters, now {got}"),
        FieldProblem::TooShort { min, got } => format!("At least {min} characters, now {got}"),
        FieldProblem::NotADate { got } => format!("Should be a date such as 2026-03-10, is “{got}”"),
        FieldProblem::NotANumber { min, max, got } => {
            format!("Should be a whole number from {min} to {max}, is “{got}”")
        }
        FieldProblem::NotAMinute { got } => {
            format!("Should be a day and time such as 2026-03-10 17:00, is “{got}”")
        }
        FieldProblem::NotAnAmount { got } => {
            format!("Should be an amount in yuan such as 12500.00, is “{got}”")
        }
        FieldProblem::NotAFigure { got } => {
            format!("Should be a number of at most two decimals, is “{got}”")
        }
        FieldProblem::After { other } => format!("Cannot be after the {}", of(other)),
        FieldProblem::NotTheSum { should, got } => format!("Add up to {got}, must be {should}"),
        FieldProblem::MoreThan { other } => format!("Cannot be more than the {}", of(other)),
        FieldProblem::SameAs { other } => format!("Cannot be the same as the {}", of(other)),
        FieldProblem::NoneWith { other } => format!("Give this or the {}", of(other)),
        FieldProblem::NotOpen => "The return does not ask to change this".to_owned(),
        FieldProblem::Before { other } => format!("Cannot be before the {}", of(other)),
        FieldProblem::Unknown { got, nearest } if nearest.is_empty() => format!("There is no “{got}”"),
        FieldProblem::Unknown { got, nearest } => {
            format!("There is no “{got}”; the nearest are {}", nearest.join(", "))
        }
        FieldProblem::Unchecked => "The reader was not sure: check and confirm it".to_owned(),
        FieldProblem::Twice { got } => format!("“{got}” is there already"),
        FieldProblem::BadCharacter { got } => format!("“{got}” cannot stand here"),
        FieldProblem::WeakPassword => "The password is easily guessed; take a longer one".to_owned(),
        FieldProblem::CommonPassword => {
            "The password is a common one, or holds your name or organisation; take another".to_owned()
        }
        FieldProblem::Unreadable => "The file cannot be read".to_owned(),
        FieldProblem::Infected => "The scanner found something in the file; take another".to_owned(),
        FieldProblem::TooMany { max } => format!("At most {max}; remove one first"),
        FieldProblem::DoesNotFit { other } => format!("Does not fit the {}", of(other)),
        FieldProblem::NotTheLines { total, lines } => off_lines(Lang::En, *total, *lines),
        FieldProblem::Missing { what } => format!("“{what}” is missing"),
        FieldProblem::Voided => "Changed since it was printed: print, seal and upload it anew".to_owned(),
        FieldProblem::NoLead => "Somebody has to lead".to_owned(),
        FieldProblem::OthersPart => "Somebody else of the team writes this part".to_owned(),
        FieldProblem::OneAtATime => "Add or remove one at a time: save, then the next".to_owned(),
        FieldProblem::Bound => "Cannot be switched off".to_owned(),
    }
}

/// By how much a total is off what its lines add up to.
fn off_lines(lang: Lang, total: Fen, lines: Fen) -> String {
    let (more, off) = (total > lines, yuan(lang, Fen((total.0 - lines.0).abs())));
    match (lang, more) {
        (Lang::Zh, true) => format!("比明细合计多 {off}，改其中一项"),
        (Lang::Zh, false) => format!("比明细合计少 {off}，改其中一项"),
        (Lang::En, true) => format!("{off} more than its lines add up to; change either"),
        (Lang::En, false) => format!("{off} less than its lines add up to; change either"),
    }
}

/// Where the cell of a table stands that a path speaks of (`E14.budget` is 14 行 E 列); nothing for fields that are
/// in no table.
#[must_use]
pub fn cell_place(lang: Lang, path: &str) -> Option<String> {
    let (cell, _) = path.split_once('.')?;
    let (sheet, cell) = cell.split_once('!').map_or((None, cell), |(sheet, cell)| (Some(sheet), cell));
    let row = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
    if row.is_empty() || !row.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let column = cell.strip_suffix(row).unwrap_or_default();
    let place = match (lang, column.is_empty()) {
        (Lang::Zh, true) => format!("{row} 行"),
        (Lang::Zh, false) => format!("{row} 行 {column} 列"),
        (Lang::En, true) => format!("row {row}"),
        (Lang::En, false) => format!("row {row}, column {column}"),
    };
    Some(match sheet {
        Some(sheet) => format!("{}{}{place}", field_label(lang, sheet), lang.pick(" ", ", ")),
        None => place,
    })
}

/// The name of a field, by the last part of its path (`draft.sections[0].title` is 标题).
#[must_use]
pub fn field_label(lang: Lang, path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    let name = last.split('[').next().unwrap_or(last);
    if let Some(label) = in_tables(lang, path, name) {
        return label.to_owned();
    }
    let label = match name {
        "from" if path.starts_with("criteria") => lang.pick("最低分", "Lowest score"),
        "indicators" if name == path => lang.pick("指标", "Indicators"),
        "text" if path.starts_with("eligibility") => lang.pick("参加条件", "Condition"),
        "text_en" => lang.pick("英文条件", "Condition in English"),
        "text" if path.starts_with("weights") => lang.pick("文字", "Texts"),
        "from" if path.starts_with("plan") => lang.pick("开始日期", "First day"),
        "title" => lang.pick("标题", "Title"),
        "doc_number" => lang.pick("文号", "Document number"),
        "issuer" => lang.pick("发文机关", "Issuing body"),
        "issue_date" => lang.pick("成文日期", "Issue date"),
        "recipients" => lang.pick("主送", "Recipients"),
        "copies" => lang.pick("抄送", "Copies"),
        "openness" => lang.pick("公开属性", "Openness"),
        "trial" => lang.pick("试行", "On trial"),
        "valid_years" => lang.pick("有效年数", "Years of validity"),
        "preamble" => lang.pick("导语", "Preamble"),
        "warnings" => lang.pick("留意事项", "Things to look at"),
        "effective_from" | "from" => lang.pick("施行日期", "In force from"),
        "effective_text" => lang.pick("施行与有效期的文字", "Words on validity"),
        "last_day" => lang.pick("有效至", "Valid until"),
        "sections" => lang.pick("分部分", "Sections"),
        "measures" => lang.pick("措施", "Measures"),
        "units" => lang.pick("责任单位", "Responsible units"),
        "target" => lang.pick("对应单位", "Organisation meant"),
        "name" => lang.pick("名称", "Name"),
        "head" => lang.pick("表头", "Head"),
        "name_en" => lang.pick("英文名称", "English name"),
        "date" => lang.pick("决定日期", "Day of the decision"),
        "number" => lang.pick("决定文号", "Number of the paper"),
        "paper" => lang.pick("决定文件", "Paper"),
        "text" | "file" => lang.pick("文件", "Document"),
        "login" | "account" => lang.pick("账号", "Account"),
        "password" => lang.pick("密码", "Password"),
        "current" => lang.pick("现在的密码", "Current password"),
        "code" => lang.pick("验证码", "Code"),
        "org" => lang.pick("单位", "Organisation"),
        "roles" => lang.pick("角色", "Roles"),
        "mail" => lang.pick("邮箱", "E-mail"),
        "post" => lang.pick("职务", "Post"),
        "post_now" => lang.pick("现任职务", "Present post"),
        "totp" => lang.pick("验证器", "Authenticator"),
        "days" => lang.pick("天数", "Days"),
        "scopes" => lang.pick("权限范围", "Scopes"),
        "expires" => lang.pick("有效期", "Expiry"),
        "slug" => lang.pick("地址名", "Name in addresses"),
        "kind" => lang.pick("类别", "Kind"),
        "parent" => lang.pick("上级单位", "Parent"),
        "aliases" => lang.pick("简称与别名", "Aliases"),
        "successor" => lang.pick("取代它的文件", "Successor"),
        other => minutes_field(lang, other).unwrap_or_else(|| org_field(lang, other)),
    };
    label.to_owned()
}

/// What is put on record of a meeting that decided.
fn minutes_field(lang: Lang, name: &str) -> Option<&'static str> {
    Some(match name {
        "present" => lang.pick("出席人员", "Present"),
        "countersigned" => lang.pick("会签", "Countersigned by"),
        "minutes_no" => lang.pick("纪要编号", "Number of the minutes"),
        _ => return None,
    })
}

/// Names of cells of tables, which are called otherwise elsewhere.
fn in_tables(lang: Lang, path: &str, name: &str) -> Option<&'static str> {
    Some(match name {
        "name" if path.starts_with("indicators") => lang.pick("指标名称", "Indicator"),
        "target" if path.starts_with("indicators") || path.starts_with("promises") => {
            lang.pick("目标值", "Target")
        }
        "due" if path.starts_with("deliverables") || path.starts_with("milestones") => {
            lang.pick("完成日期", "Day")
        }
        "title" if path.starts_with("team") => lang.pick("职务职称", "Title"),
        _ => return None,
    })
}

/// Names of fields of organisations and of what the audit chain shows.
fn org_field(lang: Lang, name: &str) -> &str {
    match name {
        "leading_group_seat" => lang.pick("领导小组位次", "Seat in the leading group"),
        "since" => lang.pick("成立日期", "Exists from"),
        "until" => lang.pick("截止日期", "Until"),
        "university" => lang.pick("高校信息", "University"),
        "place" => lang.pick("所在地", "Place"),
        "affiliation" => lang.pick("隶属", "Affiliation"),
        "disciplines" => lang.pick("学科", "Disciplines"),
        "strengths" => lang.pick("优势与资源", "Strengths and resources"),
        "university_kind" => lang.pick("高校类型", "Type"),
        "marks" => lang.pick("标签", "Marks"),
        "contacts" | "contact" => lang.pick("联系人", "Contacts"),
        "phone" => lang.pick("电话", "Telephone"),
        "sign_off" | "steps" => lang.pick("签发步骤", "Sign-off"),
        "document" => lang.pick("文种", "Kind of document"),
        "state" => lang.pick("状态", "State"),
        "second_factor" => lang.pick("两步验证", "Second factor"),
        "minutes" => lang.pick("会议决定", "Decision of the meeting"),
        "composers" => lang.pick("编制人", "Composed by"),
        "pending" => lang.pick("待确认", "Waits for a second hand"),
        "renewals" => lang.pick("延续", "Renewals"),
        "supersession" => lang.pick("废止", "Supersession"),
        other => cycle_field(lang, other),
    }
}

/// Names of fields of cycles and needs.
fn cycle_field(lang: Lang, name: &str) -> &str {
    match name {
        "year" => lang.pick("年度", "Year"),
        "policy" => lang.pick("依据的政策", "Policy"),
        "budget" => lang.pick("经费预算", "Budget"),
        "opens" => lang.pick("征集开始", "Opening"),
        "units_end" => lang.pick("学校提交截止", "Schools' end"),
        "districts_end" => lang.pick("区县报送截止", "Districts' end"),
        "screening_end" => lang.pick("遴选截止", "End of screening"),
        "latest" => lang.pick("最晚的截止时间", "Latest end"),
        "last_seat" => lang.pick("最后一席（组长）", "Last seat (the leader's)"),
        "clock" => lang.pick("演练时钟", "Clock of the rehearsal"),
        "shown" => lang.pick("演练时钟现在的时间", "What the clock of the rehearsal shows now"),
        "now" => lang.pick("现在", "Present"),
        "to" => lang.pick("结束日期", "Last day"),
        "phase" => lang.pick("阶段", "Phase"),
        "plan" => lang.pick("各阶段安排", "Plan"),
        "notice_days" => lang.pick("公示工作日", "Working days of notice"),
        "most_per_school" => lang.pick("每校上限", "Most for a school"),
        "most_per_district" => lang.pick("每区县上限", "Most for a district"),
        "eligibility" => lang.pick("参加条件", "Eligibility"),
        "end" => lang.pick("截止时间", "End"),
        "reason" => lang.pick("原因", "Reason"),
        "moves" => lang.pick("阶段变动", "Phases left"),
        "extensions" => lang.pick("延期", "Extensions"),
        "title_en" => lang.pick("英文标题", "English title"),
        "forms" => lang.pick("合作形式", "Forms of cooperation"),
        "other_form" => lang.pick("其他形式", "Other form"),
        "stages" => lang.pick("学段", "School stages"),
        "students" => lang.pick("受益学生", "Pupils who benefit"),
        "teachers" => lang.pick("受益教师", "Teachers who benefit"),
        "background" => lang.pick("背景", "Background"),
        "goals" => lang.pick("目标与内容", "Goals"),
        "benefit" => lang.pick("预期效益", "Expected benefit"),
        "indicators" => lang.pick("可衡量的指标", "Indicators"),
        "unit" => lang.pick("单位", "Unit"),
        "baseline" => lang.pick("现状值", "Baseline"),
        "discipline" => lang.pick("意向学科", "Wanted discipline"),
        "own" => lang.pick("其中学校自筹", "Own funds"),
        "period" => lang.pick("实施周期", "Period"),
        "contact_name" => lang.pick("联系人姓名", "Contact's name"),
        "contact_phone" => lang.pick("联系电话", "Contact's telephone"),
        "attachments" => lang.pick("附件", "Attachments"),
        "corrections" => lang.pick("需修改的内容", "Fields to correct"),
        "field" => lang.pick("项目", "Field"),
        "remark" => lang.pick("意见", "Remark"),
        "why" => lang.pick("理由", "Reason"),
        "no" => lang.pick("序号", "No."),
        "need" => lang.pick("需求序号", "Need's no."),
        "stance" => lang.pick("意见", "Opinion"),
        "due" => lang.pick("提意见截止", "Day of the opinion"),
        "into" => lang.pick("合并到", "Merge into"),
        "content" => lang.pick("内容", "Content"),
        "district" => lang.pick("区县教体局", "District bureau"),
        "returned" => lang.pick("退回", "Return"),
        "submitted_at" => lang.pick("提交时间", "Submitted"),
        "forwarded_at" => lang.pick("报送时间", "Forwarded"),
        other => part_field(lang, other),
    }
}

/// Of the parts of a cycle, and of the ends of its later phases.
fn part_field(lang: Lang, name: &str) -> &str {
    match name {
        "rules_of" => lang.pick("沿用规则的年度", "Year whose rules it takes"),
        "before" => lang.pick("原来", "Value before"),
        "selection" => lang.pick("择优规则", "Rules of the selection"),
        "rubric" => lang.pick("评审指标", "Rubric"),
        "frame" => lang.pick("绩效评估指标", "Frame of the evaluation"),
        "affinity" | "weights" => lang.pick("契合度权重", "Weights of affinity"),
        "weight" => lang.pick("权重", "Weight"),
        "levels" => lang.pick("分档", "Levels"),
        "words" => lang.pick("说明", "Meaning"),
        "rule" => lang.pick("评分办法", "How it is scored"),
        "least" => lang.pick("至少", "At least"),
        "of" => lang.pick("对象", "Of"),
        "university_most" => lang.pick("每所高校最多立项", "Most awards of a university"),
        "applications_most" => lang.pick("每所高校最多申报", "Most applications of a university"),
        "criteria" => lang.pick("评审指标的权重", "Weights of the criteria"),
        "applications_end" => lang.pick("高校申报截止", "End of applications"),
        "reviewing_end" => lang.pick("评审截止", "End of the reviews"),
        "selecting_end" => lang.pick("择优立项截止", "End of the selection"),
        "notice_end" => lang.pick("公示截止", "End of the public notice"),
        "implementing_end" => lang.pick("实施截止", "End of the projects"),
        "evaluating_end" => lang.pick("绩效评估截止", "End of the evaluation"),
        "subsidising_end" => lang.pick("经费补助截止", "End of the subsidies"),
        "signers" => lang.pick("可签发人", "Who may sign"),
        "when" => lang.pick("何时需要", "When it is asked"),
        "order" => lang.pick("排序", "Order"),
        "sheets" => lang.pick("需交份数", "Copies asked"),
        "received" => lang.pick("收到日期", "Received on"),
        "today" => lang.pick("今天", "Today"),
        "seal" => lang.pick("盖章扫描件（PDF、OFD 或图片）", "A sealed scan (PDF, OFD or a picture)"),
        "listed_needs" => lang.pick("所列需求", "Needs in it"),
        "signatures" => lang.pick("签名", "Signatures"),
        "hash" => lang.pick("版本哈希", "Hash of the version"),
        other => application_field(lang, other),
    }
}

/// Of applications.
fn application_field(lang: Lang, name: &str) -> &str {
    match name {
        "partners" => lang.pick("合作单位", "Partners"),
        "person_name" => lang.pick("负责人姓名", "Responsible person"),
        "person_title" => lang.pick("负责人职务职称", "Their title"),
        "person_phone" => lang.pick("负责人电话", "Their telephone"),
        "unsupported" => lang.pick("人才政策支持期声明", "Declaration on talent policies"),
        "team" => lang.pick("团队成员", "Team"),
        "task" => lang.pick("分工", "Task"),
        "work_plan" => lang.pick("实施方案", "Plan of the work"),
        "risk" => lang.pick("风险与应对", "Risks"),
        "deliverables" => lang.pick("合作成果", "Deliverables"),
        "form" => lang.pick("合作形式", "Form of cooperation"),
        "other" => lang.pick("其他形式", "Other form"),
        "count" => lang.pick("数量", "Count"),
        "milestones" => lang.pick("进度安排", "Milestones"),
        "what" => lang.pick("工作内容", "Work"),
        "promises" => lang.pick("指标承诺", "Indicators promised"),
        "indicator" => lang.pick("指标", "Indicator"),
        "how" => lang.pick("如何达到", "How it is reached"),
        "asked" => lang.pick("申请经费", "Asked of the programme"),
        "matched" => lang.pick("自筹与配套", "Own and matching funds"),
        "lines" => lang.pick("预算明细", "Budget lines"),
        "category" => lang.pick("科目", "Category"),
        "amount" => lang.pick("金额", "Amount"),
        "source" => lang.pick("来源", "Source"),
        "note" => lang.pick("用途", "What it is for"),
        "basis" => lang.pick("工作基础", "Basis"),
        "sealed_page" => lang.pick("盖章页", "Sealed page"),
        "pdf" => lang.pick("PDF 格式", "PDF"),
        "need" => lang.pick("需求", "Need"),
        "implementing_from" => lang.pick("实施开始日期", "First day of the projects"),
        "implementing_to" => lang.pick("实施结束日期", "Last day of the projects"),
        "submissions" => lang.pick("提交次数", "Times submitted"),
        "accepted_at" => lang.pick("受理时间", "Accepted"),
        "members" => lang.pick("成员", "Members"),
        "awaited" => lang.pick("待开户的成员", "Members without an account"),
        "duty" => lang.pick("职责", "Duty"),
        "section" => lang.pick("部分", "Section"),
        "flaw" => lang.pick("问题", "What is wrong"),
        "person" => lang.pick("负责人", "Responsible person"),
        other => question_field(lang, other),
    }
}

/// Of questions and answers.
fn question_field(lang: Lang, name: &str) -> &str {
    match name {
        "question" => lang.pick("提问", "Question"),
        "meeting" => lang.pick("对接会", "Meeting"),
        "start" => lang.pick("开始", "Begins"),
        "finish" => lang.pick("结束", "Ends"),
        "link" => lang.pick("线上链接", "Link"),
        "audience" => lang.pick("参加范围", "Who may come"),
        "called_off" => lang.pick("取消", "Called off"),
        "answer" => lang.pick("答复", "Answer"),
        "answers" => lang.pick("历次答复", "Answers"),
        "asked_at" => lang.pick("提问时间", "Asked"),
        "answer_due" => lang.pick("答复期限", "Answer due"),
        "ground" => lang.pick("撤下的原因", "Why it is taken back"),
        "taken_back" => lang.pick("撤下", "Taken back"),
        "mark" => lang.pick("提问人的密钥散列", "Keyed hash of the asker"),
        other => message_field(lang, other),
    }
}

/// Of reminders, the words of mails, and views.
fn message_field(lang: Lang, name: &str) -> &str {
    match name {
        "cycle" => lang.pick("周期", "Cycle"),
        "event" => lang.pick("事项", "What"),
        "side" => lang.pick("之前或之后", "Before or after"),
        "active" => lang.pick("启用", "In use"),
        "subject" => lang.pick("主题", "Subject"),
        "body" => lang.pick("正文", "Body"),
        "off" => lang.pick("不发邮件的消息", "Messages without mail"),
        "language" => lang.pick("邮件语言", "Language of mails"),
        "list" => lang.pick("列表", "List"),
        "filters" => lang.pick("筛选", "Filters"),
        "shared" => lang.pick("本单位共用", "Shared"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::cell_place;
    use crate::Lang;

    #[test]
    fn cells_are_told_from_other_fields() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(cell_place(Lang::Zh, path).as_deref(), expected, "{path}");
        };
        check("E14.parent", Some("14 行 E 列"));
        check("AA2.kind", Some("2 行 AA 列"));
        // A column that the table lacks is named by its row.
        check("1.name", Some("1 行"));
        check("indicators!D5.target", Some("指标 5 行 D 列"));
        check("name", None);
        check("sections[0].title", None);
        check("E14", None);
        let english = cell_place(Lang::En, "indicators!D5.target");
        assert_eq!(english.as_deref(), Some("Indicators, row 5, column D"));
    }
}
