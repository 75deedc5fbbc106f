//! Help of profiles of universities and of suggestions, in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("What a university offers to schools, in its own words", "高校画像：能为中小学做什么"),
    ("What a university says of itself", "查看一所高校的画像"),
    ("Write the profile of a university; what is left out is emptied", "填写高校画像；没有给出的内容会清空"),
    (
        "The profile as JSON: disciplines, measures, forms, stages, strengths; `-` for standard input",
        "JSON 内容：disciplines 学科，measures 措施，forms 形式，stages 学段，strengths 优势与资源；- 为标准输入",
    ),
    (
        "Listed needs that your university may answer, the best first, and why",
        "清单里可能适合本校的需求和理由，高的在前",
    ),
    (
        "Universities that may answer a listed need, the best first, and why",
        "可能适合一条需求的高校和理由，高的在前",
    ),
    (
        "Listed needs that no university is likely to answer, while universities can still apply",
        "可能无人申报的需求，申报截止以前",
    ),
];
