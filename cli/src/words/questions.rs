//! Help of questions and answers in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Questions on listed needs: ask, answer, correct, take back", "答疑：提问、答复、更正、撤下"),
    (
        "Questions on a need with their answers; without a need, those that wait for your answer",
        "一条需求的提问和答复；不给需求则列出等你答复的",
    ),
    ("Only what is overdue, of those that wait for your answer", "等你答复的里面只列逾期的"),
    ("One question with its answers, and what you can do with it", "查看一个提问和答复，以及可以做什么"),
    ("Its name, such as N2026-0137-Q3", "编号，如 N2026-0137-Q3"),
    (
        "Ask about a need of the published list: everybody reads it, nobody learns which university asks",
        "就清单上的需求提问：所有人都看得到，没有人知道是哪所高校",
    ),
    ("The text", "文字"),
    ("A file with the text; `-` for standard input", "文字所在的文件；- 为标准输入"),
    ("Answer a question, for everybody to read", "答复一个提问，所有人都看得到"),
    ("Put a better answer beside the one that was given", "更正答复，原来的留在旁边"),
    (
        "Take a question back: that it was asked stays to be seen, what it says does not",
        "撤下一个提问：有过提问仍看得到，内容不再公开",
    ),
    (
        "Why: `off_topic`, `personal_data`, `names_asker`, `improper`",
        "原因：off_topic 与需求无关，personal_data 含有个人信息，names_asker 透露了提问的高校，improper 用语不当",
    ),
];
