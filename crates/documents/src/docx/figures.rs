//! Figures of automatic numbers: 一 1 ① a ⅰ and their like (ECMA-376-1, 17.18.59).

/// Writes `number` in the format that Word calls `format`; formats that are not known give 1, 2, 3.
pub(crate) fn write(format: &str, number: u32) -> String {
    match format {
        "bullet" | "none" => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => chinese(
            number,
            &["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
            &["", "十", "百", "千"],
        ),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => chinese(
            number,
            &["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
            &["", "拾", "佰", "仟"],
        ),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => number
            .to_string()
            .chars()
            .filter_map(|c| "〇一二三四五六七八九".chars().nth(usize::try_from(c.to_digit(10)?).ok()?))
            .collect(),
        "ideographTraditional" => one_of("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => one_of("子丑寅卯辰巳午未申酉戌亥", number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed('①', 20, number),
        "decimalEnclosedParen" => enclosed('⑴', 20, number),
        "decimalEnclosedFullstop" => enclosed('⒈', 20, number),
        "ideographEnclosedCircle" => enclosed('㊀', 10, number),
        "decimalFullWidth" | "decimalFullWidth2" => number.to_string().chars().map(full_width).collect(),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters('A', number),
        "lowerLetter" => letters('a', number),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

/// 十二, 二十, 一百〇五; figures from 10,000 on.
fn chinese(number: u32, figures: &[&str; 10], places: &[&str; 4]) -> String {
    let digits: Vec<u32> = number.to_string().chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() > places.len() {
        return number.to_string();
    }
    let figure = |digit: u32| usize::try_from(digit).ok().and_then(|digit| figures.get(digit)).copied();
    let mut text = String::new();
    let mut gap = false;
    for (index, digit) in digits.iter().enumerate() {
        let place = places.get(digits.len() - 1 - index).copied().unwrap_or_default();
        match digit {
            0 => gap = true,
            // 十二, not 一十二.
            1 if index == 0 && digits.len() == 2 => text.push_str(place),
            _ => {
                if gap {
                    text.push_str(figure(0).unwrap_or_default());
                }
                gap = false;
                text.push_str(figure(*digit).unwrap_or_default());
                text.push_str(place);
            }
        }
    }
    if text.is_empty() { figure(0).unwrap_or_default().to_owned() } else { text }
}

fn one_of(row: &str, number: u32) -> String {
    let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
    index.and_then(|index| row.chars().nth(index)).map_or_else(|| number.to_string(), String::from)
}

/// A row of signs that stand one after the other in Unicode, `first` being that for 1.
fn enclosed(first: char, count: u32, number: u32) -> String {
    let sign =
        if (1..=count).contains(&number) { char::from_u32(u32::from(first) + number - 1) } else { None };
    sign.map_or_else(|| number.to_string(), String::from)
}

fn full_width(figure: char) -> char {
    figure.to_digit(10).and_then(|digit| char::from_u32(u32::from('０') + digit)).unwrap_or(figure)
}

/// a … z, aa, bb …: Word doubles the letter.
fn letters(first: char, number: u32) -> String {
    let Some(index) = number.checked_sub(1).filter(|index| *index < 26 * 4) else {
        return number.to_string();
    };
    let letter = char::from_u32(u32::from(first) + index % 26).unwrap_or(first);
    (0..=index / 26).map(|_| letter).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            rest -= value;
            text.push_str(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn numbers_read_as_word_writes_them() {
        let check = |format: &str, number: u32, words: &str| {
            assert_eq!(write(format, number), words, "{format} {number}");
        };
        check("decimal", 12, "12");
        check("chineseCounting", 1, "一");
        check("chineseCounting", 10, "十");
        check("chineseCountingThousand", 12, "十二");
        check("chineseCountingThousand", 20, "二十");
        check("chineseCountingThousand", 99, "九十九");
        check("chineseCountingThousand", 100, "一百");
        check("chineseCountingThousand", 105, "一百〇五");
        check("chineseCountingThousand", 110, "一百一十");
        check("chineseCountingThousand", 1001, "一千〇一");
        check("chineseCountingThousand", 10_000, "10000");
        check("ideographDigital", 10, "一〇");
        check("chineseLegalSimplified", 12, "拾贰");
        check("ideographTraditional", 3, "丙");
        check("ideographTraditional", 11, "11");
        check("decimalEnclosedCircle", 20, "⑳");
        check("decimalEnclosedCircleChinese", 21, "21");
        check("decimalEnclosedParen", 2, "⑵");
        check("ideographEnclosedCircle", 2, "㊁");
        check("decimalFullWidth", 10, "１０");
        check("decimalZero", 5, "05");
        check("upperLetter", 28, "BB");
        check("lowerLetter", 500, "500");
        check("upperRoman", 1994, "MCMXCIV");
        check("lowerRoman", 4, "iv");
        check("upperRoman", 4000, "4000");
        check("bullet", 3, "");
        check("thaiCounting", 3, "3");
        check("chineseCounting", 0, "〇");
        check("lowerLetter", 0, "0");
    }
}
