//! Help of applications in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Words in what you read of them, or a number", "读得到的内容里的词，或编号"),
    ("Applications: write, submit, withdraw, check", "申报：填写、提交、撤回、形式审查"),
    ("Applications that you may see, last changed first", "看得到的申报，最近改动的在前"),
    ("One application whole, and what you can do with it", "查看一项申报，以及可以做什么"),
    ("Its number, such as A2026-0031, or its draft's name", "编号，如 A2026-0031，或草稿名"),
    ("What happened to an application since its seal was opened", "申报启封以来的动态"),
    ("People of your university who can be given a part in an application", "本校可以分工的人"),
    ("What was submitted, each time", "历次提交的版本"),
    ("In what two versions differ, field by field", "逐项比较两个版本"),
    ("The earlier version", "较早的版本"),
    ("The later version", "较晚的版本"),
    ("Apply for a listed need: whoever begins the application leads it", "申报清单上的需求；新建的人牵头"),
    ("The need's number", "需求编号"),
    (
        "Put other content in place of what is written; `application show -o json` gives the draft",
        "覆盖填写的内容；application show -o json 给出草稿",
    ),
    ("The application as JSON; `-` for standard input", "申报的 JSON；- 为标准输入"),
    (
        "Say who has which part in an application; whoever is not named has none",
        "安排成员和分工；没有列出的不再参与",
    ),
    (
        "An account and its part: login=lead, login=signatory, login=plan,budget; can be given several times",
        "账号和分工：账号=lead 牵头，账号=signatory 签署，账号=plan,budget 填写这些部分；可给多次",
    ),
    (
        "Somebody without an account, for whom one is asked: name:mail=signatory, name:mail=plan,budget; can be given several times",
        "没有账号的人，会为其申请开户：姓名:邮箱=signatory 签署，姓名:邮箱=plan,budget 填写这些部分；可给多次",
    ),
    ("Add a file to an application that is being written", "给填写中的申报添加文件"),
    (
        "It is the sealed page, a PDF, in place of the one before, on which this code is printed",
        "这是盖章页（PDF），替换原来的；写上面印的版本码",
    ),
    ("Take a file away from an application that is being written", "从填写中的申报删除文件"),
    ("The file's identifier, from `application show -o json`", "文件标识，见 application show -o json"),
    ("Save a file of an application", "下载申报的文件"),
    ("Submit an application: it stays sealed until the window has closed", "提交申报；截止后启封，之前密封"),
    ("Take an application back to change it; it has to be submitted anew", "取回修改；改好要重新提交"),
    ("Its draft's name", "草稿名"),
    ("Withdraw an application, until the window closes", "撤回申报，截止之前都可以"),
    ("Accept an application: its formal check is passed", "受理：形式审查通过"),
    (
        "Say what your unit thinks of an application for its need, or say it anew",
        "对本单位需求的申报提意见，或另提意见",
    ),
    ("`willing`, `to_discuss` or `opposed`", "willing 愿意合作，to_discuss 需协商，opposed 不同意"),
    ("Why; needed unless you are willing", "理由；愿意合作时可以不写"),
    (
        "Return an application to be corrected; exactly the sections named are open",
        "退回补正；只打开列出的部分",
    ),
    (
        "A section, what is wrong and why: plan:incomplete=\"…\"; can be given several times",
        "部分、问题和意见：plan:incomplete=\"…\"；可给多次",
    ),
];
