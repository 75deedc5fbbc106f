//! Help of need lists in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Need lists: compose, propose, approve, publish", "需求清单：组成、提请审定、审定、发布"),
    ("Versions of need lists, the newest first", "需求清单各版，新的在前"),
    ("One version whole, and what you can do with it", "查看一版清单，以及可以做什么"),
    ("Year of the cycle", "周期的年度"),
    (
        "Which version, such as v1; the one that is made, else the newest, where absent",
        "哪一版，如 v1；不给则为正在编制的，没有则为最新的",
    ),
    (
        "Which version, such as v2; the one that is made, else the newest, where absent",
        "哪一版，如 v2；不给则为正在编制的，没有则为最新的",
    ),
    ("The needs of a version, one a row", "一版清单上的需求，一行一条"),
    ("One need of a published list whole; nobody signs in for it", "查看已发布清单上的一条需求，不用登录"),
    (
        "Its number on the list, such as 2026-001, or its own, such as N2026-0137",
        "清单编号，如 2026-001，或需求编号，如 N2026-0137",
    ),
    ("Compose the version that is made from the verdicts as they are", "按现有的遴选意见组成清单"),
    (
        "Numbers of needs in the order wanted, separated by commas; the others follow by measure",
        "按想要的顺序给出需求编号，逗号分隔；其余按措施排在后面",
    ),
    (
        "A need that the version before left out: N2026-0137=why; can be given several times",
        "新增上一版没有列入的需求：N2026-0137=原因；可给多次",
    ),
    (
        "A need that the version before holds: N2026-0137=why; can be given several times",
        "移出上一版的需求：N2026-0137=原因；可给多次",
    ),
    ("Why there is a later version", "为什么出新版"),
    ("All of this as JSON instead; `-` for standard input", "改为用 JSON 给出全部内容；- 为标准输入"),
    ("Propose the version that is made to the leading group", "把正在编制的清单提请领导小组审定"),
    ("Approve the version that is made, for your seat of the leading group", "以你在领导小组的席位同意清单"),
    ("A remark", "附言"),
    ("Send the version that is made back to the liaison office", "把清单退回高校联络服务处修改"),
    ("What is to be changed", "要修改什么"),
    (
        "Put on record what the meeting that decides on the list has decided of the approved version",
        "登记决策会议对已审定一版的决定",
    ),
    ("The day of the meeting, such as 2026-03-10", "会议日期，如 2026-03-10"),
    ("Who was present", "出席人员"),
    ("Who countersigned", "会签"),
    ("Number of the minutes", "纪要编号"),
    ("Publish the version that is approved, for good", "发布已审定的清单，此后不能再改"),
    ("What a version changes against the one before, and why", "一版与上一版的不同和原因"),
    (
        "The document as it was proposed or published, of which the hash is: canonical JSON (RFC 8785)",
        "提请审定或发布的文件，哈希值由它算出：规范 JSON（RFC 8785）",
    ),
];
