//! Joint signers that stand without a gap: 济南市教育局济南市财政局.

use super::super::lines::cut;
use super::sign::BODIES;

/// Bodies of the state and the party whose names begin anew behind another body's.
const CENTRAL: &[&str] = &[
    "中共中央",
    "国务院",
    "全国人大",
    "全国政协",
    "全国妇联",
    "全国总工会",
    "全国工商联",
    "中华全国",
    "最高人民",
    "中央",
    "共青团中央",
    "中国科协",
    "中国残联",
    "中国科学院",
    "中国工程院",
    "中国气象局",
    "中国人民银行",
    "中国民航局",
    "中国证监会",
    "中国银保监会",
    "国家",
    "教育部",
    "财政部",
    "科技部",
    "科学技术部",
    "公安部",
    "民政部",
    "司法部",
    "商务部",
    "外交部",
    "国防部",
    "审计署",
    "水利部",
    "自然资源部",
    "生态环境部",
    "交通运输部",
    "农业农村部",
    "应急管理部",
    "应急部",
    "住房城乡建设部",
    "住房和城乡建设部",
    "工业和信息化部",
    "人力资源社会保障部",
    "人力资源和社会保障部",
    "文化和旅游部",
    "退役军人事务部",
    "退役军人部",
    "市场监管总局",
    "金融监管总局",
    "广电总局",
    "体育总局",
    "税务总局",
    "海关总署",
    "人民银行",
];

/// What looks like a body's whole name, and goes on: 国家税务总局济南市税务局, 共青团中央.
const GO_ON: &[&str] = &[
    "共青团",
    "国家税务总局",
    "中国人民银行",
    "国家金融监督管理总局",
    "国家统计局",
    "中国银行保险监督管理委员会",
    "中国气象局",
];

/// The names that stand in `name` without a gap: one begins behind the end of a body's name with the place
/// of the first one, or with a central body. `O(n)` but for the short lists above.
pub(super) fn split(name: &str) -> Vec<&str> {
    let place = place_of(name);
    let mut names = Vec::new();
    let mut from = 0;
    for (at, _) in name.char_indices().skip(2) {
        let (before, rest) = (cut(name, from, at), cut(name, at, name.len()));
        let begins = ["", "中共", "共青团", "中国共产党"]
            .iter()
            .filter_map(|head| rest.strip_prefix(head))
            .any(|rest| place.is_some_and(|place| rest.starts_with(place)))
            || CENTRAL.iter().any(|body| rest.starts_with(body));
        let ends = BODIES.iter().any(|end| before.ends_with(end)) && before.chars().count() > 1;
        if begins && ends && !GO_ON.contains(&before) {
            names.push(before);
            from = at;
        }
    }
    names.push(cut(name, from, name.len()));
    names
}

/// The place with which a name begins: 济南市, 广西壮族自治区, 省.
pub(in super::super) fn place_of(name: &str) -> Option<&str> {
    let name =
        ["中共", "共青团", "中国共产党"].iter().find_map(|head| name.strip_prefix(head)).unwrap_or(name);
    name.char_indices()
        .take(9)
        .find(|(_, c)| matches!(c, '省' | '市' | '县' | '区' | '州' | '旗' | '盟'))
        .map(|(at, c)| {
            let end = at + c.len_utf8();
            // 海州市 is called 海州.
            let city = cut(name, end, name.len()).chars().next().filter(|next| c == '州' && *next == '市');
            cut(name, 0, end + city.map_or(0, char::len_utf8))
        })
}
