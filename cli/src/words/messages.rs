//! Help of reminders, mails and views in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Rows by which people are reminded, for the liaison office", "提醒规则（高校联络服务处）"),
    ("The rows by which people are reminded", "列出提醒规则"),
    ("Remind of something by so many days", "新增提醒：提前或推后多少天"),
    (
        "filing_ends, forwarding_ends, return_due, opinions_due, answers_due, applications_end, correction_due, list_waits or signature_waits",
        "filing_ends 填报截止、forwarding_ends 报送截止、return_due 退回修改期限、opinions_due 意见期限、answers_due 答复期限、applications_end 申报截止、correction_due 补正期限、list_waits 清单待审定、signature_waits 材料待签发",
    ),
    ("By how many days", "多少天"),
    ("working_days or days", "working_days 工作日或 days 自然日"),
    ("before or after", "before 之前或 after 之后"),
    ("Year of the cycle; every cycle where absent", "周期的年度；不给则为各周期"),
    ("Change a row: what is not given stays", "修改一条提醒；没有给出的不变"),
    ("Follow it, or no longer: true or false", "是否启用：true 或 false"),
    (
        "Which messages also come to you by mail; changes it where something is given",
        "哪些消息也发邮件；给出选项则修改",
    ),
    ("Kinds without mail, separated by commas", "不发邮件的消息，逗号分隔"),
    ("Kinds with mail again, separated by commas", "恢复发邮件的消息，逗号分隔"),
    ("Language of mails: zh or en", "邮件的语言：zh 或 en"),
    (
        "How much mail of each kind waits, was sent or failed, for the liaison office",
        "各类邮件待发送、已发送、未送出多少（高校联络服务处）",
    ),
    ("The words of every kind of mail", "各类邮件的文字"),
    ("The words of a kind of mail, and an example", "一类邮件的文字和示例"),
    (
        "Set the words of a kind of mail, for the liaison office; `--dry-run` shows an example",
        "设置一类邮件的文字（高校联络服务处）；--dry-run 显示示例",
    ),
    ("The subject, such as \"{what} {number}\"", "主题，如 \"{what} {number}\""),
    ("The body, which holds {link}; `\\n` begins a new line", "正文，要有 {link}；\\n 换行"),
    ("Take the words again that came with the system", "恢复系统默认的文字"),
    ("The kind of mail, such as need_returned", "邮件的类别，如 need_returned"),
    ("zh or en", "zh 中文或 en 英文"),
    ("Saved views of lists", "保存的视图"),
    ("Views that you see: your own, and those that your organisation shares", "你的视图和本单位共用的视图"),
    (
        "needs, applications or accounts; all where absent",
        "needs 需求、applications 申报或 accounts 账号；不给则为全部",
    ),
    ("needs, applications or accounts", "needs 需求、applications 申报或 accounts 账号"),
    (
        "Save filters of a list under a name; one of yours that has it is changed",
        "把列表的筛选存为视图；同名的予以修改",
    ),
    ("What it is called", "名称"),
    ("Everyone of your organisation sees it", "本单位的人都能用"),
    ("Take a view away", "删除视图"),
    (
        "Through the saved view of this name; filters that are given come before its own",
        "用这个名称的视图筛选；另给的筛选优先",
    ),
];
