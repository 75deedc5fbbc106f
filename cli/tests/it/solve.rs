//! What is solved offline.

use crate::run::{Person, Ran};
use serde_json::{Value, json};

fn solve(problem: &str, input: &Value, more: &[&str]) -> Ran {
    let words = [&["solve", problem, "--input", "-"], more].concat();
    Person::new().run_with(&words, input.to_string().as_bytes())
}

fn answer(problem: &str, input: &Value) -> Value {
    let ran = solve(problem, input, &["-o", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

/// The problem is refused, each part of `err` being said.
fn refused(problem: &str, input: &Value, lang: &str, err: &[&str]) {
    let ran = solve(problem, input, &["--lang", lang]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for part in err {
        assert!(ran.err.contains(part), "{part} is missing in {}", ran.err);
    }
}

#[test]
fn texts_that_are_alike_are_found_with_their_passages() {
    let input = json!({ "problem": "likeness", "threshold": 40, "passages": 6, "texts": [
        { "id": "n2", "text": "我校拟建设科学实验室，请高校教师每周指导一次。" },
        { "id": "n1", "text": "拟建设科学实验室，每周请高校教师指导一次！" },
        { "id": "n3", "text": "合唱社团缺少指导教师" },
    ] });
    let found = answer("likeness", &input);
    assert_eq!(
        found,
        json!({ "problem": "likeness", "threshold": 40, "texts": 3, "pairs": [{
            "a": "n1", "b": "n2", "likeness": 65, "common": 15, "all": 23,
            "passages": [{ "a": [0, 8], "b": [2, 10] }],
        }] })
    );
    let table = solve("likeness", &input, &["--lang", "en"]).out;
    assert_eq!(table, "One\tOther\tLikeness\tCommon\tAll\tPassages\nn1\tn2\t65 %\t15\t23\t1\n");
}

#[test]
fn an_affinity_comes_with_its_shares_and_reasons() {
    let input = json!({ "wanted": [
        { "id": "need", "disciplines": ["880.27"], "measures": ["m4", "m5"], "text": "小学科学课程" },
        { "id": "other", "disciplines": ["760"], "text": "足球" },
    ], "offered": [
        { "id": "u1", "disciplines": ["88027"], "measures": ["m4"], "stages": ["primary"], "text": "科学课程" },
        { "id": "u2", "text": "合唱" },
    ], "least": 10 });
    let found = answer("affinity", &input);
    assert_eq!(found["unanswered"], json!(["other"]));
    let pair = &found["pairs"][0];
    assert_eq!((&pair["wanted"], &pair["offered"]), (&json!("need"), &json!("u1")));
    let shares: Vec<&Value> = pair["shares"].as_array().unwrap().iter().map(|it| &it["share"]).collect();
    assert_eq!(shares[..3], [&json!(100), &json!(50), &Value::Null]);
    let (text, total) = (shares[3].as_u64().unwrap(), pair["affinity"].as_u64().unwrap());
    assert_eq!(total, (100 * 40 + 50 * 20 + text * 30) / 90);
    let reasons = pair["reasons"].as_array().unwrap();
    let near = json!({ "reason": "discipline", "wanted": "880.27", "offered": "880.27", "level": "second" });
    assert_eq!(reasons[0], near);
    assert_eq!(reasons[1], json!({ "reason": "measure", "measure": "m4" }));
    assert_eq!(reasons[2], json!({ "reason": "not_wanted", "part": "stages" }));
    assert_eq!(found["pairs"].as_array().unwrap().len(), 1);
    // The same from another order.
    let mut turned = input.clone();
    turned["offered"].as_array_mut().unwrap().reverse();
    assert_eq!(answer("affinity", &turned), found);
}

#[test]
fn what_does_not_hold_is_named_by_its_field() {
    let input = json!({ "problem": "affinity", "threshold": 101, "texts": [
        { "id": "a", "text": "课" }, { "id": "a", "text": 7 }, { "txt": "" }, 5,
    ] });
    let zh = [
        "threshold：应为 0～100",
        "problem：没有“affinity”",
        "texts[1].id：“a”已经有了",
        "texts[1].text：应为带引号",
    ];
    refused("likeness", &input, "zh", &zh);
    let en = ["texts[2].txt: ", "texts[2].id: Not filled in", "texts[3]: must be an object"];
    refused("likeness", &input, "en", &en);
    refused("likeness", &json!({}), "en", &["texts: Not filled in"]);
    refused("likeness", &json!([]), "en", &["JSON: must be an object"]);
    let input = json!({ "weights": { "text": 0 }, "wanted": [{ "id": "n", "disciplines": ["教育"] }], "offered": {} });
    let en = ["weights: one of them", "wanted[0].disciplines[0]: must be a code", "offered: must be a list"];
    refused("affinity", &input, "en", &en);
    let ran = Person::new().run_with(&["solve", "affinity", "--input", "-"], b"{");
    assert!(ran.code == 1 && ran.err.contains("JSON"), "{ran:?}");
}
