//! Two people changed one record from the same version: what goes together, and what a person has to choose.

use serde_json::{Map, Value};

/// What became of two changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Both changes; mine where they collide.
    pub value: Value,
    /// Where they collide, in the order of the record.
    pub collisions: Vec<Collision>,
}

/// A value that both changed, each in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// Where it stands, such as `sections[0].measures[2].title`.
    pub path: String,
    pub mine: Value,
    pub theirs: Value,
}

/// Puts `mine` and `theirs` together, both made from `base`.
///
/// Fields of the record are compared one by one, and so are those of the rows of a list where nobody added or
/// removed one. Whatever else a field holds is one value: half of mine and half of theirs would be nobody's.
#[must_use]
pub fn merge(base: &Value, mine: &Value, theirs: &Value) -> Merged {
    let mut collisions = Vec::new();
    let value = merged(String::new(), base, mine, theirs, &mut collisions);
    Merged { value, collisions }
}

/// Takes what stands at `path` of `from`, as [`Collision::path`] writes it; does nothing where one of them has no
/// such place.
pub fn take(record: &mut Value, path: &str, from: &Value) {
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    if let (Some(place), Some(value)) = (record.pointer_mut(&pointer), from.pointer(&pointer)) {
        value.clone_into(place);
    }
}

fn merged(
    path: String,
    base: &Value,
    mine: &Value,
    theirs: &Value,
    collisions: &mut Vec<Collision>,
) -> Value {
    if mine == theirs || base == theirs {
        return mine.clone();
    }
    if base == mine {
        return theirs.clone();
    }
    match (base, mine, theirs) {
        // The record itself, or a row of a list.
        (Value::Object(base), Value::Object(mine), Value::Object(theirs))
            if (path.is_empty() || path.ends_with(']')) && same_keys(base, mine, theirs) =>
        {
            let field = |(key, mine): (&String, &Value)| {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let (base, theirs) = (base.get(key)?, theirs.get(key)?);
                Some((key.clone(), merged(path, base, mine, theirs, collisions)))
            };
            Value::Object(mine.iter().filter_map(field).collect())
        }
        (Value::Array(base), Value::Array(mine), Value::Array(theirs))
            if base.len() == mine.len()
                && base.len() == theirs.len()
                && mine.iter().chain(theirs).all(Value::is_object) =>
        {
            let rows = base.iter().zip(mine).zip(theirs).enumerate();
            let row = |(at, ((base, mine), theirs))| {
                merged(format!("{path}[{at}]"), base, mine, theirs, collisions)
            };
            Value::Array(rows.map(row).collect())
        }
        _ => {
            collisions.push(Collision { path, mine: mine.clone(), theirs: theirs.clone() });
            mine.clone()
        }
    }
}

fn same_keys(base: &Map<String, Value>, mine: &Map<String, Value>, theirs: &Map<String, Value>) -> bool {
    [mine, theirs].iter().all(|it| it.len() == base.len() && it.keys().all(|key| base.contains_key(key)))
}

#[cfg(test)]
mod tests {
    use super::{merge, take};
    use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
    use serde_json::{Value, json};

    fn check(base: Value, mine: Value, theirs: Value, wanted: Value, collide: &[&str]) {
        let got = merge(&base, &mine, &theirs);
        assert_eq!(got.value, wanted);
        let paths: Vec<_> = got.collisions.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, collide);
    }

    #[test]
    fn what_one_person_changed_stays() {
        let base = json!({"title": "a", "goals": "b"});
        check(
            base.clone(),
            json!({"title": "x", "goals": "b"}),
            json!({"title": "a", "goals": "y"}),
            json!({"title": "x", "goals": "y"}),
            &[],
        );
        check(
            base.clone(),
            json!({"title": "x", "goals": "b"}),
            json!({"title": "x", "goals": "b"}),
            json!({"title": "x", "goals": "b"}),
            &[],
        );
        check(
            base,
            json!({"title": "x", "goals": "b"}),
            json!({"title": "y", "goals": "z"}),
            json!({"title": "x", "goals": "z"}),
            &["title"],
        );
    }

    #[test]
    fn rows_are_compared_one_by_one_unless_one_came_or_went() {
        let base = json!({"rows": [{"name": "a", "unit": "1"}, {"name": "b", "unit": "2"}]});
        let mine = json!({"rows": [{"name": "a", "unit": "9"}, {"name": "b", "unit": "2"}]});
        let theirs = json!({"rows": [{"name": "c", "unit": "8"}, {"name": "d", "unit": "2"}]});
        let both = json!({"rows": [{"name": "c", "unit": "9"}, {"name": "d", "unit": "2"}]});
        check(base.clone(), mine.clone(), theirs, both, &["rows[0].unit"]);
        check(base, mine.clone(), json!({"rows": []}), mine, &["rows"]);
    }

    #[test]
    fn what_a_field_holds_is_one_value() {
        let base = json!({"title": {"value": "a", "sure": 40}});
        let mine = json!({"title": {"value": "b", "sure": 40}});
        let theirs = json!({"title": {"value": "a", "sure": 100}});
        check(base, mine.clone(), theirs, mine, &["title"]);
    }

    #[test]
    fn a_choice_is_put_where_it_collided() {
        let mut record = json!({"rows": [{"name": "a"}, {"name": "b"}], "title": 1});
        let other = json!({"rows": [{"name": "x"}, {"name": "c"}, {"name": "d"}], "title": 2});
        for path in ["rows[1].name", "title", "rows[2].name", "rows[7].name"] {
            take(&mut record, path, &other);
        }
        assert_eq!(record, json!({"rows": [{"name": "a"}, {"name": "c"}], "title": 2}));
    }

    fn record() -> impl Strategy<Value = Value> {
        let leaf =
            || prop_oneof![Just(json!("甲")), Just(json!("乙")), any::<u8>().prop_map(|it| json!(it % 3))];
        let row = (leaf(), leaf()).prop_map(|(name, unit)| json!({"name": name, "unit": unit}));
        let rows = proptest::collection::vec(row, 0..3);
        (leaf(), leaf(), rows)
            .prop_map(|(title, goals, rows)| json!({"title": title, "goals": goals, "rows": rows}))
    }

    proptest! {
        #[test]
        fn nobody_alone_collides_and_choosing_theirs_everywhere_loses_only_what_collided(
            (base, mine, theirs) in (record(), record(), record())
        ) {
            assert_eq!(merge(&base, &mine, &base).value, mine);
            assert_eq!(merge(&base, &base, &theirs).value, theirs);
            let (ours, other) = (merge(&base, &mine, &theirs), merge(&base, &theirs, &mine));
            let mut chosen = ours.value.clone();
            for it in &ours.collisions {
                take(&mut chosen, &it.path, &theirs);
            }
            assert_eq!(chosen, other.value);
        }
    }
}
