//! Broken and hostile texts: whatever is cut, doubled or shuffled, the reader neither panics nor slows down.

use super::super::parse;
use super::properties::check;
use rustix::time::{ClockId, clock_gettime};
use std::fmt::Write;
use std::time::Duration;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/policy");

/// A seeded generator (xorshift, Marsaglia 2003), so that a failure comes again.
struct Dice(u64);

impl Dice {
    /// A number below `bound`, 0 where there is none.
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound.max(1)).unwrap();
        usize::try_from((self.0 >> 11) % bound).unwrap()
    }

    /// A stretch of at most `longest` of `len` characters.
    fn stretch(&mut self, len: usize, longest: usize) -> std::ops::Range<usize> {
        let start = self.below(len);
        start..(start + self.below(longest) + 1).min(len)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const BRACKETS: &[char] =
    &['（', '）', '(', ')', '《', '》', '〈', '〉', '“', '”', '【', '】', '[', ']', '〔', '〕', '「', '」'];
const NUMERALS: &[char] =
    &['0', '1', '9', '一', '二', '十', '百', '〇', '零', '两', '①', '⑳', '㈠', '⒈', '⑴', '第'];
const MARKS: &[char] = &[
    '。',
    '，',
    '、',
    '；',
    '：',
    ':',
    '.',
    '．',
    '\n',
    '\r',
    '\t',
    ' ',
    '\u{3000}',
    '\u{200b}',
    '\u{feff}',
    '\u{1F600}',
    'é',
    '*',
    '#',
    '&',
];

/// One change that a careless hand, a bad converter or a hostile one makes.
fn change(text: &mut Vec<char>, dice: &mut Dice) {
    let len = text.len();
    match dice.below(11) {
        0 => drop(text.drain(dice.stretch(len, 200))),
        1 => {
            let stretch = dice.stretch(len, 400);
            let doubled = text[stretch.clone()].to_vec();
            text.splice(stretch.end..stretch.end, doubled);
        }
        2 => {
            let stretch = dice.stretch(len, 60);
            for at in stretch.clone().rev() {
                text.swap(at, stretch.start + dice.below(at + 1 - stretch.start));
            }
        }
        3 => {
            let mut lines: Vec<Vec<char>> = text.split(|c| *c == '\n').map(<[char]>::to_vec).collect();
            let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
            lines.swap(a, b);
            *text = lines.join(&'\n');
        }
        4 => text.retain(|c| *c != '\n'),
        5 => {
            let (from, to) = (dice.of(BRACKETS), dice.of(BRACKETS));
            text.iter_mut().filter(|c| **c == from).for_each(|c| *c = to);
        }
        6 => {
            let (from, to) = (dice.of(NUMERALS), dice.of(NUMERALS));
            text.iter_mut().filter(|c| **c == from).for_each(|c| *c = to);
        }
        7 => {
            let (from, to) = (dice.of(MARKS), dice.of(MARKS));
            text.iter_mut().filter(|c| **c == from).for_each(|c| *c = to);
        }
        8 => {
            let all = [BRACKETS, NUMERALS, MARKS].concat();
            for _ in 0..8 {
                let at = dice.below(text.len());
                text.insert(at, dice.of(&all));
            }
        }
        9 => {
            let piece = text[dice.stretch(len, 12)].to_vec();
            let at = dice.below(text.len());
            text.splice(at..at, piece.repeat(20));
        }
        _ => text[dice.stretch(len, 300)].reverse(),
    }
}

#[test]
fn changed_documents_are_read() {
    let mut paths: Vec<_> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    for (at, path) in paths.iter().enumerate() {
        let document: Vec<char> = std::fs::read_to_string(path).unwrap().chars().collect();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ u64::try_from(at + 1).unwrap());
        for _ in 0..7 {
            let mut changed = document.clone();
            for _ in 0..=dice.below(6) {
                if !changed.is_empty() {
                    change(&mut changed, &mut dice);
                }
            }
            let text: String = changed.iter().collect();
            assert_eq!(check(&text).err(), None, "{} made {text}", path.display());
        }
    }
}

#[test]
fn one_character_without_end_is_read() {
    for c in ['（', '）', '1', '一', '、', '\n'] {
        let text: String = std::iter::repeat_n(c, 100_000).collect();
        assert_eq!(check(&text).err(), None, "{c}");
    }
}

/// Texts of about `size` characters whose parts multiply where a reader is careless.
fn multiplying(size: usize) -> Vec<(&'static str, String)> {
    let name = |at: usize| {
        let c = u32::try_from(at % 20_000).ok().and_then(|at| char::from_u32(0x4e00 + at)).unwrap();
        format!("市{c}局")
    };
    let text = |count: usize, part: &dyn Fn(usize) -> String| {
        (0..count).fold(String::new(), |mut text, at| {
            write!(text, "{}", part(at)).unwrap();
            text
        })
    };
    vec![
        (
            "many units of one measure",
            format!("一、甲。{}", text(size / 20, &|at| format!("乙（责任单位：{}）。", name(at)))),
        ),
        (
            "many units for all of many measures",
            format!(
                "一、甲。{}\n{}",
                text(size / 40, &|at| format!("乙（牵头单位：{}，下同）。", name(at))),
                text(size / 20, &|at| format!("{}、丙丁戊己。\n", at % 150 + 2))
            ),
        ),
        (
            "many units above many measures",
            format!(
                "一、甲{}\n{}",
                text(size / 20, &|at| format!("（责任单位：{}）", name(at))),
                text(size / 20, &|_| "（一）丙丁戊己庚。\n".to_owned())
            ),
        ),
        ("brackets within brackets", "（市教育局".repeat(size / 12) + &"）".repeat(size / 12)),
        ("titles", "关于印发《甲乙丙丁戊方案》的通知\n".repeat(size / 17)),
        ("signatures", "海州市教育局海州市财政局2024年1月1日".repeat(size / 22)),
        ("tables", "文号：海发〔2024〕1号标题：关于做好甲工作的意见".repeat(size / 27)),
        ("numbers", "一、甲（一）乙1.丙。".repeat(size / 11)),
        ("tags", "<p><!-- <b <a href='一、<tr><td>（".repeat(size / 30)),
        ("rows", format!("<table>{}", "<tr><td>责任单位<td>工作<td>市教育局".repeat(size / 30))),
        ("tables in tables", "<table><tr><td>一、甲".repeat(size / 20)),
        ("entities", "&amp;nbsp;&#12288;&lt;p".repeat(size / 22)),
        ("sentences", "由市教育局牵头，市财政局、市人社局配合。".repeat(size / 20)),
        ("parts", "由市教育局牵头，".repeat(size / 8)),
        ("labels", "责任单位：市教育局。".repeat(size / 10)),
        ("validity", "本措施自发布之日起施行，有效期三年。".repeat(size / 18)),
    ]
}

/// Sixteen times the text takes about sixteen times the work; what grew with the square would take 256 times.
#[test]
fn work_grows_with_the_text() {
    const TIMES: u32 = 16;
    /// How much more than that a large text may take: caches are small, and others use them too.
    const SLACK: u32 = 4;
    const TRIES: usize = 10;
    // This thread's own time on a core: what else the machine does is not counted.
    let spent = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default();
    let time = |text: &str| -> Duration {
        let start = spent();
        std::hint::black_box(parse(std::hint::black_box(text)));
        spent().saturating_sub(start)
    };
    let (small, large) = (multiplying(1_500), multiplying(24_000));
    for ((kind, small), (_, large)) in small.iter().zip(&large) {
        let few = (0..3).map(|_| time(small)).min().unwrap_or_default().max(Duration::from_millis(1));
        let bound = few * TIMES * SLACK;
        // One run within the bound is enough.
        let mut fastest = Duration::MAX;
        let fits = (0..TRIES).any(|_| {
            fastest = fastest.min(time(large));
            fastest <= bound
        });
        assert!(fits, "{kind}: {few:?} for the small text, {fastest:?} for the large one");
    }
}
