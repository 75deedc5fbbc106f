//! Help of profiles of universities, in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("What a university offers to schools, in its own words", "高校画像：能为中小学做什么"),
    ("What a university says of itself", "查看一所高校的画像"),
    ("Write the profile of a university; what is left out is emptied", "填写高校画像；没有给出的内容会清空"),
    (
        "The profile as JSON: disciplines, measures, forms, stages, strengths; `-` for standard input",
        "JSON 内容：disciplines 学科，measures 措施，forms 形式，stages 学段，strengths 优势与资源；- 为标准输入",
    ),
];
