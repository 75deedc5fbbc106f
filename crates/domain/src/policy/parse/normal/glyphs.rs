//! Characters in one spelling: full-width figures and letters, the radicals that PDF readers put for characters.

/// Radicals as PDF readers give them, each before the character that is meant.
const RADICALS: &str = "⼀一⼆二⼈人⼉儿⼊入⼋八⼒力⼗十⼚厂⼜又⼝口⼟土⼠士⼤大⼥女⼦子⼩小⼭山⼯工⼰己⼲干⼴广⼼心⼽戈⼾户⼿手⽀支⽂文\
⽃斗⽄斤⽅方⽇日⽉月⽊木⽌止⽐比⽓气⽔水⽕火⽗父⽚片⽛牙⽜牛⽟玉⽣生⽤用⽥田⽩白⽪皮⽬目⽯石⽰示⽲禾⽳穴⽴立⽵竹⽶米⽹网⽺羊⽻羽⽼老⽿耳\
⾁肉⾂臣⾃自⾄至⾈舟⾊色⾍虫⾎血⾏行⾐衣⾒见⾓角⾔言⾕谷⾚赤⾛走⾜足⾝身⾞车⾟辛⾥里⾦金⾨门⾬雨⾮非⾯面⾰革⾳音⾷食⾸首⾹香⾺马⾼高⿊黑\
⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻥鱼⻦鸟⻬齐⻰龙";

/// The usual spelling of `c`.
pub(super) fn usual(c: char) -> char {
    match c {
        '０'..='９' => shift(c, '０', '0'),
        'Ａ'..='Ｚ' => shift(c, 'Ａ', 'A'),
        'ａ'..='ｚ' => shift(c, 'ａ', 'a'),
        '﹝' => '〔',
        '﹞' => '〕',
        '［' => '[',
        '］' => ']',
        '﹙' => '（',
        '﹚' => '）',
        '〖' => '【',
        '〗' => '】',
        '﹒' => '.',
        '﹑' | '､' => '、',
        '﹐' => '，',
        '﹕' => '：',
        '﹔' => '；',
        '｡' => '。',
        '\u{2e80}'..='\u{2fdf}' => radical(c),
        _ => c,
    }
}

/// No character of a sentence: zero-width, a control, a soft hyphen.
pub(super) fn is_nothing(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{fe0f}')
        || c.is_control() && !c.is_whitespace()
}

fn shift(c: char, from: char, to: char) -> char {
    char::from_u32(u32::from(c) - u32::from(from) + u32::from(to)).unwrap_or(c)
}

fn radical(c: char) -> char {
    let mut pairs = RADICALS.chars();
    while let (Some(radical), Some(meant)) = (pairs.next(), pairs.next()) {
        if radical == c {
            return meant;
        }
    }
    c
}
