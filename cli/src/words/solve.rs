//! Help of what is solved offline, in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    (
        "What decisions are supported by, calculated from a file, offline",
        "辅助决策的计算，读文件，不连服务器",
    ),
    (
        "Texts that are alike, pair by pair, with the passages that they have in common",
        "找出相近的文字，逐对列出，并指出相同的段落",
    ),
    (
        "How well each offer answers each need or application, with every share and its reasons",
        "每项供给与每条需求或申报的契合度，列出各部分得分和理由",
    ),
    ("The problem as JSON; `-` for standard input", "问题的 JSON；- 为标准输入"),
];
