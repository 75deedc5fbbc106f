//! The document's text with the places of its fields marked; a place leads to its field.

use super::edit::show;
use super::rows::Row;
use crate::session::Session;
use leptos::prelude::*;

/// A stretch of the text: plain, or the place of the field with this index.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    text: String,
    field: Option<usize>,
}

/// The paper.
#[component]
pub fn Paper(
    text: String,
    rows: Memo<Vec<Row>>,
    picked: RwSignal<Option<usize>>,
    on_pick: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let session = Session::here();
    // Places move only when a field gains or loses one: the paper is not drawn again at every key.
    let places = Memo::new(move |_| rows.with(|rows| rows.iter().map(|row| row.place).collect::<Vec<_>>()));
    let waits = move |index: usize| rows.with(|rows| rows.get(index).is_some_and(|row| row.waits));
    let mark = move |index: usize, words: String| {
        let lang = session.lang();
        let label = format!("{}{}", lang.pick("字段 ", "Field "), index + 1);
        view! {
            <a class="paper__place" href="#fields" id=format!("place-{index}")
                data-turn=move || waits(index).then_some("yours") data-picked=move || (picked.get() == Some(index)).then_some("")
                title=label on:focus=move |_| picked.set(Some(index)) on:mouseenter=move |_| picked.set(Some(index))
                on:click=move |event| {
                    event.prevent_default();
                    picked.set(Some(index));
                    on_pick(index);
                    if let Some(path) = rows.with_untracked(|rows| rows.get(index).map(|row| row.path.clone())) {
                        show(&format!("field-{path}"));
                    }
                }>{words}<sup>{index + 1}</sup></a>
        }
    };
    move || {
        places.track();
        let lines = lines(&text, &rows.get_untracked());
        let paragraphs = lines.into_iter().map(|line| {
            let parts = line.into_iter().map(|stretch| match stretch.field {
                Some(index) => mark(index, stretch.text).into_any(),
                None => stretch.text.into_any(),
            });
            view! { <p>{parts.collect_view()}</p> }
        });
        view! { <div class="paper">{paragraphs.collect_view()}</div> }
    }
}

/// The text line by line, cut at the places of the fields. Where two places overlap, the first one is marked.
fn lines(text: &str, rows: &[Row]) -> Vec<Vec<Stretch>> {
    let mut places: Vec<(usize, usize, usize)> = rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| row.place.map(|place| (place.start, place.end, index)))
        .collect();
    places.sort_unstable();
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut at = 0;
    for (start, end, index) in places {
        let (Some(before), Some(marked)) = (text.get(at..start), text.get(start..end)) else { continue };
        push(&mut lines, &mut line, before, None);
        push(&mut lines, &mut line, marked, Some(index));
        at = end;
    }
    push(&mut lines, &mut line, text.get(at..).unwrap_or_default(), None);
    lines.push(line);
    lines.retain(|line| line.iter().any(|stretch| !stretch.text.trim().is_empty()));
    lines
}

/// Adds a stretch; each line break begins a line.
fn push(lines: &mut Vec<Vec<Stretch>>, line: &mut Vec<Stretch>, text: &str, field: Option<usize>) {
    for (nth, part) in text.split('\n').enumerate() {
        if nth > 0 {
            lines.push(std::mem::take(line));
        }
        if !part.is_empty() {
            line.push(Stretch { text: part.to_owned(), field });
        }
    }
}
