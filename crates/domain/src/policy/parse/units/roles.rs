//! A list of units as words: names with their parts.
//!
//! Labels (责任单位：) count for what follows them, verbs (牵头, 配合, 负责) for the names before them. 会同
//! makes the names before it lead and those behind it support. What follows 以下均由 holds for every measure.

use super::super::super::UnitRole;
use super::super::super::draft::{Place, Read, UnitDraft};
use super::super::lines::{is_space, joined};
use super::labels::{inner_label, label, verb};
use super::{bodies, merge, names};

/// Units of a list.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) units: Vec<UnitDraft>,
    /// Units that the list declares for every measure that follows.
    pub(super) for_all: Vec<UnitDraft>,
    /// Units of the list that hold for all that follow too (下同).
    pub(super) below: Vec<UnitDraft>,
    /// A label or a verb says that these are units.
    pub(super) says_so: bool,
    /// There was a label.
    pub(super) labelled: bool,
}

/// Reads a list that begins at the byte `at` of the text.
pub(super) fn read(list: &str, at: usize) -> Found {
    let mut reader = Reader {
        at,
        found: Found::default(),
        label: None,
        since: 0,
        last: None,
        waiting: Vec::new(),
        with: false,
        all: false,
        rule: false,
    };
    let mut before_end = 0;
    for (start, token) in names::tokens(list) {
        let strong = list
            .get(before_end..start)
            .is_some_and(|between| between.contains(['，', ',', '；', ';', '。', '\n']));
        before_end = start + token.len();
        reader.token(start, token, strong);
    }
    reader.flush(None);
    reader.found
}

struct Reader {
    at: usize,
    found: Found,
    label: Option<Option<UnitRole>>,
    /// How many units there were when the label came.
    since: usize,
    /// The part that the last verb gave.
    last: Option<UnitRole>,
    /// Names that wait for their verb.
    waiting: Vec<Read<String>>,
    /// Behind 会同.
    with: bool,
    /// Behind 以下均由.
    all: bool,
    /// Behind a rule on who leads.
    rule: bool,
}

impl Reader {
    fn token(&mut self, start: usize, token: &str, strong: bool) {
        if let Some(found) = label(token) {
            self.flush(None);
            self.label = Some(found.role);
            self.since = self.found.units.len();
            self.found.says_so = true;
            self.found.labelled = true;
            let rest = token.get(found.len..).unwrap_or("");
            let lead = rest.len() - rest.trim_start_matches(is_space).len();
            return self.token(start + found.len + lead, rest.trim_matches(is_space), false);
        }
        if let Some(split) = inner_label(token) {
            self.token(start, token.get(..split).unwrap_or("").trim_end_matches(is_space), strong);
            return self.token(start + split, token.get(split..).unwrap_or(""), true);
        }
        if strong && self.label.is_some() {
            self.flush(None);
        }
        // 甲牵头 乙配合: a gap parts names where a verb stands before it.
        if let Some((at, gap)) = token.char_indices().find(|(_, c)| is_space(*c))
            && verb(token.get(..at).unwrap_or("")).is_some()
        {
            self.token(start, token.get(..at).unwrap_or(""), false);
            let rest = token.get(at + gap.len_utf8()..).unwrap_or("");
            let lead = rest.len() - rest.trim_start_matches(is_space).len();
            return self.token(start + at + gap.len_utf8() + lead, rest.trim_matches(is_space), false);
        }
        let token = without_deadline(self.without_remark(token));
        let words = joined(token);
        if words.is_empty() || self.is_remark(&words) {
            return;
        }
        let (start, token) = self.declared(start, token);
        self.names(start, token);
    }

    /// Without a remark in brackets behind a name: 各区（排第一位的为牵头单位，下同）.
    fn without_remark<'t>(&mut self, token: &'t str) -> &'t str {
        let Some(open) = token.rfind(['（', '(', '〔']).filter(|open| *open > 0) else { return token };
        let (name, inner) = token.split_at(open);
        if !inner.ends_with(['）', ')', '〕']) || inner.contains("（含") {
            return token;
        }
        let rule = inner.contains("牵头单位") || inner.contains("牵头部门");
        let remark = rule && (inner.contains('为') || inner.contains('是'))
            || ["下同", "以下简称", "不再列出"].iter().any(|word| inner.contains(word))
                && !inner.contains('含');
        if remark { name } else { token }
    }

    /// Words that name nobody: 下同, 不再列出, a deadline.
    fn is_remark(&mut self, words: &str) -> bool {
        // 排在第一位的为牵头单位，下同: the rule goes on, not the units.
        if words.contains("牵头") && ["第一", "首位", "排首", "列首"].iter().any(|word| words.contains(word))
        {
            self.rule = true;
            return true;
        }
        if words.starts_with("下同") && std::mem::take(&mut self.rule) {
            return true;
        }
        if words.starts_with("下同") || words == "以下相同" {
            self.flush(None);
            // 均由…负责，下同: what holds for all does so already.
            if self.all {
                return true;
            }
            let below = self.found.units.get(self.since..).unwrap_or(&[]).to_vec();
            merge(&mut self.found.below, &below);
            return true;
        }
        ["以下不再列出", "持续推进", "长期坚持", "长期推进", "持续实施"].contains(&words)
            || words.starts_with("不再")
            || words.starts_with("以下简称")
            || (words.contains('年') || words.contains("月底")) && words.chars().any(|c| c.is_ascii_digit())
    }

    /// 以下均由 …: what follows holds for all.
    fn declared<'t>(&mut self, start: usize, token: &'t str) -> (usize, &'t str) {
        const OPENS: &[&str] = &["以下", "下列", "上述", "各项", "具体任务", "各任务"];
        const WORDS: &[&str] = &["均由", "均需", "均须", "都由", "都需", "统一由", "均为", "均涉及"];
        if !OPENS.iter().any(|open| token.starts_with(open)) {
            return (start, token);
        }
        for word in WORDS {
            if let Some(at) = token.find(word) {
                self.flush(None);
                self.all = true;
                self.label = None;
                return (start + at + word.len(), token.get(at + word.len()..).unwrap_or(""));
            }
        }
        (start, token)
    }

    fn names(&mut self, start: usize, token: &str) {
        let (token, given) = match verb(token) {
            Some((names, role)) => (names, Some(role)),
            None => (token, None),
        };
        let (before, behind) = match token.find("会同") {
            Some(at) => (
                token.get(..at).unwrap_or(""),
                Some((at + "会同".len(), token.get(at + "会同".len()..).unwrap_or(""))),
            ),
            None => (token, None),
        };
        // 甲牵头会同乙负责
        let before = verb(before).map_or(before, |(names, _)| names);
        self.wait(start, before);
        if let Some((at, behind)) = behind {
            self.found.says_so = true;
            self.flush(Some(UnitRole::Lead));
            self.with = true;
            self.wait(start + at, behind);
        }
        if let Some(role) = given {
            self.found.says_so = true;
            let role = if self.with { UnitRole::Support } else { role };
            self.flush(Some(role));
            self.last = Some(role);
            self.with = false;
        }
    }

    fn wait(&mut self, start: usize, token: &str) {
        for name in names::split(token) {
            let place = token
                .find(name.as_str())
                .map(|at| self.at + start + at)
                .map(|at| Place { start: at, end: at + name.len() });
            // A name that runs over a gap is joined, so it does not stand there to the letter.
            let sure = if place.is_some() { 95 } else { 85 };
            self.waiting.push(Read { value: name, sure, place, checked: false });
        }
    }

    /// Gives the waiting names their part.
    fn flush(&mut self, verb: Option<UnitRole>) {
        let role = match (verb, self.label) {
            (Some(role), _) => Some(role),
            (None, Some(role)) if !self.with => role,
            (None, None) if !self.with => Some(match self.last {
                Some(UnitRole::Support) => UnitRole::Support,
                Some(UnitRole::Lead | UnitRole::Responsible) | None => UnitRole::Responsible,
            }),
            (None, _) => Some(UnitRole::Support),
        };
        let waiting = std::mem::take(&mut self.waiting);
        let Some(role) = role else { return };
        for name in waiting {
            let (name, role) = own_part(name, role);
            let group = bodies::is_group(&name.value);
            let unit = UnitDraft { name, role, group, target: None };
            merge(if self.all { &mut self.found.for_all } else { &mut self.found.units }, &[unit]);
        }
    }
}

/// 甲2024年底前完成 is 甲; a deadline alone stays what it is.
fn without_deadline(token: &str) -> &str {
    let Some(at) = token.find(|c: char| c.is_ascii_digit()) else { return token };
    let (name, rest) = token.split_at(at);
    let deadline = rest.contains('年') || rest.contains('月');
    if deadline && bodies::is_unit_like(name) { name } else { token }
}

/// 甲（牵头） is 甲 as Lead.
fn own_part(mut name: Read<String>, role: UnitRole) -> (Read<String>, UnitRole) {
    const PARTS: &[(&str, UnitRole)] = &[
        ("牵头", UnitRole::Lead),
        ("主办", UnitRole::Lead),
        ("配合", UnitRole::Support),
        ("协办", UnitRole::Support),
        ("参与", UnitRole::Support),
    ];
    let Some(open) = name.value.rfind(['（', '(']).filter(|open| *open > 0) else { return (name, role) };
    let inner =
        name.value.get(open..).unwrap_or("").trim_matches(|c: char| matches!(c, '（' | '(' | '）' | ')'));
    let inner = ["单位", "部门"].iter().find_map(|end| inner.strip_suffix(end)).unwrap_or(inner);
    let Some((_, part)) = PARTS.iter().find(|(mark, _)| *mark == inner) else { return (name, role) };
    let part = *part;
    name.value.truncate(open);
    name.place = name.place.map(|place| Place { start: place.start, end: place.start + open });
    (name, part)
}
