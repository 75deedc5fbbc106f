//! Who issued a document that nobody signed: what its number says, and the office that printed it.

use super::joint::place_of;

/// The provinces by the character that their numbers begin with.
const PROVINCES: &[(&str, &str)] = &[
    ("京", "北京市"),
    ("津", "天津市"),
    ("沪", "上海市"),
    ("渝", "重庆市"),
    ("冀", "河北省"),
    ("晋", "山西省"),
    ("蒙", "内蒙古自治区"),
    ("内", "内蒙古自治区"),
    ("辽", "辽宁省"),
    ("吉", "吉林省"),
    ("黑", "黑龙江省"),
    ("苏", "江苏省"),
    ("浙", "浙江省"),
    ("皖", "安徽省"),
    ("闽", "福建省"),
    ("赣", "江西省"),
    ("鲁", "山东省"),
    ("豫", "河南省"),
    ("鄂", "湖北省"),
    ("湘", "湖南省"),
    ("粤", "广东省"),
    ("桂", "广西壮族自治区"),
    ("琼", "海南省"),
    ("川", "四川省"),
    ("黔", "贵州省"),
    ("云", "云南省"),
    ("藏", "西藏自治区"),
    ("陕", "陕西省"),
    ("甘", "甘肃省"),
    ("青", "青海省"),
    ("宁", "宁夏回族自治区"),
    ("新", "新疆维吾尔自治区"),
];
/// The municipalities whose offices are called as those of provinces.
const MUNICIPALITIES: &[&str] = &["北京市", "天津市", "上海市", "重庆市"];

/// Who gives such numbers: 国办发〔2023〕2号 is the State Council's office, 海政办发〔2024〕5号 that of a government whose
/// place stands in a title.
pub(super) fn of_number(number: &str, titles: &[&str]) -> Option<String> {
    let (word, _) = number.split_once('〔')?;
    if ["国办发", "国办函", "国办"].contains(&word) {
        return Some("国务院办公厅".to_owned());
    }
    if ["国发", "国函"].contains(&word) {
        return Some("国务院".to_owned());
    }
    // 粤府〔2024〕5号 says 府 where others say 政.
    let (short, kind) = word.split_once('政').or_else(|| word.split_once('府'))?;
    let kinds = ["发", "字", "函", "规", "通", "办", "电", "秘"];
    if short.is_empty() || !(kind.is_empty() || kinds.iter().any(|word| kind.starts_with(word))) {
        return None;
    }
    let province = PROVINCES.iter().find(|(known, _)| *known == short).map(|(_, name)| *name);
    let fits = |place: &&str| {
        Some(*place) == province || place.chars().count() > 2 && short.chars().all(|c| place.contains(c))
    };
    let place = titles.iter().filter_map(|title| place_of(bare(title))).find(fits)?;
    Some(format!("{place}人民政府{}", if kind.starts_with('办') { office_of(place) } else { "" }))
}

/// 海州市甲方案 in 关于印发《海州市甲方案》的通知.
fn bare(title: &str) -> &str {
    ["关于", "印发", "《"].iter().fold(title, |rest, word| rest.strip_prefix(word).unwrap_or(rest))
}

fn office_of(place: &str) -> &'static str {
    let high = place.ends_with('省') || place.ends_with("自治区") || MUNICIPALITIES.contains(&place);
    if high { "办公厅" } else { "办公室" }
}

/// Whose document it is that the office `printer` printed under `number`: 海政发〔2024〕5号 is the government's own.
pub(super) fn printed_for(printer: &str, number: Option<&str>) -> String {
    let own = number
        .and_then(|number| number.split_once('〔'))
        .and_then(|(word, _)| word.split_once('政'))
        .is_some_and(|(_, kind)| !kind.contains('办'));
    let government = ["办公室", "办公厅"].iter().find_map(|end| printer.strip_suffix(end));
    match government.filter(|name| own && name.ends_with("人民政府")) {
        Some(government) => government.to_owned(),
        None => printer.to_owned(),
    }
}
