//! Help of tables that are filled in, in Chinese.

/// Each English sentence beside its own.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("Make the accounts of an .xlsx table, all or none", "导入 .xlsx 表里的账号，全部或都不导入"),
    ("Write an empty .xlsx table for accounts", "写出账号的空表（.xlsx）"),
    ("Make the organisations of an .xlsx table, all or none", "导入 .xlsx 表里的单位，全部或都不导入"),
    ("Write an empty .xlsx table for organisations", "写出单位的空表（.xlsx）"),
    (
        "An empty need as JSON, to be filled in; with a file an empty .xlsx table for needs",
        "空白需求的 JSON，供填写；给出文件则写出需求的空表（.xlsx）",
    ),
    ("Where the table is written", "空表写到哪里"),
    (
        "Make the needs of an .xlsx table, all or none: drafts, which may have gaps",
        "导入 .xlsx 表里的需求，全部或都不导入；存为草稿，可以没有填全",
    ),
    ("The table, filled in; `-` for standard input", "填好的表；- 为标准输入"),
    ("Submit them at once", "导入后直接提交"),
    (
        "Save the needs that you may see, all of them, as .xlsx or .csv",
        "把你看得到的需求全部存为 .xlsx 或 .csv",
    ),
    ("Where they are written: its name ends in .xlsx or .csv", "写到哪里，文件名以 .xlsx 或 .csv 结尾"),
    ("Of more than 5,000 rows: wait until the server has made the file", "超过 5,000 行时，等服务器生成文件"),
    ("Lists that are taken out in the background", "后台导出的列表"),
    ("Files that you asked for", "你要导出的文件"),
    ("Save a file that is ready", "保存已生成的文件"),
    ("Its id, from `ronghe export list`", "标识，见 ronghe export list"),
    ("Wait until it is ready", "等到文件生成"),
    ("Take a file away; one that is not made yet is called off", "删除文件；还没有生成的，不再生成"),
    ("The table, filled in", "填好的表"),
    ("Where it is written", "写到哪里"),
];
