//! Help of sign-off, summaries and what districts do, in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Sign-off: ask, sign, send back; chains and sealed pages", "签发：提请、签发、退回；签发步骤与盖章页"),
    ("What passes your organisation's chains, newest first", "本单位的签发，新的在前"),
    (
        "`signing`, `signed`, `sent_back`, `recalled`, `voided`; all where absent",
        "signing 签发中，signed 已签发，sent_back 已退回，recalled 已收回，voided 已作废；不给则为全部",
    ),
    ("One round: who has signed, whose turn it is", "查看一次签发：谁签了，轮到谁"),
    ("Its identifier, from `sign-off list`", "标识，见 sign-off list"),
    ("Ask for sign-off of a need; the last signature submits it", "提请签发需求；最后一步签发后自动提交"),
    ("Sign the step that is yours", "签发轮到你的一步"),
    ("Send back what waits for your signature", "退回待你签发的材料"),
    ("Why: who asked for it reads it", "原因，提请的人会看到"),
    ("Take back what you asked to be signed", "收回提请签发的材料"),
    (
        "The chains of an organisation, and what is proposed where none is set",
        "一个单位的签发步骤；没有设的给出建议",
    ),
    ("Its slug", "地址名"),
    (
        "Set the chain of an organisation; without a step what is prepared leaves at once",
        "设置签发步骤；不给步骤则不需签发",
    ),
    (
        "need, district_summary, application or report",
        "文种：need 需求，district_summary 汇总表，application 申报，report 报告",
    ),
    (
        "A post and who may sign for it: 校长=wangli,zhaomin; in their order",
        "职务和可签发的账号：校长=wangli,zhaomin；按先后给",
    ),
    (
        "What a record goes up with: version code, signatures, sealed scans, copies on paper",
        "盖章页：版本码、签发、盖章扫描件、纸质材料",
    ),
    ("Its number, or what it is called", "编号，或名称"),
    ("Add the sealed scan of a record as it stands now", "上传当前版本的盖章扫描件"),
    ("PDF, OFD or a picture, at most 50 MiB", "PDF、OFD 或图片，最大 50 MiB"),
    ("The version code that stands on the page: 7K3QZ-0M9XA", "盖章页上的版本码，如 7K3QZ-0M9XA"),
    ("Note how many copies on paper are asked for, and when they came", "登记纸质材料：需交份数、收到日期"),
    ("How many", "份数"),
    ("The day on which they came, such as 2026-03-10", "收到日期，如 2026-03-10"),
    ("Summaries that districts hand up", "区县汇总表"),
    (
        "Summaries of a cycle, newest first: a bureau sees its own, the liaison office what has gone up",
        "周期的汇总表，新的在前：区县看本区县的，高校联络服务处看已报送的",
    ),
    ("One summary whole, with its version code", "查看一份汇总表和版本码"),
    ("What it is called, such as 2026-lixia-v3", "名称，如 2026-lixia-v3"),
    ("Report that your district has no need", "零报告：本区县没有需求"),
    (
        "Put your district's needs in order, the most urgent first; shows the order where none is given",
        "给本区县的需求排序，最急的在前；不给编号则显示现在的排序",
    ),
    ("Numbers, the first one first; those left out come behind", "编号，按先后；没有给的排在后面"),
    ("Remind units that have not filed; none twice a day", "催报没有报送的单位；同一天不催两次"),
    ("Slugs of units; all that have not filed where absent", "单位的地址名；不给则为所有未报的"),
];
