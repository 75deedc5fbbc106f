//! Help in Chinese: each English sentence beside its own.

use clap::{Arg, ArgAction, Command};

/// What stands above the help.
pub(crate) const EXAMPLES: &str = "\
示例：
  ronghe policy parse notice.docx -o json     离线读取文件
  ronghe policy list                          登记册里的文件
  ronghe measure list --office basic-education
  ronghe measure show 4
  ronghe office list -o csv > offices.csv
  ronghe login --token-file token.txt
  ronghe policy publish jinan-2023-24 --dry-run
  ronghe task list
  ronghe need list --filter state=submitted
  ronghe need forward N2026-0150 N2026-0151 --dry-run
  ronghe solve likeness --input texts.json -o json   找出相近的文字，离线
";

/// The order of clap's own help.
const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Sentences of help.
const SENTENCES: &[(&str, &str)] = &[
    (
        "The command line of a city's university–school cooperation programme",
        "融合的命令行：查登记册，读文件，管账号",
    ),
    ("The server's address", "服务器地址"),
    ("The part of config.toml to follow", "用 config.toml 里的哪一段"),
    ("How the answer is written", "输出格式"),
    ("Columns to show, separated by commas", "显示哪些列，逗号分隔"),
    (
        "Language of words and headings; that of the environment where absent",
        "文字和表头的语言；不给则随环境",
    ),
    ("Colours: auto, always or never", "颜色：auto、always 或 never"),
    ("Say only what was asked for", "只输出所要的内容"),
    ("Say also why and under which request number", "同时说明原因和请求号"),
    ("Never ask", "从不询问"),
    (
        "Policy documents: read, list, show, import, publish, renew",
        "政策文件：读取、列出、查看、导入、发布、延续",
    ),
    ("Measures of a document", "文件的措施"),
    (
        "Offices, institutions, district bureaus: what each is responsible for",
        "处室、直属单位、区县教体局：各自负责什么",
    ),
    ("Organisations of every kind", "各类单位"),
    ("Wordings that stand for several organisations", "代表多个单位的写法"),
    ("Accounts, for system administrators", "账号（系统管理员）"),
    ("Show whom to call with the telephones whole; the reason is kept", "显示完整的联系电话；原因会记录"),
    ("Why you need them: it stands in the audit chain", "为什么要看：写进审计记录"),
    ("Make an organisation, for system administrators", "新建单位（系统管理员）"),
    ("Change an organisation, for system administrators", "修改单位（系统管理员）"),
    ("The organisation as JSON; `-` for standard input", "JSON 内容；- 为标准输入"),
    ("Your access tokens", "自己的令牌"),
    ("The audit chain, for auditors", "审计链（监督人员）"),
    ("Keep an access token for this server", "保存本服务器的令牌"),
    ("Forget the access token of this server", "删除本服务器的令牌"),
    ("Who you are to the server", "当前是谁"),
    ("Check configuration, server and token", "检查配置、服务器和令牌"),
    ("Write a shell's completion to standard output", "输出 shell 的补全脚本"),
    ("bash, zsh, fish, elvish or powershell", "bash、zsh、fish、elvish 或 powershell"),
    (
        "Read a document offline: text or .docx, `-` for standard input",
        "离线读取文件：文本或 .docx，- 为标准输入",
    ),
    ("The documents of the register", "登记册里的文件"),
    ("Words in title, number or issuer", "标题、文号或发文机关里的文字"),
    (
        "upcoming, in_force, expired or superseded",
        "upcoming 未生效、in_force 现行有效、expired 已失效、superseded 已废止",
    ),
    ("One document whole, and what you can do with it", "一份文件的全部内容，和可做的事"),
    ("Its name in addresses, such as jinan-2023-24", "地址名，如 jinan-2023-24"),
    ("Measures × offices of a document", "措施与单位对照表"),
    ("Its name in addresses", "地址名"),
    ("What happened to a document", "文件的动态"),
    ("Import a document into the register, to be checked", "导入文件，待核对"),
    ("Text or .docx; `-` for standard input", "文本或 .docx；- 为标准输入"),
    ("Name in addresses; made from the document number where absent", "地址名；不给则取自文号"),
    ("What has to be checked before an imported document can be published", "发布前还要核对什么"),
    (
        "Put a corrected draft in place of what was read; `policy check -o json` gives the draft",
        "用更正后的内容替换读出的内容；policy check -o json 输出该内容",
    ),
    ("The draft as JSON; `-` for standard input", "JSON 内容；- 为标准输入"),
    ("Publish a checked document", "发布核对过的文件"),
    ("Give up an imported document", "放弃导入的文件"),
    ("Record a decision to keep a document in force", "登记延续文件的决定"),
    ("First day of the new term, such as 2026-01-26", "新有效期的第一天，如 2026-01-26"),
    ("Last day of the new term; without end where absent", "新有效期的最后一天；不给则不设期限"),
    ("Record a decision that ends a document", "登记废止文件的决定"),
    ("First day on which it no longer holds", "不再有效的第一天"),
    ("Name in addresses of the document that takes its place", "取代它的文件的地址名"),
    ("Day of the decision, such as 2026-01-14", "决定日期，如 2026-01-14"),
    ("Number of the paper", "决定文号"),
    ("What the paper is called", "决定文件的名称"),
    ("Only say whether it can be done now", "只说明现在能否办理"),
    ("Do not ask", "不再询问"),
    ("Only rows like this: name=value; can be given several times", "按 名=值 筛选，可给多次"),
    ("At most so many rows", "最多多少条"),
    ("All rows", "全部"),
    ("The measures of a document", "一份文件的措施"),
    ("The document's name in addresses; the one in force where absent", "文件的地址名；不给则用现行有效的"),
    ("Name in addresses of an office that is responsible", "责任单位的地址名"),
    ("Words in title or text", "标题或正文里的文字"),
    ("One measure whole", "一条措施的全部内容"),
    ("Its running number", "全文序号"),
    (
        "Offices, institutions and district bureaus, or organisations of other kinds",
        "处室、直属单位和区县教体局，或其他类别的单位",
    ),
    (
        "Kinds, separated by commas: bureau, office, institution, district, municipal_school, school, university",
        "类别，逗号分隔：bureau、office、institution、district、municipal_school、school、university",
    ),
    ("Words in one of its names", "名称或简称里的文字"),
    ("One office, and the measures that name it", "一个单位，和点名它的措施"),
    ("Its name in addresses, such as basic-education", "地址名，如 basic-education"),
    ("The leading group and its members", "工作领导小组及成员单位"),
    ("Organisations in the order of their kinds", "按类别列出单位"),
    ("One organisation, and the measures that name it", "一个单位，和点名它的措施"),
    ("Every such wording, and how many it stands for today", "这些写法，和今天各代表多少单位"),
    ("Whom a wording stands for today", "一个写法今天代表哪些单位"),
    ("Its name in addresses, or the wording itself", "地址名，或写法本身"),
    ("Accounts in the order of their sign-in names", "按账号的顺序列出账号"),
    ("Words in sign-in name or name", "账号或姓名里的文字"),
    ("One account whole, and what you can do with it", "一个账号的全部内容，和可做的事"),
    ("What happened to an account", "账号的动态"),
    ("Make an account and its invitation", "新建账号并邀请"),
    (
        "Accounts that universities ask for, newest first: all of them for administrators, your own for others",
        "高校的开户申请，新的在前：管理员看全部，其他人看自己的",
    ),
    ("Ask for accounts of people of your university, all or none", "为本校的人申请账号，全部或都不申请"),
    ("Name and e-mail address, NAME:MAIL; several people may be named", "姓名:邮箱，可写几位"),
    (
        "People as JSON, [{\"name\": …, \"mail\": …}]; `-` for standard input",
        "各人的 JSON，[{\"name\": …, \"mail\": …}]；- 为标准输入",
    ),
    ("Decline a request for an account; who asked is told the reason", "不予开户，原因会告诉申请人"),
    ("Its id, from `account requests -o json`", "申请的标识，见 account requests -o json"),
    ("Why", "原因"),
    ("Take back a request of your own", "撤回自己的开户申请"),
    ("Send a new link for the first password", "重发设密码的链接"),
    (
        "Ask for a new password for someone who lost it; another administrator confirms",
        "为丢失密码的人申请重设；由另一管理员确认",
    ),
    ("Let nobody sign in by it", "停用"),
    ("Let its owner sign in again", "启用"),
    ("Ask for these roles in place of those it has", "把角色调整为这些"),
    (
        "Change the post; for somebody of the leading group another administrator confirms",
        "变更职务；领导小组成员的由另一位管理员确认",
    ),
    ("The new post; empty where there is none any more", "新的职务；不再任职的留空"),
    (
        "A role such as need_unit or lead_office; can be given several times",
        "角色，如 need_unit、lead_office；可给多次",
    ),
    ("Confirm what another administrator asked for", "确认另一管理员提出的事项"),
    ("Turn down what another administrator asked for", "驳回另一管理员提出的事项"),
    ("The account as JSON; `-` for standard input", "JSON 内容；- 为标准输入"),
    ("3 to 40 lower-case letters, figures, `.`, `-` or `_`", "3～40 个小写字母、数字或 . - _"),
    ("The person's name", "姓名"),
    ("The same in Latin letters", "姓名的拼音或英文"),
    ("Name in addresses, or official name, of the organisation", "单位的地址名或全称"),
    ("The person's post", "职务"),
    ("The person's e-mail address", "邮箱"),
    ("Your tokens; their secrets are not kept anywhere", "自己的令牌；令牌本身不保存"),
    (
        "Sign in, make a token and print its secret, once. A token makes no other",
        "登录并生成令牌，只显示一次；令牌不能再生成令牌",
    ),
    (
        "Sign in as this account and make a token; the password is asked for",
        "用这个账号登录并生成令牌；会询问密码",
    ),
    ("File that holds the password", "存放密码的文件"),
    (
        "Code of the authenticator, where a second factor is on; asked for where absent",
        "开启两步验证时的验证码；不给则询问",
    ),
    (
        "What the token may do, where one is made; everything that you may where absent",
        "生成的令牌的权限；不给则与本人相同",
    ),
    ("What it is for", "用途"),
    (
        "What it may do: read, write:policy, write:account, write:cycle, write:need, decide; can be given several times",
        "权限：read、write:policy、write:account、write:cycle、write:need、decide；可给多次",
    ),
    ("Days until it ends", "有效天数"),
    ("End a token", "收回令牌"),
    ("Its identifier, from the list", "标识，见列表"),
    ("Events of the chain, newest first", "链上的事件，新的在前"),
    ("A record's name or an account", "记录名或账号"),
    (
        "Check the chain from its first event to its head, and wait for what is found",
        "从头到尾核对审计链，等到有结果",
    ),
    ("File that holds the token; standard input where absent", "存放令牌的文件；不给则读标准输入"),
];

/// The command and those below it in Chinese.
pub(crate) fn chinese(command: Command) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let mut command = match about.as_deref().and_then(sentence) {
        Some(words) => command.about(words),
        None => command,
    };
    let more = command.get_long_about().map(ToString::to_string);
    if let Some(words) = more.as_deref().and_then(sentence) {
        command = command.long_about(words);
    }
    command = command.mut_args(in_chinese).subcommand_help_heading("命令").help_template(TEMPLATE);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    command = command.disable_help_flag(true).arg(help.help_heading("选项"));
    let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, chinese))
}

fn in_chinese(argument: Arg) -> Arg {
    let heading = match (argument.is_positional(), argument.get_help_heading()) {
        (true, _) => "参数",
        (false, Some(_)) => "通用选项",
        (false, None) => "选项",
    };
    let help = argument.get_help().map(ToString::to_string);
    let argument = argument.help_heading(heading);
    match help.as_deref().and_then(sentence) {
        Some(words) => argument.help(words),
        None => argument,
    }
}

/// Every sentence.
fn all() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    SENTENCES
        .iter()
        .chain(super::needs::SENTENCES)
        .chain(super::lists::SENTENCES)
        .chain(super::leaving::SENTENCES)
        .chain(super::questions::SENTENCES)
        .chain(super::profiles::SENTENCES)
        .chain(super::meetings::SENTENCES)
        .chain(super::applications::SENTENCES)
        .chain(super::messages::SENTENCES)
        .chain(super::tables::SENTENCES)
        .chain(super::solve::SENTENCES)
}

fn sentence(english: &str) -> Option<&'static str> {
    all().find(|(known, _)| *known == english).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::{chinese, sentence};
    use crate::Cli;
    use clap::{Command, CommandFactory};
    use std::collections::BTreeSet;

    fn sentences(command: &Command, found: &mut BTreeSet<String>) {
        found.extend(command.get_about().map(ToString::to_string));
        found.extend(command.get_long_about().map(ToString::to_string));
        found.extend(
            command.get_arguments().filter_map(|argument| argument.get_help()).map(ToString::to_string),
        );
        for below in command.get_subcommands() {
            sentences(below, found);
        }
    }

    #[test]
    fn every_sentence_has_its_chinese() {
        let mut all = BTreeSet::new();
        sentences(&Cli::command(), &mut all);
        let missing: Vec<&String> = all.iter().filter(|english| sentence(english).is_none()).collect();
        assert!(missing.is_empty(), "{missing:#?}");
        let stale: Vec<&str> =
            super::all().map(|(english, _)| *english).filter(|english| !all.contains(*english)).collect();
        assert!(stale.is_empty(), "nothing says any longer: {stale:#?}");
    }

    #[test]
    fn commands_hold_in_both_languages() {
        Cli::command().debug_assert();
        chinese(Cli::command()).debug_assert();
    }
}
