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
";

/// The order of clap's own help.
const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Sentences of help.
const SENTENCES: &[(&str, &str)] = &[
    (
        "The command line of a city's university–school cooperation programme",
        "融合的命令行：查登记册，读文件",
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
    ("Policy documents: read, list, show", "政策文件：读取、列出、查看"),
    ("Measures of a document", "文件的措施"),
    (
        "Offices, institutions, district bureaus: what each is responsible for",
        "处室、直属单位、区县教体局：各自负责什么",
    ),
    ("Organisations of every kind", "各类单位"),
    ("Wordings that stand for several organisations", "代表多个单位的写法"),
    ("Check configuration and server", "检查配置和服务器"),
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
];

/// The command and those below it in Chinese.
pub(crate) fn chinese(command: Command) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let mut command = match about.as_deref().and_then(sentence) {
        Some(words) => command.about(words),
        None => command,
    };
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

fn sentence(english: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(known, _)| *known == english).map(|(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::{chinese, sentence};
    use crate::Cli;
    use clap::{Command, CommandFactory};
    use std::collections::BTreeSet;

    fn sentences(command: &Command, found: &mut BTreeSet<String>) {
        found.extend(command.get_about().map(ToString::to_string));
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
        let stale: Vec<&str> = super::SENTENCES
            .iter()
            .map(|(english, _)| *english)
            .filter(|english| !all.contains(*english))
            .collect();
        assert!(stale.is_empty(), "nothing says any longer: {stale:#?}");
    }

    #[test]
    fn commands_hold_in_both_languages() {
        Cli::command().debug_assert();
        chinese(Cli::command()).debug_assert();
    }
}
