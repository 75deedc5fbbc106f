//! Help of tables that are filled in, in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Make the accounts of an .xlsx table, all or none", "导入 .xlsx 表里的账号，全部或都不导入"),
    ("Write an empty .xlsx table for accounts", "写出账号的空表（.xlsx）"),
    ("Make the organisations of an .xlsx table, all or none", "导入 .xlsx 表里的单位，全部或都不导入"),
    ("Write an empty .xlsx table for organisations", "写出单位的空表（.xlsx）"),
    ("The table, filled in", "填好的表"),
    ("Where it is written", "写到哪里"),
];
